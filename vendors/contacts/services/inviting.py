"""Inviting somebody at a vendor: the link, a new link, taking a link back, and what coming in does to it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vendors.contacts import access, emails
from vendors.contacts.models import INVITATION_DAYS, Contact, Invitation
from vendors.contacts.tokens import hash_of, new_token
from vendors.correspondence.drafts import checked_address
from vendors.correspondence.services import cancel
from vendors.directory.models import Vendor
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Kind, Refused


@transaction.atomic
def invite_contact(*, vendor: Vendor, email: str, name: str, title: str = "", by: Actor, now: datetime) -> Contact:
    """Give somebody at the vendor a way in: an account, the reach to this vendor, a link by mail for 14 days.

    A person who is contact of another vendor keeps the account and the name; one whose access had ended gets
    it back. Raises NotAllowed for anybody but reviewers; Refused when the address is none, belongs to a
    member of staff, or is a contact of this vendor already.
    """
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    access.check_can_keep_contacts(by)
    person = _person(email=email, name=printable(name), title=printable(title))
    contact = Contact.objects.select_for_update().filter(vendor=vendor, user=person).first()
    if contact is not None and contact.deactivated_at is None:
        raise Refused(
            _("%(name)s is a contact of %(vendor)s already. Send a new link instead.")
            % {"name": contact.name, "vendor": vendor.name},
            field="email",
        )
    if contact is None:
        contact = Contact(vendor=vendor, user=person)
    contact.title = printable(title) or contact.title
    contact.added_at, contact.added_by = now, by.label
    contact.deactivated_at, contact.deactivated_by = None, ""
    contact.save()
    invitation = _send_link(contact, by=by, now=now)
    ledger.record(
        by=by,
        verb="contact.invited",
        sentence=_("%(name)s invited as contact of %(vendor)s") % {"name": contact.name, "vendor": vendor.name},
        at=now,
        vendor_id=vendor.pk,
        subject=("contact", contact.pk),
        details={"email": contact.email, "works_until": invitation.expires_at},
    )
    return contact


@transaction.atomic
def resend_invitation(*, contact: Contact, by: Actor, now: datetime) -> Invitation:
    """Mail a new link; links sent before stop working. Raises NotAllowed; Refused when access has ended."""
    contact = _locked(contact)
    access.check_can_resend_invitation(by, contact)
    _take_back_links(contact, by=by, now=now)
    invitation = _send_link(contact, by=by, now=now)
    ledger.record(
        by=by,
        verb="contact.invited_again",
        sentence=_("New link sent to %(name)s of %(vendor)s") % {"name": contact.name, "vendor": contact.vendor.name},
        at=now,
        vendor_id=contact.vendor_id,
        subject=("contact", contact.pk),
        details={"email": contact.email, "works_until": invitation.expires_at},
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Actor, now: datetime) -> Invitation:
    """Take an open link back, and its mail when that has not left yet. Raises NotAllowed or Refused."""
    contact = _locked(invitation.contact)
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    access.check_can_revoke_invitation(by, invitation, now)
    _take_back_links(contact, by=by, now=now)
    invitation.refresh_from_db()
    ledger.record(
        by=by,
        verb="contact.invitation_revoked",
        sentence=_("Link of %(name)s of %(vendor)s taken back") % {"name": contact.name, "vendor": contact.vendor.name},
        at=now,
        vendor_id=contact.vendor_id,
        subject=("contact", contact.pk),
    )
    return invitation


@transaction.atomic
def accept_invitations(*, contact: Contact, by: Actor, now: datetime) -> None:
    """The contact proved the mailbox: open links are used up, and the first time is written down.

    Part of the door's act: `vendors.portal` calls it inside its own transaction.
    """
    contact = _locked(contact)
    accepted = Invitation.objects.open(now).filter(contact=contact).update(accepted_at=now)
    first_time = contact.joined_at is None
    if first_time:
        contact.joined_at = now
        contact.save(update_fields=["joined_at"])
    if accepted or first_time:
        ledger.record(
            by=by,
            verb="contact.joined",
            sentence=_("%(name)s of %(vendor)s accepted the invitation")
            % {"name": contact.name, "vendor": contact.vendor.name},
            at=now,
            vendor_id=contact.vendor_id,
            subject=("contact", contact.pk),
        )


def _person(*, email: str, name: str, title: str) -> Any:
    """The account behind the address: the contact's own, or a new one."""
    address = checked_address(email)
    if not address.isascii():
        raise Refused(
            _("Write the address in plain Latin letters. Letters that only look alike lead elsewhere."),
            field="email",
        )
    people = get_user_model()
    try:
        person = people.objects.get_by_natural_key(address)
    except people.DoesNotExist:
        if not name:
            raise Refused(_("Give the person's name."), field="name") from None
        try:
            with transaction.atomic():
                return people.objects.create_contact(email=address, name=name, title=title)
        except IntegrityError:  # another reviewer was faster with the same address
            person = people.objects.get_by_natural_key(address)
    if person.kind != Kind.CONTACT:
        raise Refused(
            _("%(address)s belongs to a member of staff here. Staff do not act for a vendor.") % {"address": address},
            field="email",
        )
    if not person.is_active:
        raise Refused(_("The account of %(address)s is closed.") % {"address": address}, field="email")
    return person


def _send_link(contact: Contact, *, by: Actor, now: datetime) -> Invitation:
    token = new_token()
    invitation = Invitation.objects.create(
        contact=contact,
        token_hash=hash_of(token),
        created_at=now,
        created_by=by.label,
        invited_by_id=by.pk,
        expires_at=now + timedelta(days=INVITATION_DAYS),
    )
    emails.queue_invitation(invitation=invitation, token=token, by=by, now=now)
    return invitation


def _take_back_links(contact: Contact, *, by: Actor, now: datetime) -> None:
    Invitation.objects.open(now).filter(contact=contact).update(revoked_at=now)
    cancel(about=emails.about_contact(contact), by=by, now=now, kind=emails.INVITATION)


def _locked(contact: Contact) -> Contact:
    return Contact.objects.select_for_update(of=("self",)).select_related("user", "vendor").get(pk=contact.pk)
