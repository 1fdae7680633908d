"""Accepting what a reading proposes, taking that back, setting rows aside. Only what is empty is ever filled."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access
from vendors.reports.citations import Citation
from vendors.reports.facts import RecordedFacts, recorded_facts
from vendors.reports.grounds import listed as in_words
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState
from vendors.reports.possible import ImpossibleFacts, impossible_facts
from vendors.reports.proposals import ROWS, Ground, Proposal, Proposals, proposals_of
from vendors.reports.services.facts import ROW_MODELS, check_revision, write_facts
from vendors.reports.services.locking import locked_report
from vendors.reports.taking import Standing, may_take, standing_of, taken
from vendors.reports.wording import fact_named, named


@transaction.atomic
def accept_proposals(
    *,
    report: Report,
    reading: ReportReading,
    revision: int,
    names: Collection[str] | None,
    by: Actor,
    now: datetime,
    on: date,
) -> Report:
    """Take proposals of a reading over as facts, each with its page and words.

    names  the proposals; None takes all that the report states without contradiction and that no person set aside.
           Each of those is to be looked at afterwards (`Citation.to_see`). What cannot be true beside the others is
           left open.

    A fact that holds something is never replaced. Accepting what is on file already changes nothing. Raises NotAllowed;
    Refused when the facts changed since the page was opened, for a name that proposes nothing, and for a fact that
    holds something else; ImpossibleFacts when a named proposal cannot be true.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    check_revision(report, revision)
    proposals = _proposals(report, reading)
    facts, came_from = recorded_facts(report), names_on_file(report, reading)
    if names is None:
        wanted = [each for each in proposals.agreed() if each.name not in reading.set_aside]
    else:
        wanted = [_named(proposals, name, facts) for name in names]
    chosen = [each for each in wanted if may_take(each, facts, came_from)]
    chosen = _possible(facts, chosen, report, on, insist=names is not None)
    if not chosen:
        return report
    after = taken(facts, chosen)
    citations = {each.name: _citation(each, reading, by, now, to_see=names is None) for each in chosen}
    report.citations |= {each.name: citations[each.name] for each in chosen if "." not in each.name}
    report = write_facts(report, after, citing=_of_rows(after, chosen, citations))
    _record(report, "report.proposals_accepted", _("Accepted from the reading"), chosen, reading, by=by, now=now)
    return report


@transaction.atomic
def take_back_proposals(
    *,
    report: Report,
    reading: ReportReading,
    revision: int,
    names: Collection[str],
    by: Actor,
    now: datetime,
    on: date,
) -> Report:
    """Undo the acceptance of proposals: facts and their pages are empty again, rows are gone.

    What no reading stands behind stays as it is. Raises NotAllowed; Refused when the facts changed since.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    check_revision(report, revision)
    proposals, facts = _proposals(report, reading), recorded_facts(report)
    undone = [each for name in names if (each := proposals.named(name))]
    after = facts
    for each in undone:
        if "." in each.name:
            after = _without_row(report, reading, after, each.name)
        elif report.citations.pop(each.name, None):
            after = _without_fact(after, each.name)
    if after == facts:
        return report
    report = write_facts(report, after)
    _record(report, "report.proposals_taken_back", _("Acceptance undone"), undone, reading, by=by, now=now)
    return report


@transaction.atomic
def set_proposal_aside(
    *, report: Report, reading: ReportReading, names: Collection[str], by: Actor, now: datetime, on: date
) -> None:
    """A proposal is refused: a row is none, or a fact is read by eye. It is not offered with the others any more.
    Facts stay as they are.

    names  of one thing: a row, a fact, the two days of a period
    Raises NotAllowed; Refused for what this reading does not propose.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    proposals, nothing = _proposals(report, reading), RecordedFacts()
    refused = [_named(proposals, name, nothing) for name in names]
    reading = ReportReading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if all(name in reading.set_aside for name in names):
        return
    reading.set_aside |= dict.fromkeys(names, by.label)
    reading.save(update_fields=["set_aside"])
    _record(report, "report.proposal_set_aside", _("Set aside from the reading"), refused, reading, by=by, now=now)


