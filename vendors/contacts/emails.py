"""Mail to people who are invited."""

from datetime import datetime

from django.contrib.auth import get_user_model

from vendors.contacts.models import Contact, Invitation
from vendors.correspondence import services as correspondence
from vendors.correspondence.models import OutgoingEmail
from vendors.people.actors import Actor

INVITATION = "vendors/contacts/email/invitation"


def about_contact(contact: Contact) -> str:
    return f"contact:{contact.pk}"


def mailbox_of(by: Actor) -> tuple[str, str] | None:
    """Address and name of a member of staff, for replies; None for Countersign itself."""
    person = get_user_model().objects.filter(pk=by.pk, is_active=True).first() if by.pk else None
    return (person.email, person.name) if person else None


def queue_invitation(*, invitation: Invitation, token: str, by: Actor, now: datetime) -> OutgoingEmail:
    """The link to the portal's door. Replies go to whoever invites."""
    contact = invitation.contact
    return correspondence.queue_email(
        template=INVITATION,
        to=(contact.email, contact.name),
        context={"contact": contact, "vendor": contact.vendor, "invitation": invitation, "inviter": by.label},
        about=about_contact(contact),
        by=by,
        now=now,
        vendor_id=contact.vendor_id,
        recipient_id=contact.user_id,
        secret=token,
        not_after=invitation.expires_at,
        reply_to=mailbox_of(by),
    )
