"""Making the viewer for what an address asks for. What is not there becomes the nearest thing that is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vendors.confinement.errors import ConfinedJobFailed
from vendors.people.actors import Actor, NotAllowed, Refused
from vendors.reports import access, marks
from vendors.reports.marks import REGISTERS, Mark, Passage
from vendors.reports.models import Report
from vendors.reports.models.readings import ReadingState
from vendors.reports.passages import accepted_keys, name_of, target_of
from vendors.reports.serving import WIDTHS
from vendors.reports.viewer import (
    DrawnMark,
    FoundBox,
    HitWay,
    Place,
    Viewer,
    Way,
    address_of,
    place_in,
    whole_number,
)
from vendors.vault.page_images import page_size
from vendors.vault.page_search import Box, Found, find_words

MOST_SEARCHED_FOR = 100
SECTIONS = {
    "cover": gettext_lazy("Cover"),
    "letter": gettext_lazy("Auditor’s report"),
    "assertion": gettext_lazy("Assertion"),
    "description": gettext_lazy("System description"),
    "tests": gettext_lazy("Tests"),
    "other": gettext_lazy("Other information"),
}


def viewer_of(
    report: Report,
    user: Actor,
    asked: Mapping[str, Any],
    *,
    here: str,
    on: date,
    now: datetime,
    ip: str | None = None,
    leads_to: str = "",
) -> Viewer:
    """The viewer for what is asked for in an address.

    asked     `page` and `zoom`; `mark`, the fact whose words are shown; `q`, words to search for, and `near`, the
              page the reader came from
    here      the address of the page that shows it
    leads_to  where a mark leads: to the "fields" of the form, the "sections" of facts to read; empty: to itself
    """
    place = place_in(report, asked)
    closed_because = _why_closed(report, user, on)
    if closed_because:
        return Viewer(place=place, count=report.page_count, here=here, closed_because=closed_because)
    prefetch_related_objects([report], *REGISTERS)
    content = _content(report)
    passages = marks.passages(content)
    selected = marks.named(passages, str(asked.get("mark", "")))
    if selected is not None and not asked.get("page"):
        place = Place(min(selected.page, report.page_count), place.zoom)
    query = str(asked.get("q", "")).strip()[:MOST_SEARCHED_FOR]
    found, problem = _searched(report, user, query, asked, place, now=now, ip=ip)
    place = Place(found.page, place.zoom)
    drawn = marks.marks_on(
        passages,
        page=place.number,
        accepted=accepted_keys(report, content),
        selected=selected.keys[0] if selected else "",
    )
    size, unmarked = _size(report, place, now) if drawn or found.boxes else (None, "")
    return Viewer(
        place=place,
        count=report.page_count,
        here=here,
        cited=_ways(here, place, query, sorted(cited_pages(report) | {passage.page for passage in passages})),
        sections=_sections(here, place, query, content, report.page_count),
        size=size,
        marks=[_drawn(mark, here, place, leads_to) for mark in drawn] if size else [],
        found=[_found(box) for box in found.boxes] if size else [],
        query=query,
        hits=_hits(found, here, place, query) if query and not asked.get("page") else None,
        problem=problem or unmarked or _without_text(content, place),
    )


def reading_address(report: Report | None, user: Actor, on: date) -> str:
    """Where this person reads the document; empty for whoever may not open it today."""
    return reverse("reports:read", args=[report.pk]) if report and access.can_open(user, report, on) else ""


def cited_pages(report: Report) -> set[int]:
    """Every page on which a recorded fact stands."""
    pages = [*report.pages.values(), *(citation["page"] for citation in report.citations.values())]
    for register in REGISTERS:
        for row in getattr(report, register).all():
            pages += [row.page, *(part["page"] for part in row.cited.values())]
    return {page for page in pages if page}


def _why_closed(report: Report, user: Actor, on: date) -> str:
    try:
        access.check_can_open(user, report, on)
    except (NotAllowed, Refused) as reason:
        return str(reason)
    return ""


def _content(report: Report) -> dict[str, Any]:
    """The newest reading of the report; nothing where it was not read."""
    reading = report.readings.filter(state=ReadingState.READ).first()
    return reading.content if reading else {}


def _searched(
    report: Report,
    user: Actor,
    query: str,
    asked: Mapping[str, Any],
    place: Place,
    *,
    now: datetime,
    ip: str | None,
) -> tuple[Found, str]:
    """What was found, and why nothing was looked for. Turning a page looks at that page only: the hits are known."""
    turned = bool(asked.get("page"))
    near = place.number if turned else min(max(whole_number(asked.get("near"), 1), 1), max(report.page_count, 1))
    if not query:
        return Found([], place.number), ""
    try:
        found = find_words(
            report.file,
            query,
            near=near,
            on_page_only=turned,
            by=user,
            purpose=access.purpose_for(user, report),
            at=now,
            ip=ip,
        )
    except (ConfinedJobFailed, Refused):
        return Found([], near), _("This document could not be searched just now. Its pages can still be read.")
    return found, ""


def _without_text(content: Mapping[str, Any], place: Place) -> str:
    if place.number not in content.get("pages_without_text", ()):
        return ""
    return _("This page is a picture without text: nothing on it could be read, and no search finds it.")


def _size(report: Report, place: Place, now: datetime) -> tuple[tuple[float, float] | None, str]:
    try:
        return page_size(report.file, page=place.number, width=WIDTHS[place.picture_zoom], at=now), ""
    except (ConfinedJobFailed, Refused):
        return None, _("This page could not be drawn, so nothing is marked on it.")


def _ways(here: str, place: Place, query: str, numbers: list[int]) -> list[Way]:
    return [
        Way(number, address_of(here, Place(number, place.zoom), query), str(number), number == place.number)
        for number in numbers
    ]


def _sections(here: str, place: Place, query: str, content: Mapping[str, Any], count: int) -> list[Way]:
    """The ways to the report's parts. Where two share a page, it belongs to the one that begins later."""
    spans = {name: span for name, span in content.get("sections", {}).items() if 1 <= span[0] <= count}
    around = [name for name, (first, last) in spans.items() if first <= place.number <= last]
    current = max(around, key=lambda name: (spans[name][0], list(SECTIONS).index(name)), default="")
    return [
        Way(first, address_of(here, Place(first, place.zoom), query), str(title), name == current)
        for name, title in SECTIONS.items()
        if name in spans
        for first, _last in [spans[name]]
    ]


def _drawn(mark: Mark, here: str, place: Place, leads_to: str) -> DrawnMark:
    passage = mark.passage
    if leads_to:
        href = f"#{target_of(passage.keys[0], leads_to)}"
    else:
        href = f"{address_of(here, place)}&{urlencode({'mark': passage.keys[0]})}"
    return DrawnMark(mark, href, _label(passage, mark.state))


def _label(passage: Passage, state: str) -> str:
    names = ", ".join(dict.fromkeys(str(name_of(key)) for key in passage.keys))
    words = {"open": _("proposed"), "accepted": _("accepted"), "selected": _("selected")}[state]
    label = _("%(number)d: %(names)s, %(state)s") % {"number": passage.number, "names": names, "state": words}
    return f"{label}. “{passage.quote}”" if passage.quote else label


def _found(box: Box) -> FoundBox:
    x0, top, x1, bottom = box
    return FoundBox(round(x0, 2), round(top, 2), round(x1 - x0, 2), round(bottom - top, 2))


def _hits(found: Found, here: str, place: Place, query: str) -> list[HitWay]:
    return [HitWay(hit, address_of(here, Place(hit.page, place.zoom), query)) for hit in found.hits]
