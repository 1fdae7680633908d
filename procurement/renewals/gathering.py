"""The records a scan reads, some hundred vendors at a time, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.db.models import F

from procurement.accounts.models import User
from procurement.decisions.models import Decision
from procurement.decisions.standings import Approval, approvals_among, decided_of
from procurement.decisions.validity import StandingName
from procurement.policy import queries as policy_queries
from procurement.renewals.dated.kinds import dated_things
from procurement.renewals.dated.thing import Dated
from procurement.renewals.milestones import MilestoneKey
from procurement.renewals.models import ReminderDue
from procurement.renewals.plans import current_plan
from procurement.renewals.rhythms import Plan
from procurement.renewals.watched import LOOK_BACK_MONTHS
from procurement.reviews.models import Review
from vendors.calendar.days import plus_months
from vendors.contacts.models import Contact
from vendors.ndas.models import Nda
from vendors.reports.currency import CurrencyRules
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState

Row = TypeVar("Row", Report, ReportRequest, Contact, Review, Nda, Dated)
Claims = dict[tuple[str, int, str], dict[MilestoneKey, str]]

BATCH = 500
OVER = {StandingName.SUPERSEDED, StandingName.REVOKED}
READ_OF_AN_ARRIVAL = ["system_name", "kind", "type", "period_end", "state", "received_at"]
IN_OUR_HANDS = [ReportState.RECEIVED, ReportState.ACCEPTED, ReportState.WITHDRAWN]


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything about a batch of vendors, by vendor id where nothing else is said, as it stands on the day `on`.

    decided       decisions, the newest first
    approvals     those that neither a later decision nor a revocation has ended by then, the newest first
    arrivals      reports we hold, read or not, that were not sent back
    requests      open ones, of people and of the scan
    last_asked    the contact the last request went to
    reviews       undecided ones
    reviewers     by their own id
    dated         everything else with a last day
    already       claims, by subject type, subject id and address, each with its state
    """

    on: date
    rules: CurrencyRules
    plan: Plan
    decided: Mapping[int, list[Decision]]
    approvals: Mapping[int, list[Approval]]
    arrivals: Mapping[int, list[Report]]
    requests: Mapping[int, list[ReportRequest]]
    contacts: Mapping[int, list[Contact]]
    last_asked: Mapping[int, int]
    ndas: Mapping[int, list[Nda]]
    reviews: Mapping[int, list[Review]]
    reviewers: Mapping[int, User]
    dated: Mapping[int, list[Dated]]
    already: Claims

    @property
    def vendor_ids(self) -> list[int]:
        """Those that there is anything to look at about."""
        return sorted({*self.approvals, *self.requests, *self.dated, *self.decided})

    def nda_in_force(self, vendor_id: int) -> Nda | None:
        """The agreement that holds longest that day; as `ndas.queries.nda_in_force`."""
        held = [nda for nda in self.ndas.get(vendor_id, []) if nda.in_force_on(self.on)]
        return max(held, key=lambda nda: (nda.ends_on or date.max, nda.pk), default=None)

    def of(self, vendor_id: int, *, on: date) -> "Records":
        """The same records of one of the vendors, as they stand on another day. It asks no database."""
        decided = self.decided.get(vendor_id, [])
        return replace(
            self,
            on=on,
            decided={vendor_id: decided},
            approvals=_standing(decided, on, self.rules),
            requests={vendor_id: self.requests.get(vendor_id, [])},
            dated={vendor_id: self.dated.get(vendor_id, [])},
        )


def all_records(vendor_ids: Iterable[int], on: date) -> Iterator[Records]:
    """The records of these vendors, batch by batch."""
    ids = sorted(vendor_ids)
    plan = current_plan()
    for start in range(0, len(ids), BATCH):
        yield records_of(ids[start : start + BATCH], on=on, plan=plan)


def records_of(vendor_ids: Iterable[int], *, on: date, plan: Plan | None = None) -> Records:
    """The records of these vendors as they stand on that day."""
    ids = list(vendor_ids)
    rules = policy_queries.current_currency_rules()
    decided: dict[int, list[Decision]] = defaultdict(list)
    for decision in decided_of(ids):
        decided[decision.review.vendor_id].append(decision)
    reviewer_ids = {one.review.reviewer_id for found in decided.values() for one in found}
    last_asked = ReportRequest.objects.filter(vendor__in=ids, contact__isnull=False).order_by("requested_at", "pk")
    return Records(
        on=on,
        rules=rules,
        plan=plan or current_plan(),
        decided=decided,
        approvals=_standing((one for found in decided.values() for one in found), on, rules),
        arrivals=_by_vendor(_arrivals(ids)),
        requests=_by_vendor(
            ReportRequest.objects.open()
            .filter(vendor__in=ids)
            .select_related("vendor", "contact__user", "requested_by")
            .order_by(F("requested_by").asc(nulls_last=True), "pk")
        ),
        contacts=_by_vendor(Contact.objects.active().filter(vendor__in=ids).select_related("user")),
        last_asked=dict(last_asked.values_list("vendor_id", "contact_id")),
        ndas=_by_vendor(Nda.objects.filter(vendor__in=ids)),
        reviews=_by_vendor(Review.objects.undecided().filter(vendor__in=ids).select_related("engagement__owner")),
        reviewers=User.objects.in_bulk([pk for pk in reviewer_ids if pk is not None]),
        dated=_by_vendor(dated_things(ids)),
        already=_already(ids),
    )


def _standing(decided: Iterable[Decision], on: date, rules: CurrencyRules) -> dict[int, list[Approval]]:
    horizon = plus_months(on, -LOOK_BACK_MONTHS)
    found = {
        vendor_id: [one for one in approvals if one.standing.name not in OVER and one.standing.until >= horizon]
        for vendor_id, approvals in approvals_among(decided, on=on, rules=rules).items()
    }
    return {vendor_id: approvals for vendor_id, approvals in found.items() if approvals}


def _arrivals(ids: list[int]) -> Iterable[Report]:
    return (
        Report.objects.filter(vendor__in=ids, state__in=IN_OUR_HANDS)
        .select_related("request")
        .only("vendor", "request", "request__system", "request__requested_by", *READ_OF_AN_ARRIVAL)
    )


def _already(ids: list[int]) -> Claims:
    found: Claims = defaultdict(dict)
    rows = ReminderDue.objects.filter(vendor_id__in=ids).order_by()
    for subject_type, subject_id, recipient, anchor, milestone, state in rows.values_list(
        "subject_type", "subject_id", "recipient", "anchor", "milestone", "state"
    ):
        found[(subject_type, subject_id, recipient)][(anchor, milestone)] = state
    return found


def _by_vendor(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.vendor_id].append(row)
    return dict(found)
