"""How approvals stand on a day: the records gathered for `validity.standing`, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from procurement.decisions.models import Decision, Outcome
from procurement.decisions.validity import ApprovalFacts, ConditionFacts, Standing, standing, superseded_by
from procurement.policy import queries as policy_queries
from procurement.policy.cases import NdaFacts
from procurement.reviews.queries import nda_facts_of, statements_of
from vendors.calendar.clock import local_day
from vendors.reports.currency import Currency, CurrencyRules, currency_of
from vendors.reports.models.reports import Report, ReportState

APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


@dataclass(frozen=True)
class Approval:
    """An approval and how it stands on the day asked for."""

    decision: Decision
    standing: Standing


def approvals_of(vendor_ids: Iterable[int], *, on: date) -> dict[int, list[Approval]]:
    """Every approval of these vendors by vendor id, the newest first. Six queries, however many there are."""
    found: dict[int, list[Approval]] = defaultdict(list)
    rules = policy_queries.current_policy().currency_rules()
    for decision, newer in _decided(vendor_ids):
        if decision.outcome in APPROVALS:
            facts = _facts(decision, newer, on, rules)
            found[decision.review.vendor_id].append(Approval(decision, standing(on, facts)))
    return found


def approval_of(decision: Decision, *, on: date) -> Approval | None:
    """How one decision stands; None for a rejection."""
    approvals = approvals_of([decision.review.vendor_id], on=on)[decision.review.vendor_id]
    return next((approval for approval in approvals if approval.decision.pk == decision.pk), None)


def standings_of(vendor_ids: Iterable[int], *, on: date) -> dict[int, Standing]:
    """How every decision of these vendors stands, by its id, in as many queries as `approvals_of`.

    A rejection has no standing of its own: it is here only once a newer decision has superseded it.
    """
    found = {}
    rules = policy_queries.current_policy().currency_rules()
    for decision, newer in _decided(vendor_ids):
        if decision.outcome in APPROVALS:
            found[decision.pk] = standing(on, _facts(decision, newer, on, rules))
        elif newer is not None and newer.decided_at is not None:
            superseded = superseded_by(newer.memo.number, local_day(newer.decided_at))
            if superseded.until <= on:
                found[decision.pk] = superseded
    return found


def _decided(vendor_ids: Iterable[int]) -> Iterator[tuple[Decision, Decision | None]]:
    """Each decision of these vendors, newest first, with the one on the same engagement that came next after it."""
    decided = (
        Decision.objects.filter(review__vendor__in=list(vendor_ids))
        .exclude(outcome="")
        .select_related("review__engagement__owner", "review__vendor", "review__report", "memo")
        .prefetch_related("conditions", "review__report__successor_statements", "review__vendor__ndas")
        .defer("frozen", "memo__content")
        .order_by("-decided_at", "-pk")
    )
    next_of: dict[int, Decision] = {}
    for decision in decided:
        engagement_id = decision.review.engagement_id
        yield decision, next_of.get(engagement_id)
        next_of[engagement_id] = decision


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
        revoked_because=decision.revoked_because,
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
