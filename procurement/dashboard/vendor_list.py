"""The rows of the vendor list, in a fixed number of queries however many there are."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from procurement.clearance.queries import answers_for
from procurement.dashboard.timeline import Strip, strip_of
from procurement.engagements.models import Engagement
from procurement.listing.lists import order_by
from procurement.reviews.models import UNDECIDED, Review
from vendors.directory.models import Vendor, VendorCategory
from vendors.reports.currency import CurrencyRules, earliest_still_within
from vendors.reports.models import Report
from vendors.reports.systems import said_after, systems_of

SEGMENTS = ("all", "current", "out_of_policy", "no_report", "under_review")
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name", "pk"),
    "until": ("newest_period_end", "name", "pk"),
    "tier": ("tier_or_last", "name", "pk"),
    "added": ("-added_at", "pk"),
}
# A vendor without an engagement comes after the lowest tier, whichever database sorts.
NO_TIER = 9


class UnderWay(NamedTuple):
    """The review of a vendor that is not decided yet."""

    pk: int
    number: str
    state: str


@dataclass(frozen=True, kw_only=True)
class VendorRow:
    """A row of the list: everything it says, and nothing to look up.

    meaning, cleared, cleared_until  whether data may be sent, which, until when
    currency, counts_until           of the newest report
    strips                           draw each described system
    """

    pk: int
    name: str
    about: str
    meaning: str
    cleared: str
    cleared_until: date | None
    currency: str
    counts_until: date | None
    strips: tuple[Strip, ...]
    tier: int | None
    owner: str
    review: UnderWay | None


def with_facts(vendors: QuerySet[Vendor]) -> QuerySet[Vendor]:
    """Each vendor in use with the end of its newest accepted Type II period, and whether a review is under way."""
    accepted = Report.objects.accepted_type_2().filter(vendor=OuterRef("pk")).order_by("-period_end")
    undecided = Review.objects.filter(vendor=OuterRef("pk"), state__in=UNDECIDED)
    return vendors.filter(retired_on__isnull=True).annotate(
        newest_period_end=Subquery(accepted.values("period_end")[:1]), is_under_review=Exists(undecided)
    )


def in_order(vendors: QuerySet[Vendor], sort: str) -> QuerySet[Vendor]:
    """As a page of the list shows them: each with the tier and the owner of its most critical engagement."""
    if sort.removeprefix("-") == "until":
        vendors = with_facts(vendors)
    engagement = Engagement.objects.filter(vendor=OuterRef("pk")).order_by("tier", "-pk")
    found = vendors.annotate(
        tier=Subquery(engagement.values("tier")[:1]), owner_name=Subquery(engagement.values("owner__name")[:1])
    )
    if sort.removeprefix("-") == "tier":
        found = found.annotate(tier_or_last=Coalesce(F("tier"), NO_TIER))
    return found.order_by(*order_by(sort, SORTS)).only("name", "domain", "category")


def in_segment(vendors: QuerySet[Vendor], segment: str, *, on: date, rules: CurrencyRules) -> QuerySet[Vendor]:
    return vendors.filter(_conditions(on, rules)[segment])


def counts(vendors: QuerySet[Vendor], *, on: date, rules: CurrencyRules) -> dict[str, int]:
    """How many vendors each segment holds, in one query."""
    found = vendors.aggregate(
        all=Count("pk"),
        current=Count("pk", filter=_is_current(on, rules)),
        with_report=Count("pk", filter=_has_report()),
        under_review=Count("pk", filter=_is_under_review()),
    )
    with_report = found.pop("with_report")
    return found | {"out_of_policy": with_report - found["current"], "no_report": found["all"] - with_report}


def labels() -> dict[str, str]:
    return {
        "all": _("All"),
        "current": _("Current report"),
        "out_of_policy": _("Past its 12 months"),
        "no_report": _("No report"),
        "under_review": _("Under review"),
    }


def rows_of(vendors: list[Any], *, on: date, rules: CurrencyRules) -> list[VendorRow]:
    """The rows of one page of the list; the vendors come from `in_order`."""
    answers = answers_for(vendors, on=on, rules=rules)
    reports: dict[int, list[Report]] = defaultdict(list)
    accepted = Report.objects.accepted_type_2().filter(vendor__in=[vendor.pk for vendor in vendors])
    for report in accepted.only("vendor", "system_name", "period_start", "period_end", "report_date"):
        reports[report.vendor_id].append(report)
    said = said_after(report.pk for found in reports.values() for report in found)
    categories = {category.value: str(category.label) for category in VendorCategory}

    def row(vendor: Any) -> VendorRow:
        answer, systems = answers[vendor.pk], systems_of(reports[vendor.pk], on=on, rules=rules, said=said)
        currency = systems[0].outlook.currency if systems else None
        return VendorRow(
            pk=vendor.pk,
            name=vendor.name,
            about=" · ".join(filter(None, (categories[vendor.category], vendor.domain))),
            meaning=answer.meaning,
            cleared=answer.short,
            cleared_until=answer.until,
            currency=currency.state.value if currency else "no_report",
            counts_until=currency.counts_until if currency else None,
            strips=tuple(strip_of(system, on=on) for system in systems),
            tier=vendor.tier,
            owner=vendor.owner_name or "",
            review=_under_way(answer.open_reviews),
        )

    return [row(vendor) for vendor in vendors]


def _under_way(reviews: tuple[Review, ...]) -> UnderWay | None:
    """The newest of them."""
    return next((UnderWay(one.pk, one.number, one.get_state_display()) for one in reviews), None)


def _conditions(on: date, rules: CurrencyRules) -> dict[str, Q]:
    return {
        "all": Q(),
        "current": _is_current(on, rules),
        "out_of_policy": _has_report() & ~_is_current(on, rules),
        "no_report": ~_has_report(),
        "under_review": _is_under_review(),
    }


# Sets of vendors, so that the database finds each of them once and not once a vendor.
def _is_current(on: date, rules: CurrencyRules) -> Q:
    oldest = earliest_still_within(on, rules.current_months)
    return Q(pk__in=Report.objects.accepted_type_2().filter(period_end__gte=oldest).order_by().values("vendor"))


def _has_report() -> Q:
    return Q(pk__in=Report.objects.accepted_type_2().order_by().values("vendor"))


def _is_under_review() -> Q:
    return Q(pk__in=Review.objects.undecided().order_by().values("vendor"))
