"""Agreements, for programs. They are read here only: accepting one is a person's act, and so is recording that."""

from datetime import date

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from vendors.calendar import clock
from vendors.ndas import access
from vendors.ndas.models import Nda, Paper
from vendors.people.actors import Actor
from vendors.rest.fields import Key
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 3,
        "vendor": 12,
        "paper": "ours",
        "title": "Non-disclosure agreement",
        "text_version": 2,
        "text_sha256": "9f2b0c7d0e1f4a8b9c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b",
        "text_address": "",
        "starts_on": "2026-09-01",
        "ends_on": "2029-08-31",
        "ended_on": None,
        "ended_reason": "",
        "survives_until": "2031-08-31",
        "destroy_by": "2029-09-30",
        "accepted_at": "2026-09-01T09:30:00+02:00",
        "signer_name": "Jonah Pell",
        "signer_title": "Head of Security",
        "signs_for": "Quillhaven Software, Inc.",
        "recorded_by": "",
        "in_force": True,
    }
)
class NdaRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    paper = serializers.ChoiceField(choices=Paper.choices)
    title = serializers.CharField()
    text_version = serializers.IntegerField(source="text.version", allow_null=True)
    text_sha256 = serializers.CharField(allow_blank=True)
    text_address = serializers.CharField(allow_blank=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    ended_reason = serializers.CharField(allow_blank=True)
    survives_until = serializers.DateField(allow_null=True)
    destroy_by = serializers.DateField(allow_null=True)
    accepted_at = serializers.DateTimeField()
    signer_name = serializers.CharField()
    signer_title = serializers.CharField(allow_blank=True)
    signs_for = serializers.CharField()
    recorded_by = serializers.CharField(allow_blank=True)
    in_force = serializers.SerializerMethodField()

    def get_in_force(self, nda: Nda) -> bool:
        today: date = self.context["today"]
        return nda.in_force_on(today)


class NdaFilters(filters.FilterSet):
    vendor = Key()
    paper = filters.ChoiceFilter(choices=Paper.choices)
    in_force = filters.BooleanFilter(method="holding_today")

    class Meta:
        model = Nda
        fields: list[str] = []

    def holding_today(self, found: QuerySet[Nda], _name: str, wanted: bool) -> QuerySet[Nda]:
        holding = Nda.objects.in_force_on(clock.today())
        return found.filter(pk__in=holding) if wanted else found.exclude(pk__in=holding)


class NdaViews(Records):
    """Agreements under which reports are held."""

    model = Nda
    serializer_class = NdaRow
    filterset_class = NdaFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("starts_on")}

    def visible_to(self, user: Actor) -> QuerySet[Nda]:
        return access.ndas_visible_to(user)
