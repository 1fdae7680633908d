"""Who reads, accepts, records and ends agreements (DESIGN.md, "NDA")."""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from vendors.contacts.models import Contact
from vendors.directory.access import sees_all_vendors
from vendors.directory.models import Vendor
from vendors.ndas.models import Nda, NdaText
from vendors.ndas.queries import ndas_in_force
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes

READERS_OF_TEXTS = frozenset({Role.ADMINISTRATOR, Role.REVIEWER, Role.AUDITOR})
# How long before an agreement ends the next one may be accepted.
RENEWAL = timedelta(days=90)


def ndas_visible_to(user: Actor) -> QuerySet[Nda]:
    """Every agreement for reviewers and auditors, those of the own vendor for a contact."""
    found = Nda.objects.select_related("vendor", "text", "certificate", "text_file")
    if user.contact is not None:
        return found.filter(vendor=user.contact.vendor_id)
    return found if sees_all_vendors(user) else found.none()


def nda_for(user: Actor, pk: int) -> Nda:
    """The agreement: for reviewers and auditors, and for contacts of its vendor. Http404 otherwise."""
    nda = ndas_visible_to(user).filter(pk=pk).first()
    if nda is None:
        raise Http404
    return nda


def text_for(user: Actor, version: int) -> NdaText:
    """One version of our text, for staff who work with it. Http404 otherwise."""
    text = NdaText.objects.filter(version=version).first()
    if text is None or not can_read_texts(user):
        raise Http404
    return text


def check_can_read_texts(user: Actor) -> None:
    if not user.roles & READERS_OF_TEXTS:
        raise NotAllowed(_("The NDA's texts are kept by administrators and read by reviewers and auditors."))


def can_read_texts(user: Actor) -> bool:
    return passes(check_can_read_texts, user)


def check_can_issue_text(by: Actor) -> None:
    if by.kind != Kind.SYSTEM and Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator issues a version of the NDA."))


def can_issue_text(by: Actor) -> bool:
    return passes(check_can_issue_text, by)


def check_can_accept(by: Actor, contact: Contact, text: NdaText, on: date) -> None:
    """A contact, for the vendor of this session, unless the same text holds for a good while yet."""
    if by.kind != Kind.CONTACT or not _speaks_for(by, contact.vendor_id) or by.pk != contact.user_id:
        raise NotAllowed(_("Only a contact of the vendor accepts the NDA for it."))
    held = Nda.objects.filter(vendor=contact.vendor_id, text=text).in_force_on(on).first()
    if held is not None and (held.ends_on is None or held.ends_on > on + RENEWAL):
        raise Refused(_("%(name)s accepted this text already. Nothing more is needed.") % {"name": held.signer_name})


def can_accept(by: Actor, contact: Contact, text: NdaText, on: date) -> bool:
    return passes(check_can_accept, by, contact, text, on)


def check_can_record(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer records that we accepted a vendor's NDA."))


def can_record(by: Actor) -> bool:
    return passes(check_can_record, by)


def check_can_end(by: Actor, nda: Nda, on: date) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer records that an NDA has ended."))
    if not nda.in_force_on(on):
        raise Refused(_("This agreement is not in force, so there is nothing to end."))


def can_end(by: Actor, nda: Nda, on: date) -> bool:
    return passes(check_can_end, by, nda, on)


def check_nda_in_force(vendor: Vendor, on: date) -> int:
    """The key of the agreement that holds; Refused without one: then nothing is uploaded, shown or downloaded."""
    held = ndas_in_force(vendor, on).values_list("pk", flat=True).first()
    if held is None:
        raise Refused(_("No NDA with %(vendor)s is in force. Accept or record one first.") % {"vendor": vendor.name})
    return held


def _speaks_for(user: Actor, vendor_id: int) -> bool:
    return user.contact is not None and user.contact.vendor_id == vendor_id
