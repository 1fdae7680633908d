"""Lists and single objects, as every resource shows them."""

from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import GenericViewSet

from vendors.calendar import clock
from vendors.people.actors import Actor
from vendors.rest.pages import CursorPages
from vendors.rest.parameters import KnownFilters


class Records(ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """What one person may read. `visible_to` is the only door: "not there" and "not yours" are the same 404.

    serializer_class   one row of the list
    detail_class       the single object; the row's where that is all
    orderings          see `CursorPages`
    """

    pagination_class = CursorPages
    filter_backends = [KnownFilters]
    lookup_value_regex = r"[0-9]{1,18}"
    lookup_value_converter = "int"
    detail_class: type[BaseSerializer] | None = None
    orderings: dict[str, tuple[str, ...]] = {"-id": ("-pk",), "id": ("pk",)}
    model: type[Model]

    def visible_to(self, user: Actor) -> QuerySet[Any]:
        """Everything of this kind that the person may read."""
        raise NotImplementedError

    @property
    def person(self) -> Any:
        """Who asks. Authentication lets nobody in but members of the staff."""
        return self.request.user

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        return self.visible_to(self.person)

    def get_serializer_class(self) -> type[BaseSerializer]:
        if self.action != "list" and self.detail_class is not None:
            return self.detail_class
        return super().get_serializer_class()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "today": clock.today()}

    def typed(self, expected: type[BaseSerializer], **context: Any) -> dict[str, Any]:
        """What was sent, as `expected` reads it. Raises ValidationError naming the fields."""
        form = expected(data=self.request.data, context={**self.get_serializer_context(), **context})
        form.is_valid(raise_exception=True)
        values: dict[str, Any] = form.validated_data
        return values

    def shown(self, pk: int, *, status: int = 200) -> Response:
        """The object as it stands now, as the answer to an act on it."""
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=status)
