"""People at vendors, for programs: read them, invite one."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from vendors.calendar import clock
from vendors.contacts import access, services
from vendors.contacts.forms import InviteForm
from vendors.contacts.models import Contact
from vendors.directory.access import vendors_for
from vendors.people.actors import Actor
from vendors.rest.fields import Key, Scoped
from vendors.rest.records import Records
from vendors.rest.schema import example


@example(
    {
        "id": 7,
        "vendor": 12,
        "name": "Jonah Pell",
        "email": "jonah.pell@quillhaven.example",
        "title": "Head of Security",
        "added_at": "2026-09-01T09:00:00+02:00",
        "joined_at": "2026-09-02T10:12:00+02:00",
        "is_active": True,
    }
)
class ContactRow(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    vendor = serializers.IntegerField(source="vendor_id")
    name = serializers.CharField()
    email = serializers.EmailField()
    title = serializers.CharField()
    added_at = serializers.DateTimeField()
    joined_at = serializers.DateTimeField(allow_null=True)
    is_active = serializers.BooleanField()


@example(
    {
        "vendor": 12,
        "name": "Jonah Pell",
        "email": "jonah.pell@quillhaven.example",
        "title": "Head of Security",
        "other_domain": False,
    }
)
class Invitation(serializers.Serializer):
    """`other_domain` says that an address elsewhere than at the vendor's own domain is right."""

    vendor = Scoped(vendors_for)
    name = serializers.CharField(max_length=120)
    email = serializers.EmailField()
    title = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    other_domain = serializers.BooleanField(required=False, default=False)


class ContactFilters(filters.FilterSet):
    vendor = Key()
    active = filters.BooleanFilter(method="having_access")

    class Meta:
        model = Contact
        fields: list[str] = []

    def having_access(self, found: QuerySet[Contact], _name: str, wanted: bool) -> QuerySet[Contact]:
        active = Contact.objects.active()
        return found.filter(pk__in=active) if wanted else found.exclude(pk__in=active)


class ContactViews(Records):
    """People who act for a vendor."""

    model = Contact
    serializer_class = ContactRow
    filterset_class = ContactFilters

    def visible_to(self, user: Actor) -> QuerySet[Contact]:
        return access.contacts_visible_to(user)

    @extend_schema(request=Invitation, responses={201: ContactRow})
    def create(self, _request: Request) -> Response:
        """Invite somebody at a vendor; they get a link by mail."""
        typed = self.typed(Invitation)
        vendor = typed.pop("vendor")
        access.check_can_keep_contacts(self.person)
        form = InviteForm(typed, vendor=vendor)
        if not form.is_valid():
            raise serializers.ValidationError(_sentences(form))
        typed.pop("other_domain")
        contact = services.invite_contact(vendor=vendor, **typed, by=self.person, now=clock.now())
        return self.shown(contact.pk, status=201)


def _sentences(form: InviteForm) -> dict[str, Any]:
    return {name: list(sentences) for name, sentences in form.errors.items()}
