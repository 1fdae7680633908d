"""The menus that lead to exports: the formats are named in one place."""

from typing import Any

from django import template
from django.urls import reverse

from procurement.exports.formats import FOR_VENDORS, OF_ANSWERS, OF_VERSIONS, Format

register = template.Library()
MENU = "procurement/exports/_menu.html"


@register.inclusion_tag(MENU)
def export_answers(review_pk: int, assessment_pk: int) -> dict[str, Any]:
    """Our copy of the answers, for those who read them."""
    return _menu(OF_ANSWERS, "exports:answers", review_pk, assessment_pk)


@register.inclusion_tag(MENU)
def export_own_answers(assessment_pk: int) -> dict[str, Any]:
    """The vendor's copy."""
    return _menu(FOR_VENDORS, "exports:own_answers", assessment_pk)


@register.inclusion_tag(MENU)
def export_version(version_pk: int) -> dict[str, Any]:
    """A version without answers; the one in our own format has its address beside the version."""
    menu = _menu(OF_VERSIONS, "exports:version", version_pk)
    return {**menu, "json": reverse("questionnaires:json", args=[version_pk])}


def _menu(formats: dict[str, Format[Any]], route: str, *keys: int) -> dict[str, Any]:
    return {"links": [(each.label, reverse(route, args=[*keys, name])) for name, each in formats.items()]}
