"""People at a vendor, and the link that somebody opened."""

from datetime import datetime

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from vendors.contacts.models import Contact, Invitation
from vendors.contacts.tokens import hash_of
from vendors.correspondence.models import OutgoingEmail, State


def contacts_of(vendor_id: int) -> QuerySet[Contact]:
    """Everybody who is or was a contact of the vendor: active first, with their invitations, newest first.

    Each has `last_mail`: how the newest mail to them about this vendor ended, so that a dead address shows.
    """
    ended = OutgoingEmail.objects.filter(
        vendor_id=vendor_id, recipient_id=OuterRef("user_id"), state__in=[State.SENT, State.FAILED]
    )
    return (
        Contact.objects.filter(vendor_id=vendor_id)
        .select_related("user", "vendor")
        .prefetch_related(Prefetch("invitations", queryset=Invitation.objects.order_by("-pk")))
        .annotate(last_mail=Subquery(ended.order_by("-pk").values("state")[:1]))
        .order_by(F("deactivated_at").desc(nulls_first=True), "user__name", "pk")
    )


def other_vendors_of(contact: Contact, now: datetime) -> list[str]:
    """For whom else this person may come in, by name."""
    others = Contact.objects.may_come_in(now).filter(user=contact.user_id).exclude(pk=contact.pk)
    return list(others.order_by("vendor__name").values_list("vendor__name", flat=True))


def invitation_of(token: str) -> Invitation | None:
    """The invitation a link belongs to, in whatever state, or None."""
    return (
        Invitation.objects.select_related("contact__user", "contact__vendor", "invited_by")
        .filter(token_hash=hash_of(token))
        .first()
    )
