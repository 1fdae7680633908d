"""What a newer reading finds other than what stands on file. Nothing is touched by it."""

from datetime import date

from django.utils.translation import gettext as _

from procurement.reviews.offers import Difference
from vendors.people.actors import Actor
from vendors.reports import access, queries
from vendors.reports.citations import citations_of
from vendors.reports.facts import RecordedFacts, recorded_facts
from vendors.reports.gaps import Gap
from vendors.reports.grounds import value_in_words
from vendors.reports.models import Report, ReportReading
from vendors.reports.proposals import Proposal
from vendors.reports.taking import differences
from vendors.reports.wording import fact_named, part_named


def differences_of(report: Report, user: Actor, on: date) -> list[Difference]:
    """What the newest reading finds other than what stands, where the facts came before it; nothing is touched.

    For whoever may open the report: it quotes from it.
    """
    reading = queries.newest_reading(report)
    if reading is None or not _is_newer(report, reading) or not access.can_open(user, report, on):
        return []
    facts = recorded_facts(report)
    found = differences(facts, queries.proposals_in(reading, report))
    return [*(_difference(each, facts) for each in found), *map(_of_gap, queries.gaps_in(report, reading))]


def _is_newer(report: Report, reading: ReportReading) -> bool:
    """Whether the facts were accepted before this reading was there, or stem from another."""
    assert reading.finished_at is not None
    if report.accepted_at is not None:
        return reading.finished_at > report.accepted_at
    sources = {citation.reading for citation in citations_of(report.citations).values()}
    return bool(sources - {reading.pk}) or bool(queries.rows_of_other_readings(report, reading))


def _difference(proposal: Proposal, facts: RecordedFacts) -> Difference:
    listed, _dot, number = proposal.name.partition(".")
    found = getattr(proposal.value, "description", "") or value_in_words(proposal.name, proposal.value)
    page = (proposal.ground.page,) if proposal.ground.page else ()
    if number:
        return Difference(fact_named(listed), _("not among the rows"), found, page)
    return Difference(fact_named(listed), value_in_words(listed, getattr(facts, listed)), found, page)


def _of_gap(gap: Gap) -> Difference:
    page = (gap.ground.page,) if gap.ground.page else ()
    return Difference(part_named(gap.listed, gap.field), _("nothing recorded"), gap.value, page)
