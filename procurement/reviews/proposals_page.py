"""What the facts page shows of a reading: each proposal with its ground, how it stands to the facts, what to press."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.forms import BaseForm
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procurement.reviews.offer_parts import gaps_by_row, mark_of_row, parts_of, parts_on_file
from procurement.reviews.offers import BLOCKED, SECTION_OF_PLACE, TAKEN, Board, Offer
from vendors.reports import queries
from vendors.reports.citations import Citation, citations_of
from vendors.reports.comparison import Tag
from vendors.reports.facts import RecordedFacts, recorded_facts
from vendors.reports.forms.facts import as_typed
from vendors.reports.forms.rows import Rows
from vendors.reports.grounds import doubt_in_words, ground_in_words, management_reply, spans, value_in_words
from vendors.reports.marks import passages
from vendors.reports.models import Report, ReportReading
from vendors.reports.proposals import ROWS, THEIR_NAME, Proposal, Proposals
from vendors.reports.since_last_year import row_tags
from vendors.reports.taking import Standing, may_take, standing_of, taken
from vendors.reports.wording import fact_named

# The places of the form that show one proposal for several facts; every other shows the fact of its own name.
TOGETHER = {"period": ("period_start", "period_end")}
PLACES = {place: TOGETHER.get(place, (place,)) for place in SECTION_OF_PLACE}
MOST_CHIPS = 4
SINCE_LAST_YEAR = {
    Tag.SAME: gettext_lazy("same as last year"),
    Tag.REWORDED: gettext_lazy("reworded since last year"),
    Tag.NEW: gettext_lazy("new since last year"),
}


def board_of(report: Report, reading: ReportReading | None) -> Board:
    """The board of a report. Without a reading it shows what was accepted from earlier ones, and nothing for a report
    whose facts were typed."""
    facts = recorded_facts(report)
    proposals = queries.proposals_in(reading, report) if reading else Proposals()
    offers = _fact_offers(report, facts, proposals, reading.set_aside if reading else {})
    rows = _RowOffers(report, reading, facts, proposals)
    on_file = {listed: rows.on_file(listed) for listed in ROWS}
    proposed = {listed: rows.proposed(listed) for listed in ROWS}
    set_aside = {listed: rows.set_aside(listed) for listed in ROWS}
    _number(reading, offers, on_file, proposed, set_aside)
    return Board(
        facts=offers,
        on_file=on_file,
        rows=proposed,
        set_aside=set_aside,
        remarks=proposals.remarks,
        without_text=_without_text(proposals),
        is_restricted=proposals.is_restricted,
    )


@dataclass(frozen=True)
class ListOfRows:
    """One list of the form: its formset, each of its rows with the offer it was accepted from, and what is proposed."""

    formset: Rows
    rows: list[tuple[BaseForm, Offer | None]]
    proposed: list[Offer]
    set_aside: list[Offer]

    @property
    def is_doubted(self) -> bool:
        """Whether the reader remarks on the list, so that its proposed rows are accepted one by one."""
        return any(offer.is_doubted and offer.is_open for offer in self.proposed)


def rows_of_lists(formsets: Mapping[str, Rows], board: Board) -> dict[str, ListOfRows]:
    """The lists of the form beside their proposals. Where rows are proposed, no empty one waits to be typed."""
    for listed, formset in formsets.items():
        if board.rows[listed] and not formset.is_bound:
            formset.extra = 0
    return {
        listed: ListOfRows(
            formset=formset,
            rows=[(form, board.on_file[listed].get(form.initial.get("pk", 0))) for form in formset.forms],
            proposed=board.rows[listed],
            set_aside=board.set_aside[listed],
        )
        for listed, formset in formsets.items()
    }


def _number(
    reading: ReportReading | None,
    facts: dict[str, Offer],
    on_file: dict[str, dict[int, Offer]],
    *proposed: dict[str, list[Offer]],
) -> None:
    """Give each offer the number of its passage in the viewer; what stands at no single place has none."""
    found = passages(reading.content) if reading else []
    numbers = {key: passage.number for passage in found for key in passage.keys}
    for place, offer in facts.items():
        facts[place] = replace(offer, number=numbers.get(offer.mark, 0))
    for listed in ROWS:
        on_file[listed] = {pk: replace(each, number=numbers.get(each.mark, 0)) for pk, each in on_file[listed].items()}
        for rows in proposed:
            rows[listed] = [replace(each, number=numbers.get(each.mark, 0)) for each in rows[listed]]


def _fact_offers(
    report: Report, facts: RecordedFacts, proposals: Proposals, aside: Mapping[str, str]
) -> dict[str, Offer]:
    citations = citations_of(report.citations)
    offers = {}
    for place, names in PLACES.items():
        found = [proposals.facts[name] for name in names if name in proposals.facts]
        cited = [citations[name] for name in names if name in citations]
        if found or cited:
            offer = _fact_offer(place, facts, found, cited)
            if offer.is_open:
                who = next((aside[name] for name in names if name in aside), "")
                doubted = not proposals.doubted.isdisjoint(names)
                offer = replace(offer, is_doubted=doubted, set_aside_by=who, fills=_fills(found))
            offers[place] = offer
    return offers


def _fills(found: list[Proposal]) -> str:
    """What is proposed, as the fields of the form would hold it."""
    return json.dumps(as_typed(taken(RecordedFacts(), [each for each in found if each.value is not None])))


def _label(place: str) -> str:
    if place == "period":
        return _("Audit period")
    return str(capfirst(fact_named(place.removeprefix("states_no_"))))


def _fact_offer(place: str, facts: RecordedFacts, found: list[Proposal], cited: list[Citation]) -> Offer:
    names = PLACES[place]
    on_file = " – ".join(value_in_words(name, value) for name in names if (value := getattr(facts, name)))
    mark = THEIR_NAME.get(names[0], names[0])
    if len(cited) == len(names):
        return _taken(" ".join(names), mark, _label(place), on_file, cited[0], found)
    states = [standing_of(each, facts) for each in found]
    state = Standing.OPEN if Standing.OPEN in states else states[0]
    first = found[states.index(state)]
    proposed = " – ".join(value_in_words(each.name, each.value) for each in found if each.value is not None)
    ground = first.ground
    return Offer(
        names=" ".join(each.name for each in found),
        mark=mark,
        label=_label(place),
        state=state,
        value=proposed if state == Standing.OPEN else on_file,
        proposed=proposed if state == Standing.DIFFERS else "",
        ground=ground_in_words(first),
        quote=ground.quote,
        pages=_chips(first),
        is_concluded=first.is_concluded,
        doubt=doubt_in_words(first) if state == Standing.OPEN else "",
    )


def _taken(names: str, mark: str, label: str, value: str, citation: Citation, found: list[Proposal]) -> Offer:
    return Offer(
        names=names,
        mark=mark,
        label=label,
        state=TAKEN,
        value=value,
        ground=ground_in_words(found[0]) if found and found[0].ground.page == citation.page else "",
        quote=citation.quote,
        pages=(citation.page,) if citation.page else (),
        taken_by=citation.taken_by,
        to_see=citation.to_see,
    )


class _RowOffers:
    """The offers of rows, list by list."""

    def __init__(
        self, report: Report, reading: ReportReading | None, facts: RecordedFacts, proposals: Proposals
    ) -> None:
        self._rows: Mapping[str, list[Any]] = {
            "exceptions": list(report.exceptions.all()),
            "cuecs": list(report.cuecs.all()),
            "subservice": list(report.subservice_organizations.all()),
        }
        self._facts, self._proposals = facts, proposals
        self._since = row_tags(report) if proposals.facts else {}
        self._aside: Mapping[str, str] = reading.set_aside if reading else {}
        self._reading = reading.pk if reading else None
        self._gaps = gaps_by_row(queries.gaps_in(report, reading) if reading else [])

    def on_file(self, listed: str) -> dict[int, Offer]:
        """Rows that were accepted from a reading, by key."""
        recorded = {row.pk: row for row in getattr(self._facts, listed)}
        return {
            row.pk: replace(
                _taken(
                    citation.name,
                    mark_of_row(citation.name),
                    str(capfirst(fact_named(f"{listed}.one"))),
                    value_in_words(listed, recorded[row.pk]),
                    citation,
                    [],
                ),
                parts=parts_on_file(citation, recorded[row.pk]),
                gaps=self._gaps.get((listed, row.pk), ()),
            )
            for row in self._rows[listed]
            if (citation := Citation.from_json(row.citation)) is not None
        }

    def proposed(self, listed: str) -> list[Offer]:
        """Rows that are proposed and not on file."""
        return [self._offer(listed, each) for each in self._open(listed) if each.name not in self._aside]

    def set_aside(self, listed: str) -> list[Offer]:
        """Rows that somebody did not want."""
        return [self._offer(listed, each) for each in self._open(listed) if each.name in self._aside]

    def _open(self, listed: str) -> list[Proposal]:
        came_from = {
            row.citation["name"]
            for row in self._rows[listed]
            if row.citation and row.citation["reading"] == self._reading
        }
        blocked = getattr(self._facts, f"states_no_{listed}")
        rows = self._proposals.rows[listed]
        return [row for row in rows if blocked or may_take(row, self._facts, came_from)]

    def _offer(self, listed: str, proposal: Proposal) -> Offer:
        reply = ""
        if listed == "exceptions" and "response" not in proposal.parts:
            reply = management_reply(self._proposals.replied.get(proposal.name))
        return Offer(
            names=proposal.name,
            mark=mark_of_row(proposal.name),
            label=str(capfirst(fact_named(f"{listed}.one"))),
            state=BLOCKED if getattr(self._facts, f"states_no_{listed}") else Standing.OPEN,
            value=value_in_words(proposal.name, proposal.value),
            ground=ground_in_words(proposal),
            quote="" if listed == "cuecs" else proposal.ground.quote,
            pages=_chips(proposal),
            reply=reply,
            parts=parts_of(proposal),
            set_aside_by=self._aside.get(proposal.name, ""),
            tags=self._tags(proposal.name),
            is_doubted=listed in self._proposals.doubted,
        )

    def _tags(self, name: str) -> tuple[str, ...]:
        """How the row stands to the report before; nothing where there is none."""
        listed, _dot, number = name.partition(".")
        tag = self._since.get((listed, int(number)))
        return (str(SINCE_LAST_YEAR[Tag(tag)]),) if tag else ()


def _chips(proposal: Proposal) -> tuple[int, ...]:
    """The pages to open for a proposal: those that disagree, else where it stands, else where it was looked for."""
    ground = proposal.ground
    if ground.conflict_on:
        return ground.conflict_on
    if ground.page:
        return (ground.page, *ground.also_on)[:MOST_CHIPS]
    return ground.looked_on[:1]


def _without_text(proposals: Proposals) -> str:
    if not proposals.without_text:
        return ""
    where = spans(proposals.without_text)
    if len(proposals.without_text) == 1:
        return _("%(where)s is a picture without text. Read it by eye.") % {"where": where.capitalize()}
    return _("%(where)s are pictures without text. Read them by eye.") % {"where": where.capitalize()}
