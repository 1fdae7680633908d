"""Exports, for programs: the same files as on the pages, each below what it is made of."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from procurement.exports.formats import OF_ANSWERS, OF_VERSIONS
from procurement.exports.json_file import FORMAT
from procurement.exports.services import MadeFile, export_assessment, export_version
from procurement.questionnaires.access import check_is_with_vendor, version_for
from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.questionnaires.offline.making import workbook_of
from procurement.reviews.access import assessment_with_review
from vendors.calendar import clock
from vendors.rest.rendering import AsCsv, AsPdf, AsXlsx
from vendors.rest.schema import example
from vendors.vault.downloads import made_attachment

OSCAL_HEAD = {"title": "Core security questions", "oscal-version": "1.1.3"}


@example({"format": FORMAT, "id": 14, "counts": {"asked": 47}, "answers": [{"ref": "OP-2", "value": "no"}]})
class Everything(serializers.Serializer):
    """All that stands on the reviewer's page (docs/questionnaires.md says what each field holds)."""

    format = serializers.CharField()
    id = serializers.IntegerField()
    counts = serializers.DictField()
    answers = serializers.ListField(child=serializers.DictField())


class _Named(serializers.Serializer):
    """OSCAL's names hold a hyphen, which no attribute of Python does."""

    member = ""

    def get_fields(self) -> dict[str, Any]:
        return {self.member: serializers.DictField()}


@example({"assessment-results": {"uuid": "88d20c72-ca1c-5f0e-a193-ed1ccef08d50", "metadata": OSCAL_HEAD}})
class OscalResults(_Named):
    """OSCAL assessment results, as NIST describes them."""

    member = "assessment-results"


@example({"catalog": {"uuid": "53bf833a-175b-588b-a846-6fc80aeef0eb", "metadata": OSCAL_HEAD}})
class OscalCatalog(_Named):
    """An OSCAL catalog, as NIST describes it."""

    member = "catalog"


class _Files(GenericViewSet):
    """Files below an object that another view lists."""

    lookup_value_regex = r"[0-9]{1,18}"
    lookup_value_converter = "int"
    made: Callable[[int, str], MadeFile]  # the file of one object, by its key and the name of the form

    @property
    def person(self) -> Any:
        return self.request.user

    @extend_schema(responses={(200, AsXlsx.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsXlsx])
    def xlsx(self, _request: Request, pk: int) -> HttpResponse:
        """A workbook: a summary, and a row for each question."""
        return self._file(pk, "xlsx")

    @extend_schema(responses={(200, AsCsv.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsCsv])
    def csv(self, _request: Request, pk: int) -> HttpResponse:
        """A table, UTF-8 with its mark, a row for each question."""
        return self._file(pk, "csv")

    def _file(self, pk: int, form: str) -> HttpResponse:
        made = self.made(pk, form)
        return made_attachment(made.content, content_type=made.content_type, name=made.name)


class AssessmentFiles(_Files):
    """The answers to a questionnaire as a file. The ledger keeps who took it, and its hash."""

    queryset = Assessment.objects.none()
    may_conflict = False

    @extend_schema(responses={(200, AsPdf.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsPdf])
    def pdf(self, _request: Request, pk: int) -> HttpResponse:
        """The answers as a document that carries them as JSON."""
        return self._file(pk, "pdf")

    @extend_schema(responses=Everything)
    @action(detail=True)
    def json(self, _request: Request, pk: int) -> HttpResponse:
        """Everything about the answers, with the questions and their SHA-256."""
        return self._file(pk, "json")

    @extend_schema(responses=OscalResults)
    @action(detail=True)
    def oscal(self, _request: Request, pk: int) -> HttpResponse:
        """The answers as OSCAL assessment results."""
        return self._file(pk, "oscal")

    @extend_schema(responses={(200, AsXlsx.media_type): OpenApiTypes.BINARY})
    @action(detail=True, renderer_classes=[AsXlsx], may_conflict=True)
    def workbook(self, _request: Request, pk: int) -> HttpResponse:
        """What the vendor has to answer, as the workbook to fill in, blank. Its contacts bring it back on the portal, a
        reviewer who got it by mail at `brought-answers/`; what it would change is seen before anything does."""
        _review, assessment = assessment_with_review(self.person, pk)
        check_is_with_vendor(assessment)
        content = workbook_of(assessment, is_blank=True)
        return made_attachment(content, content_type=AsXlsx.media_type, name=f"{assessment.version.title}.xlsx")

    def made(self, pk: int, form: str) -> MadeFile:
        review, assessment = assessment_with_review(self.person, pk)
        return export_assessment(
            assessment=assessment, review=review, form=OF_ANSWERS[form], by=self.person, now=clock.now()
        )


class VersionFiles(_Files):
    """A version of a questionnaire as a file, draft or published."""

    queryset = QuestionnaireVersion.objects.none()

    @extend_schema(responses=OscalCatalog)
    @action(detail=True)
    def oscal(self, _request: Request, pk: int) -> HttpResponse:
        """The version as an OSCAL catalog."""
        return self._file(pk, "oscal")

    def made(self, pk: int, form: str) -> MadeFile:
        version = version_for(self.person, pk)
        return export_version(version=version, form=OF_VERSIONS[form], now=clock.now())
