"""The vendor's own answers, brought in by a reviewer's program: a file with its source, compared, taken in, undone."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access as questionnaires_access
from procurement.questionnaires.api.uploads import data_of
from procurement.questionnaires.models import AnswerImport
from procurement.questionnaires.offline.comparing import Rule
from procurement.questionnaires.services import Choice, compared
from procurement.reviews import access, services
from procurement.reviews.api.brought_shapes import Applying, BroughtFile, FileCompared, FileOfAnswers
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.fields import Key
from vendors.rest.records import Records


class BroughtFileFilters(filters.FilterSet):
    assessment = Key()
    vendor = Key(field_name="assessment__vendor")
    state = filters.ChoiceFilter(choices=AnswerImport.State.choices)

    class Meta:
        model = AnswerImport
        fields: list[str] = []


class BroughtFileViews(Records):
    """Files of answers that reviewers brought in for a vendor. What its contacts look through in the portal is its own
    and not here."""

    model = AnswerImport
    serializer_class = BroughtFile
    filterset_class = BroughtFileFilters
    may_conflict = False

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        brought = AnswerImport.objects.brought_in().select_related("assessment").defer("reading")
        return brought.filter(assessment__in=access.assessments_visible_to(user).values("pk"))

    def get_parsers(self) -> list[Any]:
        """A file comes as multipart; the sealing upload handler takes its bytes, as for the pages."""
        return [MultiPartParser()] if self.action_map.get("post") == "create" else super().get_parsers()

    @extend_schema(request={"multipart/form-data": FileOfAnswers}, responses={201: BroughtFile})
    def create(self, _request: Request) -> Response:
        """Upload what the vendor has filled in (XLSX, XLS, CSV or JSON, up to 20 MB) and say where it came from. It is
        read at once; no answer changes before it is applied."""
        typed = self.typed(FileOfAnswers)
        review, assessment = access.assessment_with_review(self.person, typed["assessment"].pk)
        access.check_can_send(self.person, review)
        job = services.bring_in_answers(
            review=review,
            assessment=assessment,
            data=data_of(typed["file"]),
            name=typed["file"].name or "",
            received_from=typed["received_from"],
            by=self.person,
            now=clock.now(),
        )
        return self.shown(job.pk, status=201)

    @extend_schema(responses=FileCompared)
    @action(detail=True, may_conflict=True)
    def comparison(self, _request: Request, pk: int) -> Response:
        """What it would change, row by row, as the answers stand now. Nothing is kept."""
        _review, job = self._decided_here(pk)
        questionnaires_access.check_can_decide(self.person, job)
        return Response(FileCompared(compared(job, by=self.person)).data)

    @extend_schema(request=Applying, responses=BroughtFile)
    @action(detail=True, methods=["post"])
    def apply(self, _request: Request, pk: int) -> Response:
        """Take in what is chosen, all of it or nothing. Everybody reads who brought it in, and from where."""
        review, job = self._decided_here(pk)
        typed = self.typed(Applying)
        choice = Choice(
            seen={each["answer"]: each["revision"] for each in typed["seen"]},
            rule=Rule(typed["rule"]),
            leave=typed["leave"],
            take=typed["take"],
        )
        services.take_brought_answers(review=review, job=job, choice=choice, by=self.person, now=clock.now())
        return self.shown(job.pk)

    @extend_schema(request=None, responses=BroughtFile)
    @action(detail=True, methods=["post"])
    def discard(self, _request: Request, pk: int) -> Response:
        """Nothing comes of it."""
        review, job = self._decided_here(pk)
        services.discard_brought_answers(review=review, job=job, by=self.person, now=clock.now())
        return self.shown(job.pk)

    @extend_schema(request=None, responses=BroughtFile)
    @action(detail=True, methods=["post"])
    def undo(self, _request: Request, pk: int) -> Response:
        """Let every answer say again what it said before the file, while nobody has said anything since."""
        review, job = self._decided_here(pk)
        services.undo_brought_answers(review=review, job=job, by=self.person, now=clock.now())
        return self.shown(job.pk)

    def _decided_here(self, pk: int) -> tuple[Review, AnswerImport]:
        """The file with the review of its questionnaire, for whoever sends the vendor of that review something now."""
        assessment_pk = self.get_object().assessment_id
        review, assessment = access.assessment_with_review(self.person, assessment_pk)
        access.check_can_send(self.person, review)
        return review, questionnaires_access.brought_file_of(assessment, pk)
