"""What we asked vendors to send, for programs: read, ask, move, cancel."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from vendors.calendar import clock
from vendors.contacts.access import contacts_visible_to
from vendors.directory.access import vendors_for
from vendors.people.actors import Actor, Role
from vendors.reports import access, services
from vendors.reports.models import ReportRequest
from vendors.reports.models.requests import Asked
from vendors.rest.fields import Key, Person, Scoped
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 5,
        "vendor": 12,
        "what": "soc2_type2",
        "system": "People Cloud",
        "period_start": "2025-07-01",
        "period_end": "2026-06-30",
        "due_on": "2026-09-30",
        "message": "",
        "contact": 7,
        "requested_by": {"id": 2, "name": "Ines Varga"},
        "requested_at": "2026-09-01T09:00:00+02:00",
        "not_ready_until": None,
        "not_ready_note": "",
        "answered_at": None,
        "cancelled_at": None,
        "cancelled_reason": "",
        "is_open": True,
    }
)
class RequestRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    what = serializers.ChoiceField(choices=Asked.choices)
    system = serializers.CharField(allow_blank=True)
    period_start = serializers.DateField(allow_null=True)
    period_end = serializers.DateField(allow_null=True)
    due_on = serializers.DateField()
    message = serializers.CharField(allow_blank=True)
    contact = serializers.IntegerField(source="contact_id", allow_null=True)
    requested_by = Person(allow_null=True)
    requested_at = serializers.DateTimeField()
    not_ready_until = serializers.DateField(allow_null=True)
    not_ready_note = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)
    cancelled_reason = serializers.CharField(allow_blank=True)
    is_open = serializers.BooleanField()


@example({"vendor": 12, "what": "soc2_type2", "system": "People Cloud", "contact": 7, "due_on": "2026-09-30"})
class NewRequest(serializers.Serializer):
    """Leave both days of the period out to ask for the latest report. Without a contact nobody there gets mail."""

    vendor = Scoped(vendors_for)
    what = serializers.ChoiceField(choices=Asked.choices, required=False, default=Asked.SOC2_TYPE2)
    system = serializers.CharField(max_length=160, required=False, allow_blank=True, default="")
    period_start = serializers.DateField(required=False, allow_null=True, default=None)
    period_end = serializers.DateField(required=False, allow_null=True, default=None)
    due_on = serializers.DateField()
    message = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    contact = Scoped(contacts_visible_to, required=False, allow_null=True, default=None)

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Another vendor's contact is refused like one that is not there."""
        contact = typed["contact"]
        if contact is not None and contact.vendor_id != typed["vendor"].pk:
            raise serializers.ValidationError({"contact": Scoped.default_error_messages["does_not_exist"]})
        return typed


@example({"due_on": "2026-10-31"})
class DueDate(serializers.Serializer):
    due_on = serializers.DateField()


@example({"reason": "The vendor published it on its trust center."})
class Cancellation(serializers.Serializer):
    """The contact reads the reason."""

    reason = serializers.CharField(max_length=300)


class RequestFilters(filters.FilterSet):
    vendor = Key()
    what = filters.ChoiceFilter(choices=Asked.choices)
    open = filters.BooleanFilter(method="still_open")
    due_until = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = ReportRequest
        fields: list[str] = []

    def still_open(self, found: QuerySet[ReportRequest], _name: str, wanted: bool) -> QuerySet[ReportRequest]:
        unanswered = ReportRequest.objects.open()
        return found.filter(pk__in=unanswered) if wanted else found.exclude(pk__in=unanswered)


class RequestViews(Records):
    """Requests for a report, or for the date of the next one."""

    model = ReportRequest
    serializer_class = RequestRow
    filterset_class = RequestFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("due_on")}

    def visible_to(self, user: Actor) -> QuerySet[ReportRequest]:
        return access.requests_visible_to(user)

    @extend_schema(request=NewRequest, responses={201: RequestRow})
    def create(self, _request: Request) -> Response:
        """Ask the vendor; the contact gets a mail."""
        typed = self.typed(NewRequest)
        asked = services.request_report(**typed, by=self.person, now=clock.now(), on=clock.today())
        return self.shown(asked.pk, status=201)

    @extend_schema(request=DueDate, responses=RequestRow)
    @action(detail=True, methods=["post"])
    def due(self, _request: Request, pk: int) -> Response:
        """Move the day by which it is due; the contact is told."""
        asked = self._kept(pk)
        due_on = self.typed(DueDate)["due_on"]
        services.change_due_date(request=asked, due_on=due_on, by=self.person, now=clock.now(), on=clock.today())
        return self.shown(asked.pk)

    @extend_schema(request=Cancellation, responses=RequestRow)
    @action(detail=True, methods=["post"])
    def cancel(self, _request: Request, pk: int) -> Response:
        """Take the request back; the contact is told why."""
        asked = self._kept(pk)
        reason = self.typed(Cancellation)["reason"]
        services.cancel_request(request=asked, reason=reason, by=self.person, now=clock.now())
        return self.shown(asked.pk)

    def _kept(self, pk: int) -> ReportRequest:
        """The request, for whoever moves and cancels requests; the pages of these acts are reviewers' alone."""
        asked = access.request_for(self.person, pk)
        if Role.REVIEWER not in self.person.roles:
            access.check_can_request(self.person)
        return asked
