"""Vendors, for programs: the record, the newest report, and what is cleared today."""

from typing import Any

import django_filters as filters
from django.db.models import Min, OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procurement.clearance.queries import answer_for, vendors_cleared_for
from procurement.dashboard import reach, vendor_list
from procurement.engagements.models import Engagement
from procurement.policy import labels
from procurement.policy.queries import current_currency_rules
from procurement.policy.terms import DataClass
from vendors.calendar import clock
from vendors.directory.models import Vendor, VendorCategory
from vendors.people.actors import Actor
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example

ON_FILE = {
    "id": 12,
    "name": "Quillhaven",
    "legal_name": "Quillhaven Software, Inc.",
    "domain": "quillhaven.example",
    "category": "business_software",
    "trust_center_url": "https://trust.quillhaven.example",
    "launched_on": "2014-03-01",
    "added_at": "2026-09-01T09:00:00+02:00",
    "tier": 1,
    "newest_period_end": "2026-06-30",
    "is_under_review": False,
}


@example(ON_FILE)
class VendorRow(serializers.Serializer):
    """`tier` is the strictest of its engagements, `newest_period_end` that of its accepted SOC 2 Type II reports."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    legal_name = serializers.CharField(allow_blank=True)
    domain = serializers.CharField(allow_blank=True)
    category = serializers.ChoiceField(choices=VendorCategory.choices)
    trust_center_url = serializers.CharField(allow_blank=True)
    launched_on = serializers.DateField(allow_null=True)
    added_at = serializers.DateTimeField()
    tier = serializers.IntegerField(allow_null=True)
    newest_period_end = serializers.DateField(allow_null=True)
    is_under_review = serializers.BooleanField()


class ClearedData(serializers.Serializer):
    """One class of data and whether it may be sent today."""

    data = serializers.ChoiceField(choices=labels.DATA_CLASSES, source="data_class")  # type: ignore[assignment]
    cleared = serializers.BooleanField()
    until = serializers.DateField(allow_null=True)
    engagement = serializers.IntegerField(source="engagement.pk", allow_null=True, default=None)
    reasons = serializers.ListField(child=serializers.CharField())


@example(
    {
        **ON_FILE,
        "clearance": [
            {
                "data": "personal",
                "cleared": True,
                "until": "2027-06-30",
                "engagement": 4,
                "reasons": ["The report counts until 30 Jun 2027."],
            }
        ],
    }
)
class VendorDetail(VendorRow):
    """`clearance` has a row for each class of data that an engagement lists."""

    clearance = serializers.SerializerMethodField()

    @extend_schema_field(ClearedData(many=True))
    def get_clearance(self, vendor: Vendor) -> Any:
        return ClearedData(answer_for(vendor, on=self.context["today"]).clearances, many=True).data


class VendorFilters(filters.FilterSet):
    search = filters.CharFilter(method="matching", label="Words of the name, legal name or domain.")
    category = filters.ChoiceFilter(choices=VendorCategory.choices)
    segment = filters.ChoiceFilter(
        choices=[(key, key) for key in vendor_list.SEGMENTS], method="in_segment", label="By the newest report."
    )
    cleared = filters.ChoiceFilter(
        choices=[(data.value, data.value) for data in DataClass],
        method="cleared_today",
        label="May be sent this class of data today.",
    )

    class Meta:
        model = Vendor
        fields: list[str] = []

    def matching(self, found: QuerySet[Vendor], _name: str, words: str) -> QuerySet[Vendor]:
        return found.filter(pk__in=Vendor.objects.matching(words.strip()).values("pk"))

    def in_segment(self, found: QuerySet[Vendor], _name: str, segment: str) -> QuerySet[Vendor]:
        return vendor_list.in_segment(found, segment, on=clock.today(), rules=current_currency_rules())

    def cleared_today(self, found: QuerySet[Vendor], _name: str, data: str) -> QuerySet[Vendor]:
        return found.filter(pk__in=vendors_cleared_for(DataClass(data), on=clock.today()))


class VendorViews(Records):
    """Vendors in use."""

    model = Vendor
    serializer_class = VendorRow
    detail_class = VendorDetail
    filterset_class = VendorFilters
    orderings = {
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "-id": ("-pk",),
        "id": ("pk",),
        **newest_first("added_at"),
    }

    def visible_to(self, user: Actor) -> QuerySet[Vendor]:
        tiers = Engagement.objects.filter(vendor=OuterRef("pk")).order_by().values("vendor").annotate(top=Min("tier"))
        visible = reach.vendors_visible_to(user)
        return vendor_list.with_facts(visible).annotate(tier=Subquery(tiers.values("top")))
