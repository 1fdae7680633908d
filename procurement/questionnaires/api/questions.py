"""Questions of versions, for programs: read them, and change those of a draft."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.api.sections import (
    STEPS,
    Step,
    check_letters,
    conditions_by_name,
    sections_of_drafts,
)
from procurement.questionnaires.content_fields import COMPANION_DEFAULTS
from procurement.questionnaires.models import Attachment, Question
from procurement.questionnaires.question_check import LONGEST, LONGEST_TAG, OLDEST_MONTHS
from procurement.questionnaires.versions import questions_with_place
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example

SAID = {
    "ref": "BK-1",
    "text": "Do you try restoring backups?",
    "help": "",
    "kind": "yes_no_partial_na",
    "options": [{"value": "no", "severity": "high", "flag": "Restoring is not tried"}],
    "shape": {},
    "companions": [],
    "required": True,
    "allows_na": False,
    "weight": 20,
    "good_answer": "yes",
    "is_knock_out": False,
    "evidence": "if_answer",
    "evidence_if": ["yes"],
    "evidence_kinds": [],
    "evidence_max_months": 12,
    "visible_if": None,
    "criteria": ["A1.3"],
    "tags": [],
}
SHA256 = "0d1e4f3a2b1c9f2b0c7d0e1f4a8b9c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b"


@example({"id": 58, "version": 7, "section": 31, "position": 1, "key": "bk-1", **SAID, "sha256": SHA256})
class QuestionRow(serializers.Serializer):
    """One question (docs/questionnaires.md tells its fields). `key` stays the same in every version. `sha256` is of
    what it says: whoever changes it sends the one they read."""

    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField(source="section.version_id")
    section = serializers.IntegerField(source="section_id")
    position = serializers.IntegerField()
    key = serializers.CharField()
    ref = serializers.CharField()
    text = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=Question.Kind.choices)
    options = serializers.ListField(child=serializers.DictField())
    shape = serializers.DictField()
    companions = serializers.ListField(child=serializers.DictField())
    required = serializers.BooleanField()  # type: ignore[assignment]  # a field's attribute of the same name
    allows_na = serializers.BooleanField()
    weight = serializers.IntegerField()
    good_answer = serializers.ChoiceField(choices=Question.Good.choices)
    is_knock_out = serializers.BooleanField()
    evidence = serializers.ChoiceField(choices=Question.Evidence.choices)
    evidence_if = serializers.ListField(child=serializers.CharField())
    evidence_kinds = serializers.ListField(child=serializers.CharField())
    evidence_max_months = serializers.IntegerField(allow_null=True)
    visible_if = serializers.DictField(allow_null=True)
    criteria = serializers.ListField(child=serializers.CharField())
    tags = serializers.ListField(child=serializers.CharField())
    sha256 = serializers.SerializerMethodField()

    def get_sha256(self, question: Question) -> str:
        return services.seen_of(question)


class Said(serializers.Serializer):
    """What a question says. What is left out is as usual in a new one, and stays in one that is changed."""

    help = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["help"])
    kind = serializers.ChoiceField(required=False, choices=Question.Kind.choices)
    options = serializers.ListField(required=False, child=serializers.DictField())
    shape = serializers.DictField(required=False)
    companions = serializers.ListField(required=False, child=serializers.DictField())
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    allows_na = serializers.BooleanField(required=False)
    weight = serializers.ChoiceField(required=False, choices=Question.Weight.values)
    good_answer = serializers.ChoiceField(required=False, choices=Question.Good.choices)
    is_knock_out = serializers.BooleanField(required=False)
    evidence = serializers.ChoiceField(required=False, choices=Question.Evidence.choices)
    evidence_if = serializers.ListField(required=False, child=serializers.CharField())
    evidence_kinds = serializers.ListField(
        required=False, child=serializers.ChoiceField(choices=Attachment.Kind.choices)
    )
    evidence_max_months = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=OLDEST_MONTHS
    )
    visible_if = serializers.DictField(required=False, allow_null=True)
    criteria = serializers.ListField(required=False, child=serializers.CharField())
    tags = serializers.ListField(required=False, child=serializers.CharField(max_length=LONGEST_TAG))

    def validate_companions(self, fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Of a further field, too, what is left out is as usual."""
        return [{**COMPANION_DEFAULTS, **each} for each in fields]

    def validate(self, typed: dict[str, Any]) -> dict[str, Any]:
        check_letters({name: typed[name] for name in typed if name != "section"})
        return typed


