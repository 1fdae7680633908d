"""Mappings of columns that are kept, for programs: files with the same heads are read by them."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from procurement.questionnaires import access, services
from procurement.questionnaires.api.import_shapes import COLUMN_ROLES
from procurement.questionnaires.models import ImportProfile
from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 4,
        "name": "Fernhollow supplier list",
        "heads": {"control question": "question", "nr": "ref"},
        "kept_at": "2026-09-01T10:00:00+02:00",
        "kept_by": "Ines Varga",
    }
)
class MappingRow(serializers.Serializer):
    """`heads` are in small letters without accents, each with what its column holds."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    heads = serializers.DictField(child=serializers.ChoiceField(choices=COLUMN_ROLES), source="content.heads")
    kept_at = serializers.DateTimeField()
    kept_by = serializers.CharField()


class MappingViews(Records):
    """Mappings that somebody kept (`keep/` of an import)."""

    model = ImportProfile
    serializer_class = MappingRow

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        return access.profiles_visible_to(user)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def forget(self, _request: Request, pk: int) -> Response:
        """Files are read by it no more; what was imported stays."""
        services.forget_profile(profile=access.profile_for(self.person, pk), by=self.person, now=clock.now())
        return Response(status=204)
