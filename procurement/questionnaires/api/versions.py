"""Versions of questionnaires, for programs: read them, take their content, bring a draft in, publish and retire."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.content import version_content
from procurement.questionnaires.content_check import LONGEST, problems_in
from procurement.questionnaires.content_fields import FORMAT
from procurement.questionnaires.forms.versions import LONGEST_PURPOSE
from procurement.questionnaires.models import QuestionnaireVersion
from procurement.questionnaires.version_page import ToSettle, sections_of, to_settle
from procurement.questionnaires.versions import with_amounts
from vendors.calendar import clock
from vendors.people.actors import Actor, Refused
from vendors.rest.fields import Key
from vendors.rest.records import Records
from vendors.rest.schema import example

QUESTION = {"key": "bk-1", "ref": "BK-1", "text": "Do you try restoring backups?", "criteria": ["A1.3"]}
CONTENT = {
    "format": FORMAT,
    "questionnaire": "backups",
    "number": 1,
    "title": "Backups",
    "intro": "",
    "sections": [{"title": "Backups", "questions": [QUESTION]}],
}


VERSION = {
    "id": 6,
    "questionnaire": 2,
    "key": "core",
    "number": 2,
    "title": "Core security questions",
    "intro": "Answer for the service we buy.",
    "state": "published",
    "sha256": "9f2b0c7d0e1f4a8b9c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b",
    "published_at": "2026-08-01T09:00:00+02:00",
    "questions": 69,
    "sections": 9,
    "times_sent": 4,
}
DRAFT = {**VERSION, "id": 7, "number": 3, "state": "draft", "sha256": "", "published_at": None, "times_sent": 0}


@example(VERSION)
class VersionRow(serializers.Serializer):
    """`sha256` is that of the content, and empty for a draft. `questions` leaves texts to read out."""

    id = serializers.IntegerField(source="pk")
    questionnaire = serializers.IntegerField(source="questionnaire_id")
    key = serializers.CharField(source="questionnaire.key")
    number = serializers.IntegerField()
    title = serializers.CharField()
    intro = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(choices=QuestionnaireVersion.State.choices)
    sha256 = serializers.CharField(allow_blank=True)
    published_at = serializers.DateTimeField(allow_null=True)
    questions = serializers.IntegerField(source="asked")
    sections = serializers.IntegerField(source="parts")
    times_sent = serializers.IntegerField(source="sent")


class Unsettled(serializers.Serializer):
    """What keeps a draft from being published, with the id of the question or section where it is settled."""

    sentence = serializers.CharField()
    question = serializers.IntegerField(source="question.pk", default=None, allow_null=True)
    section = serializers.IntegerField(source="section.pk", default=None, allow_null=True)


@example(
    {**DRAFT, "to_settle": [{"sentence": "AC-1: it needs a reference and a text", "question": 31, "section": None}]}
)
class VersionDetail(VersionRow):
    """`to_settle` keeps a draft from being published; it is empty for every other version."""

    to_settle = serializers.SerializerMethodField()

    @extend_schema_field(Unsettled(many=True))
    def get_to_settle(self, version: QuestionnaireVersion) -> Any:
        is_draft = version.state == QuestionnaireVersion.State.DRAFT
        left: list[ToSettle] = to_settle(version, sections_of(version)) if is_draft else []
        return Unsettled(left, many=True).data


@example({"title": "Core security questions", "purpose": "For personal or confidential data."})
class Naming(serializers.Serializer):
    """Title, first words, and the purpose of the questionnaire it is a version of. What is left out stays."""

    title = serializers.CharField(required=False, max_length=LONGEST["title"])
    intro = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["intro"])
    purpose = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PURPOSE)


@example(CONTENT)
class Content(serializers.Serializer):
    """A version in our own format (docs/questionnaires.md tells its fields). Those left out take the default; unknown
    ones are refused."""

    format = serializers.CharField(max_length=40)
    questionnaire = serializers.CharField(max_length=40)
    number = serializers.IntegerField(required=False, min_value=1, max_value=1_000_000)
    title = serializers.CharField(max_length=120)
    intro = serializers.CharField(required=False, allow_blank=True, max_length=8000)
    sections = serializers.ListField(child=serializers.DictField())

    def validate(self, _typed: dict[str, Any]) -> dict[str, Any]:
        """What keeps it from being a version, each thing in a sentence that names its place. Returns the whole."""
        content = dict(self.initial_data)
        try:
            services.check_letters(content)
        except Refused as refusal:
            raise serializers.ValidationError({"sections": [str(refusal)]}) from refusal
        problems = problems_in(content)
        if problems:
            raise serializers.ValidationError({"sections": problems})
        return content


class VersionFilters(filters.FilterSet):
    questionnaire = Key()
    key = filters.CharFilter(field_name="questionnaire__key")
    state = filters.ChoiceFilter(choices=QuestionnaireVersion.State.choices)

    class Meta:
        model = QuestionnaireVersion
        fields: list[str] = []


class VersionViews(Records):
    """Versions of questionnaires. A draft is changed, a published version is sent, a retired one is sent no more."""

    model = QuestionnaireVersion
    serializer_class = VersionRow
    detail_class = VersionDetail
    filterset_class = VersionFilters

    def visible_to(self, user: Actor) -> QuerySet[QuestionnaireVersion]:
        return with_amounts(access.versions_visible_to(user).select_related("questionnaire"))

    @extend_schema(request=Content, responses={201: VersionDetail})
    def create(self, _request: Request) -> Response:
        """Bring a version in as a draft, in our own format. It takes the next number where its own is taken."""
        access.check_can_draft(self.person)
        version = services.draft_from(content=self.typed(Content), by=self.person, now=clock.now())
        return self.shown(version.pk, status=201)

    @extend_schema(request=Naming, responses=VersionDetail)
    def partial_update(self, _request: Request, pk: int) -> Response:
        """Other words at the head of a draft. Its sections and questions are objects of their own."""
        version = access.version_for(self.person, pk)
        access.check_can_edit(self.person, version)
        as_it_is = {"title": version.title, "intro": version.intro, "purpose": version.questionnaire.purpose}
        services.change_version(version=version, **{**as_it_is, **self.typed(Naming)}, by=self.person, now=clock.now())
        return self.shown(version.pk)

    @extend_schema(responses=Content)
    @action(detail=True)
    def content(self, _request: Request, pk: int) -> Response:
        """The whole version in our own format: what its SHA-256 is made of."""
        return Response(version_content(access.version_for(self.person, pk)))

    @extend_schema(request=None, responses={201: VersionDetail})
    @action(detail=True, methods=["post"])
    def copy(self, _request: Request, pk: int) -> Response:
        """A draft that begins as a copy of this version, with the next number."""
        version = access.version_for(self.person, pk)
        draft = services.copy_as_draft(version=version, by=self.person, now=clock.now())
        return self.shown(draft.pk, status=201)

    @extend_schema(request=None, responses=VersionDetail)
    @action(detail=True, methods=["post"])
    def publish(self, _request: Request, pk: int) -> Response:
        """From now on it can be sent, and its words stay as they are."""
        version = access.version_for(self.person, pk)
        services.publish(version=version, by=self.person, now=clock.now())
        return self.shown(version.pk)

    @extend_schema(request=None, responses=VersionDetail)
    @action(detail=True, methods=["post"])
    def retire(self, _request: Request, pk: int) -> Response:
        """It is sent no more; what was sent of it goes on."""
        version = access.version_for(self.person, pk)
        services.retire(version=version, by=self.person, now=clock.now())
        return self.shown(version.pk)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, _request: Request, pk: int) -> Response:
        """A draft that nobody wants goes with everything in it, and its questionnaire where it was the only version."""
        version = access.version_for(self.person, pk)
        services.remove_draft(version=version, by=self.person, now=clock.now())
        return Response(status=204)
