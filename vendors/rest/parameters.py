"""What an address may ask for: a parameter that is not known is refused, so that no typo widens an answer."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer


def check_known(request: Request, known: Collection[str]) -> None:
    """Raises ValidationError that names each parameter of the address that is none here, and those that are."""
    there_are = _("There is no such parameter here. There are: %(known)s.") % {"known": ", ".join(known)}
    unknown = {name: [there_are] for name in request.query_params if name not in known}
    if unknown:
        raise ValidationError(unknown)


def asked_for(request: Request, expected: type[Serializer]) -> dict[str, Any]:
    """What the address asks for, as `expected` reads it. Raises ValidationError naming the parameters."""
    form = expected(data=request.query_params)
    check_known(request, form.fields)
    form.is_valid(raise_exception=True)
    values: dict[str, Any] = form.validated_data
    return values


class KnownFilters(DjangoFilterBackend):
    """The filters of a list; what is neither one of them nor a parameter of its pages is refused."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if view.action == "list":
            filters = self.get_filterset_class(view, queryset)
            check_known(request, [*(filters.base_filters if filters else ()), *view.pagination_class.parameters])
        filtered: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return filtered
