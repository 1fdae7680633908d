"""Importing a file, for programs: what was guessed, correcting it, the draft. Nothing is a question before that."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.api.import_decided import decided
from procurement.questionnaires.api.import_shapes import (
    Against,
    Changes,
    Decisions,
    DraftToMake,
    ImportDetail,
    ImportRow,
    Keeping,
    ReadRows,
    RowsWanted,
)
from procurement.questionnaires.api.mappings import MappingRow
from procurement.questionnaires.api.uploads import data_of
from procurement.questionnaires.api.versions import VersionDetail
from procurement.questionnaires.import_page import Row, sheet_page
from procurement.questionnaires.models import ImportJob, Questionnaire, QuestionnaireVersion
from procurement.questionnaires.versions import with_amounts
from vendors.calendar import clock
from vendors.people.actors import Actor, Refused
from vendors.rest.parameters import asked_for
from vendors.rest.records import Records

ROWS_AN_ANSWER = 200


class FileToImport(serializers.Serializer):
    """One file, as multipart/form-data."""

    file = serializers.FileField(allow_empty_file=True)


class ImportFilters(filters.FilterSet):
    state = filters.ChoiceFilter(choices=ImportJob.State.choices)

    class Meta:
        model = ImportJob
        fields: list[str] = []


class ImportViews(Records):
    """Files that become questionnaires: read, looked through, corrected, made into a draft or discarded."""

    model = ImportJob
    serializer_class = ImportRow
    detail_class = ImportDetail
    filterset_class = ImportFilters
    reads_parameters = may_conflict = False

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        found = access.imports_visible_to(user)
        return found.defer("layout", "reading", "kinds", "content") if self.action == "list" else found

    def get_parsers(self) -> list[Any]:
        """A file comes as multipart; the sealing upload handler takes its bytes, as for the pages."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()

    @extend_schema(request={"multipart/form-data": FileToImport}, responses={201: ImportDetail})
    def create(self, _request: Request) -> Response:
        """Upload XLSX, XLS, CSV or JSON, up to 20 MB. It is read at once and kept sealed; no question is made of it."""
        access.check_can_draft(self.person)
        upload = self.typed(FileToImport)["file"]
        job = services.begin_import(data=data_of(upload), name=upload.name or "file", by=self.person, now=clock.now())
        return self.shown(job.pk, status=201)

    @extend_schema(parameters=[RowsWanted], responses=ReadRows)
    @action(detail=True, reads_parameters=True, may_conflict=True)
    def rows(self, request: Request, pk: int) -> Response:
        """The rows of one sheet, each with what it was taken for and the question that became of it."""
        job = self._open(pk)
        asked = asked_for(request, RowsWanted)
        if asked["sheet"] > len(job.layout.get("sheets", ())):
            raise serializers.ValidationError({"sheet": [_("There is no sheet of this number.")]})
        found = sheet_page(job, asked["sheet"]).filtered(asked["rows"])
        rest = [row for row in found if row.layout.row > asked["after"]]
        shown = rest[:ROWS_AN_ANSWER]
        more = shown[-1].layout.row if len(rest) > len(shown) else None
        return Response(ReadRows({"rows": [_row(each) for each in shown], "next_after": more}).data)

    @extend_schema(request=Decisions, responses=ImportDetail)
    @action(detail=True, methods=["post"])
    def read(self, _request: Request, pk: int) -> Response:
        """Read the file again with other sheets, heads, columns or rows. What is not named stays as it is."""
        job = self._open(pk)
        typed = self.typed(Decisions)
        if job.content is not None:
            raise Refused(_("A file of our own format is taken as it is. There is nothing to decide in it."))
        layout, kinds = decided(job, typed)
        services.read_again(job=job, layout=layout, kinds=kinds, by=self.person, now=clock.now())
        return self.shown(job.pk)

    @extend_schema(parameters=[Against], responses=Changes)
    @action(detail=True, reads_parameters=True, may_conflict=True)
    def changes(self, request: Request, pk: int) -> Response:
        """What would change if the file became the next version of this questionnaire. Nothing is kept."""
        job = self._open(pk)
        family = _family(asked_for(request, Against)["questionnaire"])
        _content, difference = services.draft_content(job, title="", family=family)
        if difference is None:
            raise Refused(_("There is nothing to compare: the file is of our own format, or there is no version yet."))
        changed = [{"ref": ref, "before": before, "now": now} for ref, before, now in difference.changed]
        return Response(Changes({**vars(difference), "changed": changed}).data)

    @extend_schema(request=DraftToMake, responses={201: VersionDetail})
    @action(detail=True, methods=["post"])
    def draft(self, _request: Request, pk: int) -> Response:
        """Make a draft of everything that was read: a new questionnaire, or the next version of one that is there."""
        job = self._open(pk)
        typed = self.typed(DraftToMake)
        family = _family(typed["questionnaire"]) if typed["questionnaire"] else None
        made = services.make_draft(job=job, title=typed["title"], family=family, by=self.person, now=clock.now())
        version = with_amounts(QuestionnaireVersion.objects.select_related("questionnaire")).get(pk=made.pk)
        return Response(VersionDetail(version, context=self.get_serializer_context()).data, status=201)

    @extend_schema(request=Keeping, responses={201: MappingRow})
    @action(detail=True, methods=["post"])
    def keep(self, _request: Request, pk: int) -> Response:
        """Keep what its columns hold for the next file with the same heads. No question is kept."""
        job = self._open(pk)
        kept = services.keep_profile(job=job, **self.typed(Keeping), by=self.person, now=clock.now())
        return Response(MappingRow(kept).data, status=201)

    @extend_schema(request=None, responses=ImportDetail)
    @action(detail=True, methods=["post"])
    def discard(self, _request: Request, pk: int) -> Response:
        """Nothing comes of it; the file is destroyed."""
        job = access.import_for(self.person, pk)
        services.discard_import(job=job, by=self.person, now=clock.now())
        return self.shown(job.pk)

    def _open(self, pk: int) -> ImportJob:
        """The import, while it is looked through. Raises Http404, Refused."""
        job = access.import_for(self.person, pk)
        access.check_can_import(self.person, job)
        return job


def _family(key: str) -> Questionnaire:
    found = Questionnaire.objects.filter(key=key).first()
    if found is None:
        raise serializers.ValidationError({"questionnaire": [_("There is no questionnaire of this key.")]})
    return found


def _row(row: Row) -> dict[str, Any]:
    asked = row.question
    question = asked and {
        "ref": asked.ref,
        "text": asked.text,
        "answered": row.kind,
        "options": asked.options,
        "help": asked.help,
    }
    layout = row.layout
    return {
        "row": layout.row,
        "kind": layout.kind.value,
        "reason": layout.reason,
        "text": layout.text,
        "hidden": layout.hidden,
        "decided": layout.decided,
        "unsure": row.is_unsure,
        "duplicate": row.is_duplicate,
        "question": question,
    }
