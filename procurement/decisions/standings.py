"""How approvals stand on a day: the records gathered for `validity.standing`, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet, prefetch_related_objects

from procurement.decisions.models import Condition, Decision, Outcome
from procurement.decisions.supports import RestsOn, rests_on_currency, supports_of
from procurement.decisions.validity import ApprovalFacts, ConditionFacts, Standing, standing, superseded_by
from procurement.policy import queries as policy_queries
from procurement.policy.cases import NdaFacts
from procurement.reviews.queries import nda_facts_of
from vendors.calendar.clock import local_day
from vendors.ndas import queries as ndas_queries
from vendors.ndas.models import Nda
from vendors.reports.currency import Currency, CurrencyRules, currency_of
from vendors.reports.models import SuccessorStatement
from vendors.reports.models.reports import Report, ReportState
from vendors.reports.systems import said_after, stated
from vendors.reports.terms import EvidenceKind

APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS)


# All that a standing is computed from, with what a page says beside it: a list has fifty of them.
COLUMNS = (
    "outcome",
    "decided_at",
    "valid_until",
    "exempted",
    "evidence_kinds",
    "revoked_on",
    "revoked_because",
    "review__vendor",
    "review__engagement__title",
    "review__engagement__data_classes",
    "review__report__type",
    "review__report__state",
    "review__report__period_end",
    "memo__number",
)


@dataclass(frozen=True)
class Approval:
    """An approval and how it stands on the day asked for."""

    decision: Decision
    standing: Standing


@dataclass(frozen=True)
class Behind:
    """The rows that the standing of a decision is computed from, beside its review and report."""

    conditions: Iterable[Condition]
    said: Iterable[SuccessorStatement]
    ndas: Iterable[Nda]


BehindEach = Callable[[Decision], Behind]


def approvals_of(
    vendor_ids: Iterable[int], *, on: date, rules: CurrencyRules | None = None
) -> dict[int, list[Approval]]:
    """Every approval of these vendors by vendor id, the newest first. Nine queries at most, however many there are.

    rules  those of the policy in force, where they are at hand
    """
    decided, behind = _read(vendor_ids)
    return _approvals(decided, behind, on, rules or policy_queries.current_currency_rules())


def decided_of(vendor_ids: Iterable[int]) -> list[Decision]:
    """The decisions about these vendors, the newest first, with all that their standing on any day is computed from."""
    decided = list(
        _decisions(vendor_ids)
        .select_related("review__engagement__owner", "review__vendor", "review__report", "memo")
        .defer("frozen", "memo__content")
    )
    prefetch_related_objects(decided, "conditions", "review__report__successor_statements", "review__vendor__ndas")
    _prefetch_exemptions(decided)
    return decided


def rows_behind(decision: Decision) -> list[Model]:
    """Every row, but a newer decision, that the standing of a decision from `decided_of` is computed from."""
    review, behind = decision.review, _prefetched(decision)
    rows: list[Model] = [*behind.conditions, *behind.ndas]
    if decision.exempted:
        rows += [*review.waivers.all(), *review.risk_acceptances.all()]
    if decision.evidence_kinds:
        rows += review.vendor.evidence.all()
    if review.report:
        rows += [review.report, *behind.said]
    return [decision, *rows]


def approvals_among(decided: Iterable[Decision], *, on: date, rules: CurrencyRules) -> dict[int, list[Approval]]:
    """The approvals among decisions that `decided_of` has found, as they stand on that day. It asks no database."""
    return _approvals(decided, _prefetched, on, rules)


def approval_of(decision: Decision, *, on: date) -> Approval | None:
    """How one decision stands; None for a rejection."""
    approvals = approvals_of([decision.review.vendor_id], on=on)[decision.review.vendor_id]
    return next((approval for approval in approvals if approval.decision.pk == decision.pk), None)


def standings_of(vendor_ids: Iterable[int], *, on: date) -> dict[int, Standing]:
    """How every decision of these vendors stands, by its id, in as many queries as `approvals_of`.

    A rejection has no standing of its own: it is here only once a newer decision has superseded it.
    """
    found = {}
    rules = policy_queries.current_currency_rules()
    decided, behind = _read(vendor_ids)
    for decision, newer in _with_the_next(decided):
        if decision.outcome in APPROVALS:
            found[decision.pk] = standing(on, _facts(decision, newer, behind(decision), on, rules))
        elif newer is not None and newer.decided_at is not None:
            superseded = superseded_by(newer.memo.number, local_day(newer.decided_at))
            if superseded.until <= on:
                found[decision.pk] = superseded
    return found


def _decisions(vendor_ids: Iterable[int]) -> QuerySet[Decision]:
    taken = Decision.objects.filter(review__vendor__in=list(vendor_ids)).exclude(outcome="")
    return taken.order_by("-decided_at", "-pk")


def _read(vendor_ids: Iterable[int]) -> tuple[list[Decision], BehindEach]:
    """The decisions about these vendors with COLUMNS, the newest first, and the rows behind each.

    As `decided_of` for one day: rows are read by hand, because a prefetch makes a query set for each row it serves.
    """
    related = ("review__engagement", "review__report", "memo")
    decided = list(_decisions(vendor_ids).select_related(*related).only(*COLUMNS))
    _prefetch_exemptions(decided)
    conditional = [one.pk for one in decided if one.outcome == Outcome.APPROVED_WITH_CONDITIONS]
    conditions: dict[int, list[Condition]] = defaultdict(list)
    if conditional:
        for condition in Condition.objects.filter(decision__in=conditional):
            conditions[condition.decision_id].append(condition)
    said = said_after(one.review.report_id for one in decided if one.review.report_id)
    ndas = ndas_queries.terms_of({one.review.vendor_id for one in decided})

    def behind(decision: Decision) -> Behind:
        review = decision.review
        return Behind(conditions[decision.pk], said.get(review.report_id or 0, ()), ndas.get(review.vendor_id, ()))

    return decided, behind


def _prefetched(decision: Decision) -> Behind:
    report = decision.review.report
    return Behind(
        conditions=decision.conditions.all(),
        said=report.successor_statements.all() if report else (),
        ndas=decision.review.vendor.ndas.all(),
    )


def _prefetch_exemptions(decided: list[Decision]) -> None:
    """Few approvals rest on these, and `supports_of` reads them only of those that do."""
    exempted = [one for one in decided if one.exempted]
    prefetch_related_objects(exempted, "review__waivers", "review__risk_acceptances")
    prefetch_related_objects([one for one in decided if one.evidence_kinds], "review__vendor__evidence")


def _approvals(
    decided: Iterable[Decision], behind: BehindEach, on: date, rules: CurrencyRules
) -> dict[int, list[Approval]]:
    found: dict[int, list[Approval]] = defaultdict(list)
    for decision, newer in _with_the_next(decided):
        if decision.outcome in APPROVALS:
            facts = _facts(decision, newer, behind(decision), on, rules)
            found[decision.review.vendor_id].append(Approval(decision, standing(on, facts)))
    return found


def _with_the_next(decided: Iterable[Decision]) -> Iterator[tuple[Decision, Decision | None]]:
    """Each decision, newest first, with the one on the same engagement that came next after it."""
    next_of: dict[int, Decision] = {}
    for decision in decided:
        engagement_id = decision.review.engagement_id
        yield decision, next_of.get(engagement_id)
        next_of[engagement_id] = decision


def _facts(decision: Decision, newer: Decision | None, behind: Behind, on: date, rules: CurrencyRules) -> ApprovalFacts:
    assert decision.decided_at is not None
    assert decision.valid_until is not None
    review = decision.review
    held = RestsOn(tuple(decision.exempted), tuple(EvidenceKind(kind) for kind in decision.evidence_kinds))
    by_currency = rests_on_currency(review, held)
    return ApprovalFacts(
        decided_on=local_day(decision.decided_at),
        valid_until=decision.valid_until,
        relies_on_report=by_currency,
        currency=_currency(review.report, behind, on, rules) if review.report and by_currency else None,
        needs_nda=review.report is not None or review.engagement.is_above_public,
        nda=_nda(behind.ndas, on),
        conditions=tuple(
            ConditionFacts(text=row.text, due_on=row.due_on, met_on=row.met_on) for row in behind.conditions
        ),
        supports=supports_of(review, held, on),
        superseded_on=local_day(newer.decided_at) if newer and newer.decided_at else None,
        superseded_by=newer.memo.number if newer else "",
        revoked_on=decision.revoked_on,
        revoked_because=decision.revoked_because,
    )


def _currency(report: Report, behind: Behind, on: date, rules: CurrencyRules) -> Currency | None:
    if report.state != ReportState.ACCEPTED or report.period_end is None:
        return None
    return currency_of(report.period_end, stated(behind.said), on=on, rules=rules)


def _nda(ndas: Iterable[Nda], on: date) -> NdaFacts | None:
    """The agreement in force that day, else the latest one."""
    rows = list(ndas)
    in_force = [nda for nda in rows if nda.in_force_on(on)]
    chosen = (in_force or rows)[:1]
    return nda_facts_of(chosen[0]) if chosen else None
