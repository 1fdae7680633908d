"""The records a scan reads, some hundred vendors at a time, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, Q

from procurement.accounts.models import User
from procurement.decisions.models import Decision
from procurement.decisions.standings import APPROVALS, Approval, approvals_of
from procurement.decisions.validity import StandingName
from procurement.policy import queries as policy_queries
from procurement.renewals.milestones import MilestoneKey
from procurement.renewals.models import ReminderDue
from procurement.reviews.models import Review
from vendors.calendar.days import plus_months
from vendors.contacts.models import Contact
from vendors.ndas.models import Nda
from vendors.reports.currency import CurrencyRules
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState

Row = TypeVar("Row", Report, ReportRequest, Contact, Review)

BATCH = 500
# What ended longer ago than this is history: nobody is reminded of it when a scan looks for the first time.
LOOK_BACK_MONTHS = 12
OVER = {StandingName.SUPERSEDED, StandingName.REVOKED}
READ_OF_AN_ARRIVAL = ["system_name", "kind", "type", "period_end", "state", "received_at"]
IN_OUR_HANDS = [ReportState.RECEIVED, ReportState.ACCEPTED, ReportState.WITHDRAWN]


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything about a batch of vendors, by vendor id where nothing else is said.

    approvals     those that neither a later decision nor a revocation has ended, the newest first
    arrivals      reports we hold, read or not, that were not sent back
    requests      open ones, of people and of the scan
    last_asked    the contact the last request went to
    reviews       undecided ones
    reviewers     by their own id
    already       by subject type, subject id and address
    """

    on: date
    rules: CurrencyRules
    approvals: dict[int, list[Approval]]
    arrivals: dict[int, list[Report]]
    requests: dict[int, list[ReportRequest]]
    contacts: dict[int, list[Contact]]
    last_asked: dict[int, int]
    ndas: dict[int, Nda]
    reviews: dict[int, list[Review]]
    reviewers: dict[int, User]
    already: dict[tuple[str, int, str], set[MilestoneKey]]


def all_records(on: date) -> Iterator[Records]:
    """The records of every vendor in use that a reminder may be about, batch by batch."""
    vendor_ids = _vendor_ids(on)
    for start in range(0, len(vendor_ids), BATCH):
        yield records_of(vendor_ids[start : start + BATCH], on=on)


def records_of(vendor_ids: Iterable[int], *, on: date) -> Records:
    """The records of these vendors as they stand on that day."""
    ids = list(vendor_ids)
    horizon = plus_months(on, -LOOK_BACK_MONTHS)
    approvals = {
        vendor_id: [one for one in found if one.standing.name not in OVER and one.standing.until >= horizon]
        for vendor_id, found in approvals_of(ids, on=on).items()
    }
    reviewer_ids = {one.decision.review.reviewer_id for found in approvals.values() for one in found}
    last_asked = ReportRequest.objects.filter(vendor__in=ids, contact__isnull=False).order_by("requested_at", "pk")
    return Records(
        on=on,
        rules=policy_queries.current_policy().currency_rules(),
        approvals=approvals,
        arrivals=_by_vendor(_arrivals(ids)),
        requests=_by_vendor(
            ReportRequest.objects.open()
            .filter(vendor__in=ids)
            .select_related("vendor", "contact__user", "requested_by")
            .order_by(F("requested_by").asc(nulls_last=True), "pk")
        ),
        contacts=_by_vendor(Contact.objects.active().filter(vendor__in=ids).select_related("user")),
        last_asked=dict(last_asked.values_list("vendor_id", "contact_id")),
        ndas=_ndas_in_force(ids, on),
        reviews=_by_vendor(Review.objects.undecided().filter(vendor__in=ids).select_related("engagement__owner")),
        reviewers=User.objects.in_bulk([pk for pk in reviewer_ids if pk is not None]),
        already=_already(ids),
    )


def _vendor_ids(on: date) -> list[int]:
    horizon = plus_months(on, -LOOK_BACK_MONTHS - 15)  # an approval may be carried 3 months beyond its 12
    approved = Decision.objects.filter(
        Q(valid_until__gte=horizon), outcome__in=APPROVALS, revoked_on__isnull=True, review__vendor__retired_on=None
    ).values_list("review__vendor_id", flat=True)
    asked = ReportRequest.objects.open().filter(vendor__retired_on=None).values_list("vendor_id", flat=True)
    return sorted({*approved, *asked})


def _arrivals(ids: list[int]) -> Iterable[Report]:
    return (
        Report.objects.filter(vendor__in=ids, state__in=IN_OUR_HANDS)
        .select_related("request")
        .only("vendor", "request", "request__system", "request__requested_by", *READ_OF_AN_ARRIVAL)
    )


def _ndas_in_force(ids: list[int], on: date) -> dict[int, Nda]:
    """The agreement that holds longest, for each vendor that has one; as `ndas.queries.nda_in_force`."""
    held = Nda.objects.filter(vendor__in=ids).in_force_on(on).order_by(F("ends_on").asc(nulls_last=True), "pk")
    return {nda.vendor_id: nda for nda in held}


def _already(ids: list[int]) -> dict[tuple[str, int, str], set[MilestoneKey]]:
    found: dict[tuple[str, int, str], set[MilestoneKey]] = defaultdict(set)
    rows = ReminderDue.objects.filter(vendor_id__in=ids).order_by()
    for subject_type, subject_id, recipient, anchor, milestone in rows.values_list(
        "subject_type", "subject_id", "recipient", "anchor", "milestone"
    ):
        found[(subject_type, subject_id, recipient)].add((anchor, milestone))
    return found


def _by_vendor(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.vendor_id].append(row)
    return found