@transaction.atomic
def look_at_accepted(*, report: Report, names: Collection[str], by: Actor, now: datetime, on: date) -> None:
    """Somebody looked at facts that were accepted together with others. The ledger tells when the last one was seen.

    Values stay, so forms that are open stay good. Raises NotAllowed, Refused.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    looked_at = False
    for name in names:
        if report.citations.get(name, {}).get("to_see"):
            report.citations[name]["to_see"] = False
            looked_at = True
    if looked_at:
        report.save(update_fields=["citations"])
    for row in _cited_rows(report):
        if row.citation["name"] in names and row.citation["to_see"]:
            row.citation["to_see"] = False
            row.save(update_fields=["citation"])
            looked_at = True
    if looked_at and not still_to_see(report):
        record(
            by=by,
            verb="report.proposals_seen",
            sentence=_("%(report)s: everything that was accepted together was looked at") % {"report": named(report)},
            at=now,
            vendor_id=report.vendor_id,
            subject=("report", report.pk),
        )


def still_to_see(report: Report) -> list[str]:
    """The names of what was accepted together and not looked at since."""
    facts = [name for name, citation in report.citations.items() if citation["to_see"]]
    return [*facts, *(row.citation["name"] for row in _cited_rows(report) if row.citation["to_see"])]


def names_on_file(report: Report, reading: ReportReading) -> set[str]:
    """The proposed rows of this reading that a person accepted, whatever they wrote into them since."""
    return {row.citation["name"] for row in _cited_rows(report) if row.citation["reading"] == reading.pk}


def _cited_rows(report: Report) -> list[Any]:
    rows = (report.exceptions, report.cuecs, report.subservice_organizations)
    return [row for listed in rows for row in listed.all() if row.citation]


def _proposals(report: Report, reading: ReportReading) -> Proposals:
    if reading.report_id != report.pk or reading.state != ReadingState.READ:
        raise _no_such_proposal()
    return proposals_of(reading.content)


def _no_such_proposal() -> Refused:
    return Refused(_("The reading does not propose this any more. Open the page again."))


def _named(proposals: Proposals, name: str, facts: RecordedFacts) -> Proposal:
    proposal = proposals.named(name)
    if proposal is None or proposal.value is None:
        raise _no_such_proposal()
    if "." not in name and standing_of(proposal, facts) is Standing.DIFFERS:
        raise Refused(_("%(fact)s: something else is recorded. Change it by hand.") % {"fact": fact_named(name)})
    return proposal


def _possible(
    facts: RecordedFacts, chosen: list[Proposal], report: Report, on: date, *, insist: bool
) -> list[Proposal]:
    """The proposals that can be true together with what is on file; with `insist` one that cannot is refused."""
    while chosen:
        after = taken(facts, chosen)
        sentences = impossible_facts(after, on=on, page_count=report.page_count)
        possible = [each for each in chosen if not _is_named_in(sentences, each, after)]
        if not sentences:
            return chosen
        if insist or len(possible) == len(chosen):
            raise ImpossibleFacts(sentences)
        chosen = possible
    return chosen


def _is_named_in(sentences: Iterable[str], proposal: Proposal, after: RecordedFacts) -> bool:
    listed, _dot, number = proposal.name.partition(".")
    if not number:
        return any(field.removesuffix("_page") == proposal.name for field in sentences)
    at = getattr(after, listed).index(proposal.value)
    return any(field.startswith(f"{listed}.{at}.") for field in sentences)


def _citation(proposal: Proposal, reading: ReportReading, by: Actor, now: datetime, *, to_see: bool) -> dict[str, Any]:
    ground = proposal.ground
    return Citation(
        name=proposal.name,
        page=ground.page,
        quote=ground.quote,
        box=ground.box,
        reading=reading.pk,
        taken_by=by.label,
        taken_at=now.isoformat(),
        to_see=to_see,
        parts={part: _place(each) for part, each in proposal.parts.items() if getattr(proposal.value, part)},
    ).as_json()


def _place(ground: Ground) -> dict[str, Any]:
    return {"page": ground.page, "quote": ground.quote, "box": list(ground.box)}


def _of_rows(
    after: RecordedFacts, chosen: list[Proposal], citations: dict[str, dict[str, Any]]
) -> dict[str, dict[int, dict[str, Any]]]:
    """The citations of new rows, by list and by number in `after`: new rows stand at the end, in their order."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for listed in ROWS:
        new = [each.name for each in chosen if each.name.startswith(f"{listed}.")]
        first = len(getattr(after, listed)) - len(new)
        found[listed] = {first + number: citations[name] for number, name in enumerate(new)}
    return found


def _without_fact(facts: RecordedFacts, name: str) -> RecordedFacts:
    pages = {fact: page for fact, page in facts.pages.items() if fact != name}
    nothing = RecordedFacts()
    return replace(facts, **{name: getattr(nothing, name), "pages": pages})


def _without_row(report: Report, reading: ReportReading, facts: RecordedFacts, name: str) -> RecordedFacts:
    listed = name.partition(".")[0]
    cited: Any = ROW_MODELS[listed]
    mine = cited.objects.filter(report=report, citation__name=name, citation__reading=reading.pk)
    gone = set(mine.values_list("pk", flat=True))
    left: Any = {listed: tuple(row for row in getattr(facts, listed) if row.pk not in gone)}
    return replace(facts, **left)


def _record(
    report: Report,
    verb: str,
    did: str,
    proposals: list[Proposal],
    reading: ReportReading,
    *,
    by: Actor,
    now: datetime,
) -> None:
    what = in_words(_in_short(proposals))
    record(
        by=by,
        verb=verb,
        sentence=_("%(did)s, %(report)s: %(what)s") % {"did": did, "report": named(report), "what": what},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={
            "reading": reading.pk,
            "rules": reading.rules,
            "revision": report.revision,
            "proposals": {each.name: each.ground.page for each in proposals},
        },
    )


def _in_short(proposals: list[Proposal]) -> list[str]:
    """Facts by name, rows counted by list: "opinion, report date, user entity controls (4)"."""
    facts = [fact_named(each.name) for each in proposals if "." not in each.name]
    counts = {listed: sum(each.name.startswith(f"{listed}.") for each in proposals) for listed in ROWS}
    return [*facts, *(f"{fact_named(listed)} ({count})" for listed, count in counts.items() if count)]
