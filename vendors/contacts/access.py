"""Who invites people at a vendor and ends their access: reviewers."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from vendors.contacts.models import Contact, Invitation
from vendors.directory.access import sees_all_vendors, vendor_for
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def contacts_visible_to(user: Actor) -> QuerySet[Contact]:
    """People at every vendor, for reviewers and auditors; nobody for anybody else."""
    found = Contact.objects.select_related("user", "vendor")
    return found if sees_all_vendors(user) else found.none()


def contact_for(user: Actor, vendor_pk: int, pk: int) -> Contact:
    """The contact of a vendor this person may open; Http404 for "not there" and "not yours" alike."""
    vendor = vendor_for(user, vendor_pk)
    contact = contacts_visible_to(user).filter(vendor=vendor, pk=pk).first()
    if contact is None:
        raise Http404
    return contact


def check_can_keep_contacts(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer invites people at a vendor and ends their access."))


def can_keep_contacts(by: Actor) -> bool:
    return passes(check_can_keep_contacts, by)


def check_can_resend_invitation(by: Actor, contact: Contact) -> None:
    check_can_keep_contacts(by)
    if not contact.is_active:
        raise Refused(_("The access of %(name)s has ended. Invite them again instead.") % {"name": contact.name})


def can_resend_invitation(by: Actor, contact: Contact) -> bool:
    return passes(check_can_resend_invitation, by, contact)


def check_can_revoke_invitation(by: Actor, invitation: Invitation, now: datetime) -> None:
    check_can_keep_contacts(by)
    if not invitation.is_open(now):
        raise Refused(_("This link does not work any more, so there is nothing to take back."))


def can_revoke_invitation(by: Actor, invitation: Invitation, now: datetime) -> bool:
    return passes(check_can_revoke_invitation, by, invitation, now)


def check_can_deactivate_contact(by: Actor, contact: Contact) -> None:
    check_can_keep_contacts(by)
    if contact.deactivated_at is not None:
        raise Refused(_("The access of %(name)s has ended already.") % {"name": contact.name})


def can_deactivate_contact(by: Actor, contact: Contact) -> bool:
    return passes(check_can_deactivate_contact, by, contact)
