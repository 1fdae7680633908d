"""Memos, for programs: the content as frozen, and the PDF made from it."""

import django_filters as filters
from django.db.models import QuerySet
from django.http import Http404, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from procurement.decisions import access
from procurement.decisions.models import Memo
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.people.requests import client_address
from vendors.rest.fields import Key
from vendors.rest.pages import newest_first
from vendors.rest.records import Records
from vendors.rest.rendering import AsPdf
from vendors.rest.schema import example
from vendors.vault import downloads

ISSUED = {
    "number": "MEMO-2026-0008",
    "decision": 8,
    "review": 21,
    "vendor": 12,
    "issued_at": "2026-09-05T09:00:00+02:00",
    "content_sha256": "9f2b0c7d0e1f4a8b9c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b",
    "pdf_sha256": "1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b9f2b0c7d0e1f4a8b9c6d5e4f3a2b",
}


@example(ISSUED)
class MemoRow(serializers.Serializer):
    """`pdf_sha256` is null until the PDF is made, which takes a moment after the decision."""

    number = serializers.CharField()
    decision = serializers.IntegerField(source="decision_id")
    review = serializers.IntegerField(source="decision.review_id")
    vendor = serializers.IntegerField(source="decision.review.vendor_id")
    issued_at = serializers.DateTimeField()
    content_sha256 = serializers.CharField()
    pdf_sha256 = serializers.CharField(source="pdf.sha256", allow_null=True, default=None)


@example({**ISSUED, "content": {"memo": "MEMO-2026-0008", "vendor": {"name": "Quillhaven"}}})
class MemoDetail(MemoRow):
    """`content` is the memo as frozen; the SHA-256 of its canonical JSON is `content_sha256`."""

    content = serializers.DictField()


class MemoFilters(filters.FilterSet):
    vendor = Key(field_name="decision__review__vendor")
    review = Key(field_name="decision__review")

    class Meta:
        model = Memo
        fields: list[str] = []


class MemoViews(Records):
    """Memos by number."""

    model = Memo
    serializer_class = MemoRow
    detail_class = MemoDetail
    filterset_class = MemoFilters
    lookup_field = "number"
    lookup_value_converter = "str"
    lookup_value_regex = "[A-Z0-9-]{1,16}"
    orderings = newest_first("issued_at")

    def visible_to(self, user: Actor) -> QuerySet[Memo]:
        found = access.memos_visible_to(user).defer("decision__frozen")
        return found.defer("content", "decision__frozen") if self.action == "list" else found

    @extend_schema(responses={(200, AsPdf.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsPdf])
    def pdf(self, request: Request, number: str) -> StreamingHttpResponse:
        """The PDF as issued, byte for byte; 404 while it is not made yet."""
        memo = access.memo_for(self.person, number)
        if memo.pdf is None:
            raise Http404
        return downloads.as_attachment(
            memo.pdf, by=self.person, purpose="memo", at=clock.now(), ip=client_address(request._request)
        )
