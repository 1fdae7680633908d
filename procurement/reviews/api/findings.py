"""What reviews found, for programs."""

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from procurement.reviews import access
from procurement.reviews.models import Finding, Severity
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Person
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 3,
        "review": 7,
        "review_number": "R-2026-004",
        "vendor": 12,
        "number": 1,
        "title": "Restores are never tried",
        "description": "Backups are made each night, but nobody has restored one this year.",
        "severity": "high",
        "owner": {"id": 1, "name": "Adaeze Lind"},
        "due_on": "2026-12-20",
        "found_in": "exception",
        "found_where": "CC6.2",
        "state": "open",
        "opened_at": "2026-11-20T09:00:00+01:00",
        "ended_at": None,
        "ended_because": "",
    }
)
class FindingRow(serializers.Serializer):
    """`number` counts within the review; `found_where` says in words where it was found."""

    id = serializers.IntegerField(source="pk")
    review = serializers.IntegerField(source="review_id")
    review_number = serializers.CharField(source="review.number")
    vendor = serializers.IntegerField(source="review.vendor_id")
    number = serializers.IntegerField()
    title = serializers.CharField()
    description = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    owner = Person()
    due_on = serializers.DateField()
    found_in = serializers.ChoiceField(source="source", choices=Finding.Source.choices)
    found_where = serializers.CharField(source="source_reference", allow_blank=True)
    state = serializers.ChoiceField(choices=Finding.State.choices)
    opened_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_because = serializers.CharField(allow_blank=True)


class FindingFilters(filters.FilterSet):
    review = Key(field_name="review_id")
    vendor = Key(field_name="review__vendor_id")
    owner = Key(field_name="owner_id")
    severity = filters.ChoiceFilter(choices=Severity.choices)
    state = filters.ChoiceFilter(choices=Finding.State.choices)
    due_from = filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_until = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = Finding
        fields: list[str] = []


class FindingViews(Records):
    """Findings this person may read: of reviews they read whole, and those they own."""

    model = Finding
    serializer_class = FindingRow
    filterset_class = FindingFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("due_on")}

    def visible_to(self, user: Actor) -> QuerySet[Finding]:
        return access.findings_visible_to(user).select_related("review", "owner")
