"""Lists by cursor: what is added or removed while a program reads on neither repeats nor hides a row."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

ORDERING = "ordering"


class CursorPages(CursorPagination):
    """`orderings` of the view names what a list may be sorted by; the first one is its default.

    Each is a tuple of columns that end with the key, so that equal rows keep their order. Columns hold no null:
    the database says nothing about where those stand.
    """

    page_size = 100
    max_page_size = 200
    page_size_query_param = "page_size"
    parameters = (ORDERING, "cursor", page_size_query_param)
    cursor_query_description = _("Where to read on, taken from `next` or `previous` of the page before.")
    page_size_query_description = _("How many rows, 200 at most.")

    def get_ordering(self, request: Request, _queryset: QuerySet[Any], view: Any) -> tuple[str, ...]:
        orderings: Mapping[str, tuple[str, ...]] = view.orderings
        asked = request.query_params.get(ORDERING) or next(iter(orderings))
        if asked not in orderings:
            sentence = _("Sort by one of these: %(names)s.") % {"names": ", ".join(orderings)}
            raise exceptions.ValidationError({ORDERING: [sentence]})
        return orderings[asked]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """The rows of one page. Raises ValidationError for a cursor that is none of ours."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except (exceptions.NotFound, ValueError, TypeError, OverflowError, DjangoValidationError, DataError) as error:
            sentence = _("This is no cursor of this list. Take the address from `next`, or begin without a cursor.")
            raise exceptions.ValidationError({self.cursor_query_param: [sentence]}) from error

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        ordering = {
            "name": ORDERING,
            "required": False,
            "in": "query",
            "description": _("What the list is sorted by."),
            "schema": {"type": "string", "enum": list(view.orderings)},
        }
        return [*super().get_schema_operation_parameters(view), ordering]


def newest_first(column: str) -> dict[str, tuple[str, ...]]:
    """Both directions of one column, the newest first as the default."""
    return {f"-{column}": (f"-{column}", "-pk"), column: (column, "pk")}
