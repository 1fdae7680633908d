"""What an approval rests on beside its report and NDA: waivers, risk acceptances, papers of the vendor.

Which of them count is written down with the decision (`Decision.exempted`, `Decision.evidence_kinds`); whether they
still hold is read from the records whenever the standing is asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from procurement.decisions.validity import Support, Validity, valid_until
from procurement.policy.evaluation import THE_REPORT, RequirementCheck, evidence_relied_on
from procurement.reviews import queries as reviews_queries
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.models import Review
from vendors.calendar.clock import local_day
from vendors.ndas import queries as ndas_queries
from vendors.reports.models import Evidence
from vendors.reports.models.reports import ReportState
from vendors.reports.reasons import because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import EvidenceKind, ReportType


@dataclass(frozen=True)
class RestsOn:
    """exempted: keys of requirements passed by a waiver or risk acceptance; evidence_kinds: papers that met some."""

    exempted: tuple[str, ...] = ()
    evidence_kinds: tuple[EvidenceKind, ...] = ()


def rests_on(review: Review, checks: Iterable[RequirementCheck]) -> RestsOn:
    """What an approval on the strength of these checks would rest on."""
    listed = list(checks)
    return RestsOn(
        exempted=tuple(check.key for check in listed if check.exempted),
        evidence_kinds=evidence_relied_on(reviews_queries.policy_of(review), listed),
    )


def validity_if_approved(review: Review, checks: Iterable[RequirementCheck], on: date) -> Validity:
    """Until when an approval taken on that day would hold, and why it would end then."""
    held = rests_on(review, checks)
    nda = ndas_queries.nda_in_force(review.vendor_id, on)
    by_currency = rests_on_currency(review, held)
    currency = reviews_queries.currency_of_report(review, on) if by_currency else None
    return valid_until(
        currency_end=reviews_queries.currency_end(review, on) if by_currency else None,
        nda_end=nda.ends_on if nda else None,
        decided_on=on,
        awaiting_successor=bool(currency and currency.is_awaiting_successor),
        supports=supports_of(review, held, on),
        approval_months=reviews_queries.policy_of(review).approval_months,
    )


def rests_on_currency(review: Review, held: RestsOn) -> bool:
    """Whether it ends with the currency of its report: not where the report is waived or a Type I stands in."""
    report = review.report
    return report is not None and report.type != ReportType.TYPE1 and THE_REPORT not in held.exempted


def supports_of(review: Review, held: RestsOn, on: date) -> tuple[Support, ...]:
    """Each thing the approval rests on, as it stands on that day. Reads `waivers` and `risk_acceptances` of the review
    and `evidence` of the vendor, which a list prefetches."""
    found = [_exemption(review, key, on) for key in held.exempted]
    found += [_papers(review, kind, on) for kind in held.evidence_kinds]
    if review.report is not None and not rests_on_currency(review, held):
        accepted = review.report.state == ReportState.ACCEPTED
        found.append(Support(lost=None if accepted else because(_("The report it rests on is not accepted any more."))))
    return tuple(found)


def _exemption(review: Review, key: str, on: date) -> Support:
    rows: list[AnyExemption] = [row for row in _exemptions_of(review, key) if row.granted_at is not None]
    standing = [row for row in rows if not _is_revoked(row, on)]
    if standing:
        last = max(standing, key=lambda row: row.until)
        template = _("The risk is accepted until {until}.") if key == "opinion" else _("The waiver ends on {until}.")
        return Support(until=last.until, reason=because(template, until=last.until))
    template = _("What was let pass for it was revoked on {day}: {why}")
    revoked = max((row for row in rows if row.revoked_at), key=lambda row: row.revoked_at or row.proposed_at)
    assert revoked.revoked_at is not None
    return Support(lost=because(template, day=local_day(revoked.revoked_at), why=revoked.revoked_because))


def _exemptions_of(review: Review, key: str) -> Iterator[AnyExemption]:
    if key == "opinion":
        yield from (row for row in review.risk_acceptances.all() if row.report_id == review.report_id)
    else:
        yield from (
            row for row in review.waivers.all() if row.requirement == key and row.report_id in {None, review.report_id}
        )


def _is_revoked(exemption: AnyExemption, on: date) -> bool:
    return exemption.revoked_at is not None and local_day(exemption.revoked_at) <= on


def _papers(review: Review, kind: EvidenceKind, on: date) -> Support:
    """The paper of this kind that holds longest. One that ran out ends the approval, one withdrawn suspends it."""
    on_file = [row for row in review.vendor.evidence.all() if row.kind == kind.value and not _is_withdrawn(row, on)]
    if not on_file:
        return Support(lost=because(_("No {kind} is on file any more."), kind=kind))
    if any(row.until is None for row in on_file):
        return Support()
    until = max(row.until for row in on_file if row.until is not None)
    return Support(
        until=until, reason=because(_("The {kind} on file is in date until {until}."), kind=kind, until=until)
    )


def _is_withdrawn(paper: Evidence, on: date) -> bool:
    return paper.withdrawn_at is not None and local_day(paper.withdrawn_at) <= on
