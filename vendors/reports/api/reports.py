"""Reports, for programs: read their facts, take the file where a grant allows it, upload one, record facts."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from vendors.calendar import clock
from vendors.directory.access import vendors_for
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Actor
from vendors.people.requests import client_address
from vendors.reports import access, labels, services
from vendors.reports.api.facts import FactsToRecord, ReportDetail, ReportRow, facts_from
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.services.facts import check_revision
from vendors.reports.uploading import TOO_LARGE, status_of
from vendors.rest.fields import Key, Scoped
from vendors.rest.pages import newest_first
from vendors.rest.problems import TooLarge
from vendors.rest.records import Records
from vendors.rest.rendering import AsPdf
from vendors.vault.downloads import as_attachment
from vendors.vault.validation import FileRefused


def open_requests_for(user: Actor) -> QuerySet[ReportRequest]:
    """What a file may answer."""
    return access.requests_visible_to(user).filter(pk__in=ReportRequest.objects.open())


class Upload(serializers.Serializer):
    """One PDF, as multipart/form-data."""

    vendor = Scoped(vendors_for)
    answers_request = Scoped(open_requests_for, required=False, allow_null=True, default=None)
    file = serializers.FileField()

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Another vendor's request is refused like one that is not there."""
        asked = typed["answers_request"]
        if asked is not None and asked.vendor_id != typed["vendor"].pk:
            raise serializers.ValidationError({"answers_request": Scoped.default_error_messages["does_not_exist"]})
        return typed


class ReportFilters(filters.FilterSet):
    vendor = Key()
    state = filters.ChoiceFilter(choices=ReportState.choices)
    kind = filters.ChoiceFilter(choices=labels.KINDS)
    type = filters.ChoiceFilter(choices=labels.TYPES)
    opinion = filters.ChoiceFilter(choices=labels.OPINIONS)
    period_end_from = filters.DateFilter(field_name="period_end", lookup_expr="gte")
    period_end_until = filters.DateFilter(field_name="period_end", lookup_expr="lte")

    class Meta:
        model = Report
        fields: list[str] = []


class ReportViews(Records):
    """Reports as received, with the facts a person read in them."""

    model = Report
    serializer_class = ReportRow
    detail_class = ReportDetail
    filterset_class = ReportFilters
    orderings = {"-id": ("-pk",), "id": ("pk",), **newest_first("received_at")}

    def visible_to(self, user: Actor) -> QuerySet[Report]:
        found = access.reports_visible_to(user).select_related("file", "auditor", "accepted_by")
        if self.action == "list":
            return found
        return found.prefetch_related("exceptions", "cuecs", "subservice_organizations", "successor_statements")

    @extend_schema(
        request={"multipart/form-data": Upload},
        responses={201: ReportDetail, 200: OpenApiResponse(ReportDetail, description="This file was here already.")},
    )
    def create(self, request: Request) -> Response:
        """Upload a report that was fetched elsewhere. The same file again is the same report."""
        typed = self.typed(Upload)
        now, on = clock.now(), clock.today()
        access.check_can_send(self.person, typed["vendor"], on)
        try:
            report = services.receive_report(
                vendor=typed["vendor"],
                request=typed["answers_request"],
                upload=typed["file"],
                nda=nda_in_force(typed["vendor"], on),
                by=self.person,
                now=now,
                on=on,
                ip=client_address(request._request),
            )
        except FileRefused as refusal:
            if status_of(refusal) == TOO_LARGE:
                raise TooLarge(str(refusal)) from refusal
            raise
        return self.shown(report.pk, status=201 if report.received_at == now else 200)

    @extend_schema(responses={(200, AsPdf.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsPdf])
    def file(self, request: Request, pk: int) -> StreamingHttpResponse:
        """The file itself, for whoever holds a grant while an NDA is in force. The vendor sees that it was opened."""
        report = access.report_for(self.person, pk)
        access.check_can_open(self.person, report, clock.today())
        return as_attachment(
            report.file,
            by=self.person,
            purpose=access.purpose_for(self.person, report),
            at=clock.now(),
            ip=client_address(request._request),
        )

    @extend_schema(request=FactsToRecord, responses=ReportDetail)
    @action(detail=True, methods=["put"])
    def facts(self, _request: Request, pk: int) -> Response:
        """Record what the report says, complete or not. `revision` is the one you read; an older one is refused."""
        report = access.report_for(self.person, pk)
        access.check_can_record_facts(self.person, report, clock.today())
        typed = self.typed(FactsToRecord)
        revision = typed.pop("revision")
        check_revision(report, revision)
        services.record_facts(
            report=report,
            facts=facts_from(typed),
            revision=revision,
            by=self.person,
            now=clock.now(),
            on=clock.today(),
        )
        return self.shown(report.pk)

    def get_parsers(self) -> list[Any]:
        """A file comes as multipart; the sealing upload handler takes its bytes, as for the pages."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()
