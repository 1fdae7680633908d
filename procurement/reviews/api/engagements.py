"""What we buy from whom, for programs."""

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from procurement.engagements.models import Engagement
from procurement.policy import labels
from procurement.reviews import access
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Person
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 4,
        "vendor": 12,
        "title": "People Cloud",
        "description": "HR records of 1,900 employees.",
        "data_classes": ["internal", "personal"],
        "verticals": ["general"],
        "criticality": "high",
        "uptime_promised": False,
        "tier": 1,
        "suggested_tier": 1,
        "tier_reason": "",
        "owner": {"id": 1, "name": "Adaeze Lind"},
        "opened_at": "2026-09-01T09:00:00+02:00",
    }
)
class EngagementRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    title = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    data_classes = serializers.ListField(child=serializers.ChoiceField(choices=labels.DATA_CLASSES))
    verticals = serializers.ListField(child=serializers.ChoiceField(choices=labels.VERTICALS))
    criticality = serializers.ChoiceField(choices=labels.CRITICALITIES)
    uptime_promised = serializers.BooleanField()
    tier = serializers.IntegerField()
    suggested_tier = serializers.IntegerField()
    tier_reason = serializers.CharField(allow_blank=True)
    owner = Person()
    opened_at = serializers.DateTimeField()


class EngagementFilters(filters.FilterSet):
    vendor = Key()
    owner = Key()
    tier = filters.ChoiceFilter(choices=labels.TIERS)
    criticality = filters.ChoiceFilter(choices=labels.CRITICALITIES)

    class Meta:
        model = Engagement
        fields: list[str] = []


class EngagementViews(Records):
    """Uses of vendors: what is bought, for which data."""

    model = Engagement
    serializer_class = EngagementRow
    filterset_class = EngagementFilters

    def visible_to(self, user: Actor) -> QuerySet[Engagement]:
        return access.engagements_visible_to(user)
