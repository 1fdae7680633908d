"""Which colleague at the vendor answers what, for programs. The vendor gives its questions away, nobody else."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from procurement.questionnaires.models import Assignment
from procurement.reviews import access
from vendors.people.actors import Actor
from vendors.rest.fields import Key
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 5,
        "assessment": 14,
        "vendor": 12,
        "section": "Access",
        "question": None,
        "contact": 8,
        "due_on": "2026-09-20",
        "assigned_by": "Jonah Pell",
        "assigned_at": "2026-09-03T09:00:00+02:00",
    }
)
class AssignmentRow(serializers.Serializer):
    """Either a whole section, by its title, or one question, by its key. Without a day of its own it is due with the
    whole."""

    id = serializers.IntegerField(source="pk")
    assessment = serializers.IntegerField(source="assessment_id")
    vendor = serializers.IntegerField(source="assessment.vendor_id")
    section = serializers.CharField(source="section.title", default=None, allow_null=True)
    question = serializers.CharField(source="question.key", default=None, allow_null=True)
    contact = serializers.IntegerField(source="contact_id")
    due_on = serializers.DateField(allow_null=True)
    assigned_by = serializers.CharField()
    assigned_at = serializers.DateTimeField()


class AssignmentFilters(filters.FilterSet):
    assessment = Key()
    vendor = Key(field_name="assessment__vendor")
    contact = Key()

    class Meta:
        model = Assignment
        fields: list[str] = []


class AssignmentViews(Records):
    """Sections and questions that a contact gave to a colleague. Everybody there may still answer everything."""

    model = Assignment
    serializer_class = AssignmentRow
    filterset_class = AssignmentFilters
    orderings = {"id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        visible = access.assessments_visible_to(user).values("pk")
        return Assignment.objects.filter(assessment__in=visible).select_related("assessment", "section", "question")
