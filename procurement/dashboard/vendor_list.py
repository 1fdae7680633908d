"""The rows of the vendor list, in a fixed number of queries however many there are."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from procurement.clearance.queries import Answer, answers_for
from procurement.dashboard.timeline import Strip, strip_of
from procurement.engagements.models import Engagement
from procurement.policy import queries as policy_queries
from procurement.reviews.models import UNDECIDED, Review
from vendors.directory.models import Vendor
from vendors.reports.currency import Currency, earliest_still_within
from vendors.reports.models import Report
from vendors.reports.systems import systems_of

SEGMENTS = ("all", "current", "out_of_policy", "no_report", "under_review")
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pk"),
    "until": ("newest_period_end", "name", "pk"),
    "added": ("-added_at", "pk"),
}


@dataclass(frozen=True)
class VendorRow:
    """A row of the list. `currency` is that of the newest report; `strips` draw each described system."""

    vendor: Vendor
    answer: Answer
    currency: Currency | None
    strips: tuple[Strip, ...]
    tier: int | None
    owner: str
    review: Review | None


def with_facts(vendors: QuerySet[Vendor]) -> QuerySet[Vendor]:
    """Each vendor with the end of its newest accepted Type II period, and whether a review is under way."""
    accepted = Report.objects.accepted_type_2().filter(vendor=OuterRef("pk")).order_by("-period_end")
    undecided = Review.objects.filter(vendor=OuterRef("pk"), state__in=UNDECIDED)
    return vendors.filter(retired_on__isnull=True).annotate(
        newest_period_end=Subquery(accepted.values("period_end")[:1]), is_under_review=Exists(undecided)
    )


def in_segment(vendors: QuerySet[Vendor], segment: str, *, on: date) -> QuerySet[Vendor]:
    return vendors.filter(_conditions(on)[segment])


def counts(vendors: QuerySet[Vendor], *, on: date) -> dict[str, int]:
    """How many vendors each segment holds, in one query."""
    return vendors.aggregate(**{key: Count("pk", filter=condition) for key, condition in _conditions(on).items()})


def labels() -> dict[str, str]:
    return {
        "all": _("All"),
        "current": _("Current report"),
        "out_of_policy": _("Past its 12 months"),
        "no_report": _("No report"),
        "under_review": _("Under review"),
    }


def rows_of(vendors: list[Vendor], *, on: date) -> list[VendorRow]:
    """The rows of one page of the list."""
    ids = [vendor.pk for vendor in vendors]
    answers = answers_for(vendors, on=on)
    rules = policy_queries.current_policy().currency_rules()
    reports: dict[int, list[Report]] = {}
    accepted = Report.objects.accepted_type_2().filter(vendor__in=ids).prefetch_related("successor_statements")
    for report in accepted:
        reports.setdefault(report.vendor_id, []).append(report)
    engagements: dict[int, Engagement] = {}
    for engagement in Engagement.objects.filter(vendor__in=ids).select_related("owner").order_by("tier", "-pk"):
        engagements.setdefault(engagement.vendor_id, engagement)
    reviews: dict[int, Review] = {}
    for review in Review.objects.undecided().filter(vendor__in=ids).order_by("-pk"):
        reviews.setdefault(review.vendor_id, review)

    def row(vendor: Vendor) -> VendorRow:
        engagement = engagements.get(vendor.pk)
        systems = systems_of(reports.get(vendor.pk, []), on=on, rules=rules)
        return VendorRow(
            vendor=vendor,
            answer=answers[vendor.pk],
            currency=systems[0].outlook.currency if systems else None,
            strips=tuple(strip_of(system, on=on) for system in systems),
            tier=engagement.tier if engagement else None,
            owner=engagement.owner.name if engagement else "",
            review=reviews.get(vendor.pk),
        )

    return [row(vendor) for vendor in vendors]


def _conditions(on: date) -> dict[str, Q]:
    months = policy_queries.current_policy().currency_rules().current_months
    oldest = earliest_still_within(on, months)
    return {
        "all": Q(),
        "current": Q(newest_period_end__gte=oldest),
        "out_of_policy": Q(newest_period_end__lt=oldest),
        "no_report": Q(newest_period_end__isnull=True),
        "under_review": Q(is_under_review=True),
    }
