"""Somebody left the vendor: everything that let them in ends in one transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.contacts import access
from vendors.contacts.models import Contact, Invitation
from vendors.correspondence.services import cancel_to
from vendors.ledger import services as ledger
from vendors.people.actors import Actor


@transaction.atomic
def deactivate_contact(*, contact: Contact, by: Actor, now: datetime) -> Contact:
    """End a contact's access: sessions, links, codes and the mail that waits for them.

    The same person's access to another vendor stays; a code on its way there has to be asked for again.
    Raises NotAllowed for anybody but reviewers, Refused when the access has ended already.
    """
    contact = Contact.objects.select_for_update(of=("self",)).select_related("user", "vendor").get(pk=contact.pk)
    access.check_can_deactivate_contact(by, contact)
    contact.deactivated_at, contact.deactivated_by = now, by.label
    contact.joined_at, contact.signed_out_at = None, now
    contact.save(update_fields=["deactivated_at", "deactivated_by", "joined_at", "signed_out_at"])
    Invitation.objects.open(now).filter(contact=contact).update(revoked_at=now)
    # The door stands above this capability, so its codes are reached through the person.
    contact.user.sign_in_codes.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    for vendor_id in (contact.vendor_id, None):  # a code's mail names no vendor
        cancel_to(recipient_id=contact.user_id, vendor_id=vendor_id, by=by, now=now)
    ledger.record(
        by=by,
        verb="contact.deactivated",
        sentence=_("Access of %(name)s to %(vendor)s ended") % {"name": contact.name, "vendor": contact.vendor.name},
        at=now,
        vendor_id=contact.vendor_id,
        subject=("contact", contact.pk),
        details={"email": contact.email},
    )
    return contact
