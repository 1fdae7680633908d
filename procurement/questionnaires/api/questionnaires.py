"""Questionnaires, for programs: what there is to send."""

from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from rest_framework import serializers

from procurement.questionnaires import access
from procurement.questionnaires.models import Questionnaire, QuestionnaireVersion
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


class QuestionnaireViews(Records):
    """Questionnaires, each a family of versions."""

    model = Questionnaire
    serializer_class = QuestionnaireRow
    orderings = {"id": ("pk",), "-id": ("-pk",), "key": ("key",), "-key": ("-key",)}

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return access.questionnaires_visible_to(user).annotate(
            amount=Count("versions"), newest_published=Max("versions__number", filter=IS_PUBLISHED)
        )
