"""Words about answers, for programs: read what was said, say something, and take back what has not left."""

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import Answer, AnswerComment
from procurement.questionnaires.threads import is_waiting, is_withdrawn
from procurement.reviews import access, services
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example

INTERNAL, WAITING, SENT, WITHDRAWN, FROM_VENDOR = "internal", "waiting", "sent", "withdrawn", "from_vendor"


def answers_read_by(user: Actor) -> QuerySet[Answer]:
    """Answers this person may read: what can be written about."""
    return Answer.objects.filter(assessment__in=access.assessments_visible_to(user).values("pk"))


@example(
    {
        "id": 31,
        "answer": 301,
        "assessment": 14,
        "vendor": 12,
        "text": "Which libraries are older than 30 days?",
        "state": "waiting",
        "is_question": False,
        "by": "Ines Varga",
        "at": "2026-09-21T09:00:00+02:00",
    }
)
class CommentRow(serializers.Serializer):
    """`internal` is read by staff alone; of what is for the vendor, `waiting` has not left, `sent` has, and `withdrawn`
    never will. `is_question` is what an answer was sent back with."""

    id = serializers.IntegerField(source="pk")
    answer = serializers.IntegerField(source="answer_id")
    assessment = serializers.IntegerField(source="answer.assessment_id")
    vendor = serializers.IntegerField(source="answer.assessment.vendor_id")
    text = serializers.CharField()
    state = serializers.SerializerMethodField()
    is_question = serializers.BooleanField()
    by = serializers.CharField()
    at = serializers.DateTimeField()

    @extend_schema_field(serializers.ChoiceField(choices=[INTERNAL, WAITING, SENT, WITHDRAWN, FROM_VENDOR]))
    def get_state(self, comment: AnswerComment) -> str:
        if comment.is_from_vendor:
            return FROM_VENDOR
        if not comment.is_shared:
            return INTERNAL
        if is_withdrawn(comment):
            return WITHDRAWN
        return WAITING if is_waiting(comment.answer.assessment, comment) else SENT


@example({"answer": 301, "text": "Which libraries are older than 30 days?", "is_shared": True})
class Writing(serializers.Serializer):
    """Shared words wait until the comments of the questionnaire are sent; others stay among ourselves."""

    answer = Scoped(answers_read_by)
    text = serializers.CharField(max_length=4000)
    is_shared = serializers.BooleanField(required=False, default=False)


class CommentFilters(filters.FilterSet):
    answer = Key()
    assessment = Key(field_name="answer__assessment")
    vendor = Key(field_name="answer__assessment__vendor")
    shared = filters.BooleanFilter(field_name="is_shared")

    class Meta:
        model = AnswerComment
        fields: list[str] = []


class AnswerCommentViews(Records):
    """What we and the vendor say about answers, and what we say among ourselves."""

    model = AnswerComment
    serializer_class = CommentRow
    filterset_class = CommentFilters
    orderings = {"id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        theirs = Q(answer__assessment__in=access.assessments_visible_to(user).values("pk"))
        return AnswerComment.objects.filter(theirs).select_related("answer__assessment", "withdrawal")

    @extend_schema(request=Writing, responses={201: CommentRow})
    def create(self, _request: Request) -> Response:
        """Write about an answer: among ourselves, or for the vendor."""
        typed = self.typed(Writing)
        review, answer = access.answer_with_review(self.person, typed.pop("answer").pk)
        written = services.comment_on_answer(review=review, answer=answer, **typed, by=self.person, now=clock.now())
        return self.shown(written.pk, status=201)

    @extend_schema(request=None, responses=CommentRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, _request: Request, **_keys: Any) -> Response:
        """Take back what one wrote for the vendor, before it leaves."""
        comment = self.get_object()
        questionnaires.withdraw_comment(comment=comment, by=self.person, now=clock.now())
        return self.shown(comment.pk)
