"""How approvals stand on a day: the records gathered for `validity.standing`, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from procurement.decisions.models import Decision, Outcome
from procurement.decisions.validity import ApprovalFacts, ConditionFacts, Standing, standing
from procurement.policy import queries as policy_queries
from procurement.policy.cases import NdaFacts
from procurement.reviews.queries import nda_facts_of
from vendors.calendar.clock import local_day
from vendors.reports.currency import Currency, CurrencyRules, currency_of
from vendors.reports.models.reports import Report, ReportState
from vendors.reports.systems import statements_of

APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


@dataclass(frozen=True)
class Approval:
    """An approval and how it stands on the day asked for."""

    decision: Decision
    standing: Standing


def approvals_of(vendor_ids: Iterable[int], *, on: date) -> dict[int, list[Approval]]:
    """Every approval of these vendors by vendor id, the newest first. Six queries, however many there are."""
    return approvals_among(decided_of(vendor_ids), on=on, rules=policy_queries.current_policy().currency_rules())


def decided_of(vendor_ids: Iterable[int]) -> list[Decision]:
    """The decisions about these vendors, the newest first, with all that their standing on any day is computed from."""
    return list(
        Decision.objects.filter(review__vendor__in=list(vendor_ids))
        .exclude(outcome="")
        .select_related("review__engagement__owner", "review__vendor", "review__report", "memo")
        .prefetch_related("conditions", "review__report__successor_statements", "review__vendor__ndas")
        .defer("frozen", "memo__content")
        .order_by("-decided_at")
    )


def approvals_among(decided: Iterable[Decision], *, on: date, rules: CurrencyRules) -> dict[int, list[Approval]]:
    """The approvals among decisions that `decided_of` has found, as they stand on that day. It asks no database."""
    found: dict[int, list[Approval]] = defaultdict(list)
    newest_of: dict[int, Decision] = {}
    for decision in decided:
        engagement_id = decision.review.engagement_id
        if decision.outcome in APPROVALS:
            facts = _facts(decision, newest_of.get(engagement_id), on, rules)
            found[decision.review.vendor_id].append(Approval(decision, standing(on, facts)))
        newest_of.setdefault(engagement_id, decision)
    return found


def approval_of(decision: Decision, *, on: date) -> Approval | None:
    """How one decision stands; None for a rejection."""
    approvals = approvals_of([decision.review.vendor_id], on=on)[decision.review.vendor_id]
    return next((approval for approval in approvals if approval.decision.pk == decision.pk), None)


def _facts(decision: Decision, newer: Decision | None, on: date, rules: CurrencyRules) -> ApprovalFacts:
    assert decision.decided_at is not None
    assert decision.valid_until is not None
    review = decision.review
    return ApprovalFacts(
        decided_on=local_day(decision.decided_at),
        valid_until=decision.valid_until,
        relies_on_report=review.report is not None,
        currency=_currency(review.report, on, rules) if review.report else None,
        needs_nda=review.report is not None,
        nda=_nda(decision, on),
        conditions=tuple(
            ConditionFacts(text=row.text, due_on=row.due_on, met_on=row.met_on) for row in decision.conditions.all()
        ),
        superseded_on=local_day(newer.decided_at) if newer and newer.decided_at else None,
        superseded_by=newer.memo.number if newer else "",
        revoked_on=decision.revoked_on,
    )


def _currency(report: Report, on: date, rules: CurrencyRules) -> Currency | None:
    if report.state != ReportState.ACCEPTED or report.period_end is None:
        return None
    return currency_of(report.period_end, statements_of(report), on=on, rules=rules)


def _nda(decision: Decision, on: date) -> NdaFacts | None:
    """The agreement in force that day, else the latest one."""
    ndas = list(decision.review.vendor.ndas.all())
    in_force = [nda for nda in ndas if nda.in_force_on(on)]
    chosen = (in_force or ndas)[:1]
    return nda_facts_of(chosen[0]) if chosen else None
