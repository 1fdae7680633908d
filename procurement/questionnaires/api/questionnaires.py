"""Questionnaires, for programs: what there is to send, and a new one begun."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.content_check import LONGEST
from procurement.questionnaires.forms.versions import LONGEST_PURPOSE
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.records import Records
from vendors.rest.schema import example

IS_PUBLISHED = Q(versions__state=QuestionnaireVersion.State.PUBLISHED)


@example(
    {
        "id": 2,
        "key": "core",
        "title": "Core security questions",
        "purpose": "For personal or confidential data, where a report leaves much open.",
        "versions": 3,
        "newest_published": 2,
    }
)
class QuestionnaireRow(serializers.Serializer):
    """`newest_published` is the number of the version that would be sent; null while none is published."""

    id = serializers.IntegerField(source="pk")
    key = serializers.CharField()
    title = serializers.CharField()
    purpose = serializers.CharField(allow_blank=True)
    versions = serializers.IntegerField(source="amount")
    newest_published = serializers.IntegerField(allow_null=True)


@example({"title": "Backups", "purpose": "For whoever keeps copies of our data.", "intro": ""})
class Beginning(serializers.Serializer):
    """Its key is made of the title. `intro` is what the vendor reads first."""

    title = serializers.CharField(max_length=LONGEST["title"])
    purpose = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_PURPOSE, default="")
    intro = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST["intro"], default="")


class QuestionnaireViews(Records):
    """Questionnaires, each a family of versions."""

    model = Questionnaire
    serializer_class = QuestionnaireRow
    orderings = {"id": ("pk",), "-id": ("-pk",), "key": ("key",), "-key": ("-key",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return access.questionnaires_visible_to(user).annotate(
            amount=Count("versions"), newest_published=Max("versions__number", filter=IS_PUBLISHED)
        )

    @extend_schema(request=Beginning, responses={201: QuestionnaireRow})
    def create(self, _request: Request) -> Response:
        """Begin a questionnaire with an empty draft, which is found by `questionnaire` among the versions."""
        access.check_can_draft(self.person)
        draft = services.begin_questionnaire(**self.typed(Beginning), by=self.person, now=clock.now())
        return self.shown(draft.questionnaire_id, status=201)
