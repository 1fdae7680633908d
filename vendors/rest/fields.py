"""Keys of other objects: in a body they are looked for among what a person may name, in a filter they are numbers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import Filter
from drf_spectacular.utils import extend_schema_field
from rest_framework.serializers import (
    CharField,
    Field,
    IntegerField,
    ListField,
    PrimaryKeyRelatedField,
    Serializer,
)

from vendors.people.actors import Actor

LARGEST_KEY = 2**63 - 1


class Scoped(PrimaryKeyRelatedField):
    """The key of an object that `scope` shows to whoever asks. Somebody else's is refused as if it were not there."""

    default_error_messages = {
        "does_not_exist": _("There is none with this id."),
        "incorrect_type": _("Give the id as a number."),
    }

    def __init__(self, scope: Callable[[Actor], QuerySet[Any]], **keywords: Any) -> None:
        self.scope = scope
        # DRF wants to know the model behind a key; what may be chosen is asked for each request.
        super().__init__(queryset=scope(_NOBODY), **keywords)

    def to_internal_value(self, data: Any) -> Any:
        """A whole number, or its digits where a form sends text; the database would read 1.5 as 1."""
        if isinstance(data, str) and data.isascii() and data.isdecimal():
            data = int(data)
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("incorrect_type")
        return super().to_internal_value(data)

    def get_queryset(self) -> QuerySet[Any]:
        request = self.context.get("request")
        return self.scope(request.user if request is not None else _NOBODY)


def keys(**keywords: Any) -> ListField:
    """Keys of several objects in a body, where the act looks for them itself."""
    return ListField(child=IntegerField(min_value=1, max_value=LARGEST_KEY), **keywords)


class _Nobody:
    pk = None
    label = ""
    email = ""
    kind = ""
    roles: frozenset[Any] = frozenset()
    contact = None


_NOBODY = _Nobody()


class Key(Filter):
    """A filter by somebody's id. An id that is not there, or not theirs, finds nothing."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **keywords: Any) -> None:
        super().__init__(*args, min_value=1, max_value=LARGEST_KEY, **keywords)


class PersonShape(Serializer):
    id = IntegerField()
    name = CharField()


@extend_schema_field(PersonShape)
class Person(Field):
    """A person by id and name. A field of its own: a serializer for each of a hundred rows costs half the answer."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(read_only=True, **keywords)

    def to_representation(self, value: Any) -> dict[str, Any]:
        return {"id": value.pk, "name": value.name}
