"""Contacts of vendors, made as people are: invited by a reviewer, in by a code; and a browser that is signed in."""

from datetime import UTC, datetime

from django.test import Client

from procurement.accounts.models import User
from tests.factories.told import told_once
from vendors.calendar import clock
from vendors.contacts import services
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor
from vendors.people.actors import Actor, Role
from vendors.portal import session

INVITED = datetime(2025, 8, 4, 7, 0, tzinfo=UTC)


def a_reviewer() -> User:
    """Whoever invites when a test does not care who: the reviewer of the cast."""
    found = User.objects.filter(is_reviewer=True).first()
    return found or User.objects.create_staff(
        email="ines.varga@northmoor.example", name="Ines Varga", roles=frozenset({Role.REVIEWER})
    )


def invite(
    vendor: Vendor,
    name: str = "Jonah Pell",
    *,
    email: str = "",
    title: str = "Head of Security",
    by: Actor | None = None,
    now: datetime | None = None,
) -> Contact:
    """A contact with an open invitation, whose mail waits to be sent. The address follows from name and vendor."""
    email = email or f"{name.lower().replace(' ', '.')}@{vendor.domain}"
    return services.invite_contact(
        vendor=vendor, email=email, name=name, title=title, by=by or a_reviewer(), now=now or clock.now()
    )


@told_once
def make_contact(vendor: Vendor, name: str = "Jonah Pell", **keywords: object) -> Contact:
    """A contact who has come in before."""
    contact = invite(vendor, name, **keywords)  # type: ignore[arg-type]
    services.accept_invitations(contact=contact, by=contact.user, now=clock.now())
    contact.refresh_from_db()
    return contact


def speaking(contact: Contact) -> Contact:
    """The contact, whose `user` is an actor for the vendor: what a portal session makes of it."""
    contact.user.contact = contact
    return contact


def signed_in(contact: Contact, client: Client | None = None) -> Client:
    """A browser in a portal session of this contact, as the door begins it."""
    client = client or Client()
    client.force_login(contact.user)
    began = clock.now().timestamp()
    kept = client.session
    kept[session.BEGAN] = kept[session.SEEN] = began
    kept[session.CONTACT] = contact.pk
    kept.save()
    return client
