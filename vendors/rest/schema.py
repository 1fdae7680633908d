"""The OpenAPI description: every operation also says how it refuses."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiExample, OpenApiResponse, extend_schema_serializer
from rest_framework import serializers

from vendors.rest.problems import CONTENT_TYPE, EXPLAINED_AT, meanings
from vendors.rest.rendering import AsPdf

ALWAYS = (401, 403, 406, 429)
ON_WRITING = (400, 409, 415, 422)


class Problem(serializers.Serializer):
    """Problem details as RFC 9457 has them. `errors` maps a field to the sentences about it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


class Described(AutoSchema):
    """Adds the problems that each operation may answer with."""

    def _get_response_bodies(self, direction: Direction = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in self._problems():
            bodies.setdefault(
                str(status),
                self._problem(status),
            )
        return bodies

    def get_description(self) -> str:  # type: ignore[override]
        """What the operation says of itself; reading a single object says what its list does."""
        said = str(super().get_description() or "")
        is_single = getattr(self.view, "action", "") == "retrieve"
        return _("One of these: %(what)s") % {"what": said[:1].lower() + said[1:]} if is_single else said

    def _problem(self, status: int) -> dict[str, Any]:
        described = OpenApiResponse(Problem, description=meanings()[status])
        body: dict[str, Any] = self._get_response_for_code(  # type: ignore[no-untyped-call]
            described, str(status), media_types=[CONTENT_TYPE]
        )
        return body

    def _problems(self) -> list[int]:
        found = set(ALWAYS)
        if "{" in self.path:
            found.add(404)
        if self.method in {"POST", "PUT", "PATCH"}:
            found |= {*ON_WRITING, 413}
        elif self._is_list_view() or getattr(self.view, "reads_parameters", False):
            found.add(400)
        if AsPdf in self.view.renderer_classes or getattr(self.view, "may_conflict", False):
            found.add(409)  # no NDA in force, the file is destroyed, or it is not the time for it
        return sorted(found)


def explain_problems(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Post-processing: the shape of a problem names where its kinds are explained."""
    shape = result["components"]["schemas"].get("Problem")
    if shape:
        shape["properties"]["type"]["example"] = f"{EXPLAINED_AT}not-found"
    return result


def example(value: Any) -> Any:
    """Decorates a serializer with what it looks like filled in."""
    return extend_schema_serializer(examples=[OpenApiExample("Example", value=value)])
