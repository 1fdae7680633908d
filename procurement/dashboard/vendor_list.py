"""The rows of the vendor list, in a fixed number of queries however many there are."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from procurement.clearance.queries import Answer, answers_for
from procurement.dashboard.timeline import Strip, strip_of
from procurement.engagements.models import Engagement
from procurement.reviews.models import UNDECIDED, Review
from vendors.directory.models import Vendor
from vendors.reports.currency import Currency, CurrencyRules, earliest_still_within
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


def in_segment(vendors: QuerySet[Vendor], segment: str, *, on: date, rules: CurrencyRules) -> QuerySet[Vendor]:
    return vendors.filter(_conditions(on, rules)[segment])


def with_owner(vendors: QuerySet[Vendor]) -> QuerySet[Vendor]:
    """Each with the tier and the owner of its most critical engagement."""
    engagement = Engagement.objects.filter(vendor=OuterRef("pk")).order_by("tier", "-pk")
    return vendors.annotate(
        tier=Subquery(engagement.values("tier")[:1]), owner_name=Subquery(engagement.values("owner__name")[:1])
    )


def counts(vendors: QuerySet[Vendor], *, on: date, rules: CurrencyRules) -> dict[str, int]:
    """How many vendors each segment holds, in one query."""
    conditions = _conditions(on, rules)
    return vendors.aggregate(**{key: Count("pk", filter=condition) for key, condition in conditions.items()})


def labels() -> dict[str, str]:
    return {
        "all": _("All"),
        "current": _("Current report"),
        "out_of_policy": _("Past its 12 months"),
        "no_report": _("No report"),
        "under_review": _("Under review"),
    }


def rows_of(vendors: list[Any], *, on: date, rules: CurrencyRules) -> list[VendorRow]:
    """The rows of one page of the list; the vendors come from `with_owner`."""
    ids = [vendor.pk for vendor in vendors]
    answers = answers_for(vendors, on=on)
    reports: dict[int, list[Report]] = {}
    accepted = Report.objects.accepted_type_2().filter(vendor__in=ids).prefetch_related("successor_statements")
    for report in accepted:
        reports.setdefault(report.vendor_id, []).append(report)

    def row(vendor: Any) -> VendorRow:
        systems = systems_of(reports.get(vendor.pk, []), on=on, rules=rules)
        return VendorRow(
            vendor=vendor,
            answer=answers[vendor.pk],
            currency=systems[0].outlook.currency if systems else None,
            strips=tuple(strip_of(system, on=on) for system in systems),
            tier=vendor.tier,
            owner=vendor.owner_name or "",
            review=next(iter(answers[vendor.pk].open_reviews), None),
        )

    return [row(vendor) for vendor in vendors]


def _conditions(on: date, rules: CurrencyRules) -> dict[str, Q]:
    oldest = earliest_still_within(on, rules.current_months)
    return {
        "all": Q(),
        "current": Q(newest_period_end__gte=oldest),
        "out_of_policy": Q(newest_period_end__lt=oldest),
        "no_report": Q(newest_period_end__isnull=True),
        "under_review": Q(is_under_review=True),
    }
