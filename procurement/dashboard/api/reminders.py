"""Reminders that fell due, for programs: sent, or set aside for a later one."""

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from procurement.dashboard import reach
from procurement.renewals.models import ReminderDue, ReminderState
from vendors.people.actors import Actor
from vendors.rest.fields import Key
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 40,
        "vendor": 12,
        "subject_type": "decision",
        "subject_id": 8,
        "anchor": "2027-06-30",
        "milestone": "90 days before",
        "due_on": "2027-04-01",
        "recipient": "ines.varga@northmoor.example",
        "state": "sent",
        "reason": "The approval of People Cloud ends on 30 Jun 2027.",
        "claimed_at": "2027-04-01T07:00:00+02:00",
    }
)
class ReminderRow(serializers.Serializer):
    """`anchor` is the date the milestone was counted from."""

    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    subject_type = serializers.CharField()
    subject_id = serializers.IntegerField()
    anchor = serializers.DateField()
    milestone = serializers.CharField()
    due_on = serializers.DateField()
    recipient = serializers.EmailField()
    state = serializers.ChoiceField(choices=ReminderState.choices)
    reason = serializers.CharField(allow_blank=True)
    claimed_at = serializers.DateTimeField()


class ReminderFilters(filters.FilterSet):
    vendor = Key(field_name="vendor_id")
    state = filters.ChoiceFilter(choices=ReminderState.choices)
    due_from = filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_until = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = ReminderDue
        fields: list[str] = []


class ReminderViews(Records):
    """Reminders about vendors whose file this person sees."""

    model = ReminderDue
    serializer_class = ReminderRow
    filterset_class = ReminderFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("due_on")}

    def visible_to(self, user: Actor) -> QuerySet[ReminderDue]:
        return ReminderDue.objects.filter(vendor_id__in=reach.vendors_visible_to(user).values("pk"))