@example({"section": 31, **SAID})
class QuestionToAdd(Said):
    """It stands at the end of its section. Its key is made of the reference and stays."""

    section = Scoped(sections_of_drafts)
    ref = serializers.CharField(max_length=LONGEST["ref"])
    text = serializers.CharField(max_length=LONGEST["text"])


@example({"sha256": SHA256, "weight": 10, "criteria": ["A1.2", "A1.3"]})
class QuestionToChange(Said):
    """`sha256` is the one you read: what somebody changed meanwhile is refused. Another `section` of the version puts
    it at the end of that one."""

    sha256 = serializers.CharField(max_length=64)
    section = Scoped(sections_of_drafts, required=False)
    ref = serializers.CharField(required=False, max_length=LONGEST["ref"])
    text = serializers.CharField(required=False, max_length=LONGEST["text"])


class QuestionFilters(filters.FilterSet):
    version = Key(field_name="section__version")
    section = Key()
    kind = filters.ChoiceFilter(choices=Question.Kind.choices)

    class Meta:
        model = Question
        fields: list[str] = []


class QuestionViews(Records):
    """Questions of versions of questionnaires. Those of a draft are changed; published ones stay."""

    model = Question
    serializer_class = QuestionRow
    filterset_class = QuestionFilters
    orderings = {"place": ("place", "pk"), "id": ("pk",), "-id": ("-pk",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return questions_with_place(access.questions_visible_to(user).select_related("section"))

    @extend_schema(request=QuestionToAdd, responses={201: QuestionRow})
    def create(self, _request: Request) -> Response:
        """A question in a section of a draft."""
        access.check_can_draft(self.person)
        typed = self.typed(QuestionToAdd)
        section = typed.pop("section")
        with conditions_by_name():
            question = services.add_question(section=section, asked=typed, by=self.person, now=clock.now())
        return self.shown(question.pk, status=201)

    @extend_schema(request=QuestionToChange, responses=QuestionRow)
    def partial_update(self, _request: Request, pk: int) -> Response:
        """The question says something else, or goes to another section of its version."""
        question = self._of_draft(pk)
        typed = self.typed(QuestionToChange)
        seen, section = typed.pop("sha256"), typed.pop("section", question.section)
        if section.version_id != question.section.version_id:
            raise serializers.ValidationError({"section": Scoped.default_error_messages["does_not_exist"]})
        with conditions_by_name():
            services.change_question(
                question=question, asked=typed, seen=seen, section=section, by=self.person, now=clock.now()
            )
        return self.shown(question.pk)

    @extend_schema(request=Step, responses=QuestionRow)
    @action(detail=True, methods=["post"])
    def move(self, _request: Request, pk: int) -> Response:
        """One place up or down in its section."""
        question = self._of_draft(pk)
        step = STEPS[self.typed(Step)["way"]]
        services.move_question(question=question, step=step, by=self.person, now=clock.now())
        return self.shown(question.pk)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, _request: Request, pk: int) -> Response:
        """The question goes. A condition that asks it keeps the draft from being published."""
        services.remove_question(question=self._of_draft(pk), by=self.person, now=clock.now())
        return Response(status=204)

    def _of_draft(self, pk: int) -> Question:
        """The question, for whoever may change it. Raises Http404, NotAllowed, Refused."""
        question = access.question_by_id(self.person, pk)
        access.check_can_edit(self.person, question.section.version)
        return question
