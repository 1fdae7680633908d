"""Answers to questionnaires, for programs: read them, and say our word on one as on its page."""

from typing import Any

import django_filters as filters
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.accounts.models import User
from procurement.questionnaires.models import Answer, Rating, Verdict
from procurement.questionnaires.queries import files_beside
from procurement.reviews import access, services
from procurement.reviews.access import owners_for_findings
from procurement.reviews.api.answer_row import COVERED, HIDDEN, STATES, WITH_VENDOR, AnswerRow
from procurement.reviews.api.findings import FindingRow
from procurement.reviews.models import Finding, Review, Severity
from procurement.reviews.services import FindingDraft
from vendors.calendar import clock
from vendors.people.actors import Actor, Refused, Role
from vendors.rest.fields import Key, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example

IS_ASKED = Q(is_visible=True, is_covered=False)
NOT_JUDGED = IS_ASKED & Q(verdict=Verdict.OPEN)
IN_STATE = {
    HIDDEN: Q(is_visible=False),
    COVERED: Q(is_visible=True, is_covered=True),
    WITH_VENDOR: NOT_JUDGED & Q(is_with_vendor=True),
    Verdict.OPEN.value: NOT_JUDGED & Q(is_with_vendor=False),
    Verdict.ACCEPTED.value: IS_ASKED & Q(verdict=Verdict.ACCEPTED),
    Verdict.SENT_BACK.value: IS_ASKED & Q(verdict=Verdict.SENT_BACK),
}


def owners_for(user: Actor) -> QuerySet[User]:
    """Who may see to a finding: anybody on the staff, as a reviewer names them."""
    return owners_for_findings() if Role.REVIEWER in user.roles else User.objects.none()


@example({"note": "What stands in for the patch until then?"})
class Asking(serializers.Serializer):
    """What we want to know. The vendor reads it once the questionnaire is returned."""

    note = serializers.CharField(max_length=1000)


@example({"score": 40, "reason": "A filter in front blocks most of it."})
class Rate(serializers.Serializer):
    score = serializers.IntegerField(min_value=0, max_value=100)
    reason = serializers.CharField(max_length=1000)


@example(
    {
        "title": "Holes stay open too long",
        "description": "Libraries are patched within 45 days.",
        "severity": "high",
        "owner": 1,
        "due_on": "2026-12-20",
    }
)
class Flagging(serializers.Serializer):
    """The finding that the answer gives rise to; its owner gets a mail."""

    title = serializers.CharField(max_length=160)
    description = serializers.CharField(max_length=4000)
    severity = serializers.ChoiceField(choices=Severity.choices)
    owner = Scoped(owners_for)
    due_on = serializers.DateField()


class AnswerFilters(filters.FilterSet):
    assessment = Key()
    vendor = Key(field_name="assessment__vendor")
    key = filters.CharFilter(field_name="question__key")
    state = filters.ChoiceFilter(method="in_state", choices=[(each, each) for each in STATES])
    flagged = filters.BooleanFilter(method="with_a_finding")
    changed = filters.BooleanFilter(method="answered_anew")

    class Meta:
        model = Answer
        fields: list[str] = []

    def in_state(self, found: QuerySet[Answer], _name: str, wanted: str) -> QuerySet[Answer]:
        return found.filter(IN_STATE[wanted])

    def with_a_finding(self, found: QuerySet[Answer], _name: str, wanted: bool) -> QuerySet[Answer]:
        flagged = Finding.objects.exclude(state=Finding.State.WITHDRAWN).filter(answer__isnull=False).values("answer")
        return found.filter(pk__in=flagged) if wanted else found.exclude(pk__in=flagged)

    def answered_anew(self, found: QuerySet[Answer], _name: str, wanted: bool) -> QuerySet[Answer]:
        changed = Q(returned_revision__isnull=False, revision__gt=F("returned_revision"), is_with_vendor=False)
        return found.filter(changed) if wanted else found.exclude(changed)


class AnswerViews(Records):
    """Answers to questionnaires that were sent, in the order of their questions; one for each question."""

    model = Answer
    serializer_class = AnswerRow
    filterset_class = AnswerFilters
    orderings = {"id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        findings = Prefetch("findings", Finding.objects.exclude(state=Finding.State.WITHDRAWN).order_by("pk"))
        return (
            Answer.objects.filter(assessment__in=access.assessments_visible_to(user).values("pk"))
            .select_related("question__section", "assessment", "coverage", "brought_with")
            .prefetch_related(files_beside(), Prefetch("ratings", Rating.objects.order_by("-pk")), findings)
        )

    @extend_schema(request=None, responses=AnswerRow)
    @action(detail=True, methods=["post"])
    def accept(self, _request: Request, pk: int) -> Response:
        """The answer will do."""
        review, answer = self._judged(pk)
        services.accept_answer(review=review, answer=answer, by=self.person, now=clock.now())
        return self.shown(pk)

    @extend_schema(request=Asking, responses=AnswerRow)
    @action(detail=True, methods=["post"])
    def ask(self, _request: Request, pk: int) -> Response:
        """Ask about the answer, accepted or not: it is sent back with the others when the questionnaire is returned."""
        review, answer = self._judged(pk)
        typed = self.typed(Asking)
        services.send_back_answer(review=review, answer=answer, **typed, by=self.person, now=clock.now())
        return self.shown(pk)

    @extend_schema(request=None, responses=AnswerRow)
    @action(detail=True, methods=["post"])
    def require(self, _request: Request, pk: int) -> Response:
        """Ask what the report answers."""
        review, answer = self._judged(pk)
        services.require_answer(review=review, answer=answer, by=self.person, now=clock.now())
        return self.shown(pk)

    @extend_schema(request=Rate, responses=AnswerRow)
    @action(detail=True, methods=["post"])
    def rate(self, _request: Request, pk: int) -> Response:
        """Say what the answer is worth. What it counted as before stays on record."""
        review, answer = self._judged(pk)
        services.rate_answer(review=review, answer=answer, **self.typed(Rate), by=self.person, now=clock.now())
        return self.shown(pk)

    @extend_schema(request=Flagging, responses={201: FindingRow})
    @action(detail=True, methods=["post"])
    def flag(self, _request: Request, pk: int) -> Response:
        """Raise a finding about the answer, once it is handed over."""
        review, answer = self._judged(pk)
        if answer.is_with_vendor or not answer.is_asked:
            raise Refused(_("%(ref)s has no answer to flag.") % {"ref": answer.question.ref})
        draft = FindingDraft(**self.typed(Flagging), answer=answer)
        finding = services.raise_finding(review=review, draft=draft, by=self.person, on=clock.today(), now=clock.now())
        return Response(FindingRow(finding).data, status=201)

    def _judged(self, pk: int) -> tuple[Review, Answer]:
        """The answer with its review, for whoever may say a word on it now."""
        review, answer = access.answer_with_review(self.person, pk)
        access.check_can_judge(self.person, review)
        return review, answer
