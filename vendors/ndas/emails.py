"""Mail about an accepted NDA: a receipt for the signer, a notice for whoever invited them."""

from datetime import datetime

from vendors.contacts.emails import mailbox_of
from vendors.contacts.models import Contact
from vendors.correspondence import services as correspondence
from vendors.ndas.models import Nda
from vendors.people.actors import Actor

RECEIPT = "vendors/ndas/email/receipt"
NOTICE = "vendors/ndas/email/accepted"


def about_end(vendor_id: int) -> str:
    """What reminders that a vendor's NDA ends are filed under."""
    return f"nda-end:{vendor_id}"


def call_back_reminders(nda: Nda, *, by: Actor, now: datetime) -> None:
    """Another agreement is on file, or this one was ended: what waits about the end of the last one is pointless."""
    correspondence.cancel(about=about_end(nda.vendor_id), by=by, now=now)


def about_nda(nda: Nda) -> str:
    return f"nda:{nda.pk}"


def queue_receipt(*, nda: Nda, contact: Contact, by: Actor, now: datetime) -> None:
    """What was signed, until when it holds, and where it can be read again."""
    inviter = _inviter(contact)
    correspondence.queue_email(
        template=RECEIPT,
        to=(contact.email, nda.signer_name),
        context={"nda": nda, "vendor": nda.vendor, "inviter": inviter[1] if inviter else ""},
        about=about_nda(nda),
        by=by,
        now=now,
        vendor_id=nda.vendor_id,
        recipient_id=contact.user_id,
        reply_to=inviter,
    )


def queue_notice(*, nda: Nda, contact: Contact, by: Actor, now: datetime) -> None:
    """To whoever invited the contact: the way is free. Nobody is told when nobody of ours did."""
    inviter = _inviter(contact)
    if inviter is None:
        return
    correspondence.queue_email(
        template=NOTICE,
        to=inviter,
        context={"nda": nda, "vendor": nda.vendor},
        about=about_nda(nda),
        by=by,
        now=now,
        vendor_id=nda.vendor_id,
    )


def _inviter(contact: Contact) -> tuple[str, str] | None:
    invitation = contact.invitations.filter(invited_by__isnull=False).select_related("invited_by").first()
    return mailbox_of(invitation.invited_by) if invitation and invitation.invited_by else None
