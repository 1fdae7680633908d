"""Acts at the door: asking for a code, coming in with it, choosing a vendor, leaving."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vendors.contacts import services as contacts
from vendors.contacts.models import Contact, Invitation
from vendors.correspondence.services import DELIVER_EMAIL
from vendors.ledger import services as ledger
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import Kind, Refused
from vendors.portal import codes, emails
from vendors.portal.limits import check_limits
from vendors.portal.models import TRIES, SignInCode

log = logging.getLogger(__name__)

MINUTES = 10
KEPT = timedelta(days=30)
NO_SUCH_MAIL = NOBODY = 0


@dataclass(frozen=True)
class Asked:
    """A code was asked for. `browser` is known to the asking browser alone."""

    code_id: int
    browser: str
    expires_at: datetime


@dataclass(frozen=True)
class Entry:
    """Somebody proved a mailbox: who, and for which vendors they may act."""

    person_id: int
    contacts: list[Contact]


@transaction.atomic
def ask_for_code_by_invitation(*, invitation: Invitation, ip: str | None, now: datetime) -> Asked:
    """Mail a code to the invited mailbox, never to another. Raises Refused when the link is dead."""
    contact = Contact.objects.select_related("user").get(pk=invitation.contact_id)
    if not invitation.is_open(now) or not contact.is_active:
        raise Refused(_("This link does not work any more."))
    return _ask(address=contact.email, contact=contact, invitation=invitation, ip=ip, now=now)


@transaction.atomic
def ask_for_code_by_address(*, address: str, ip: str | None, now: datetime) -> Asked:
    """Mail a code if somebody may come in with this address. Whether one left shows nowhere in the answer."""
    people = get_user_model().objects
    person = people.filter(email=address.strip().casefold(), kind=Kind.CONTACT.value, is_active=True).first()
    contact = (
        Contact.objects.may_come_in(now).select_related("user").filter(user_id=person.pk if person else NOBODY).first()
    )
    return _ask(address=address, contact=contact, invitation=None, ip=ip, now=now)


def ask_again(*, code_id: int, address: str, ip: str | None, now: datetime) -> Asked:
    """A new code the way the last one was asked for. Raises Refused as the first time."""
    last = SignInCode.objects.select_related("invitation").filter(pk=code_id).first()
    if last is not None and last.invitation is not None:
        return ask_for_code_by_invitation(invitation=last.invitation, ip=ip, now=now)
    return ask_for_code_by_address(address=address, ip=ip, now=now)


def come_in(*, code_id: int, browser: str, typed: str, ip: str | None, now: datetime) -> Entry:
    """Use up a code. Whoever may act for one vendor only is in; with several, `choose_vendor` comes next.

    Raises Refused for a code that does not fit (the try is counted) or does not work any more.
    """
    with transaction.atomic():
        outcome = _use_code(code_id=code_id, browser=browser, typed=typed, now=now)
        if isinstance(outcome, Entry) and len(outcome.contacts) == 1:
            _enter(outcome.contacts[0], ip=ip, now=now)
    if isinstance(outcome, str):
        log.info("A sign-in code was refused: row %s", code_id)
        raise Refused(outcome, field="code")
    return outcome


@transaction.atomic
def choose_vendor(*, contact: Contact, ip: str | None, now: datetime) -> Contact:
    """Somebody who acts for several vendors picks one. Raises Refused when that access has ended."""
    if not Contact.objects.may_come_in(now).filter(pk=contact.pk).exists():
        raise Refused(_("Your access to this vendor has ended. Choose another one."))
    return _enter(contact, ip=ip, now=now)


@transaction.atomic
def forget_old_codes(*, now: datetime) -> int:
    """Remove what was asked for more than 30 days ago. Returns how many."""
    return SignInCode.objects.filter(requested_at__lt=now - KEPT).delete()[0]


def _ask(
    *, address: str, contact: Contact | None, invitation: Invitation | None, ip: str | None, now: datetime
) -> Asked:
    """The same steps with and without a contact; without one, what would have been mailed is rolled back."""
    hashed = codes.address_hash(address)
    check_limits(address_hash=hashed, ip=ip, now=now)
    code, browser = codes.new_code(), codes.new_browser_secret()
    row = SignInCode.objects.create(
        user_id=contact.user_id if contact else None,
        code_hash=codes.code_hash(code, browser=browser),
        browser_hash=codes.browser_hash(browser),
        address_hash=hashed,
        ip=ip,
        invitation=invitation,
        requested_at=now,
        expires_at=now + timedelta(minutes=MINUTES),
    )
    to = (contact.email, contact.name) if contact else ("nobody@countersign.invalid", "")
    with transaction.atomic():
        emails.queue_code(row=row, code=code, to=to, now=now)
        if contact is None:
            transaction.set_rollback(True)
    if contact is None:
        nudge_after_commit(DELIVER_EMAIL, NO_SUCH_MAIL)
    return Asked(code_id=row.pk, browser=browser, expires_at=row.expires_at)


def _use_code(*, code_id: int, browser: str, typed: str, now: datetime) -> Entry | str:
    """The entry, or the sentence that refuses it. Either way what happened to the row is kept."""
    row = SignInCode.objects.select_for_update(of=("self",)).select_related("user").filter(pk=code_id).first()
    over = _("This code does not work any more. Send a new one.")
    if row is None or not row.is_live(now) or not codes.same(row.browser_hash, codes.browser_hash(browser)):
        return over
    fits = codes.same(row.code_hash, codes.code_hash(codes.typed_digits(typed), browser=browser))
    if not fits or row.user is None:
        row.wrong_tries += 1
        row.save(update_fields=["wrong_tries"])
        left = TRIES - row.wrong_tries
        if left == 0:
            return _("That was not the code, for the fifth time. Send a new one.")
        return ngettext(
            "That is not the code in our newest mail. %(left)s try left.",
            "That is not the code in our newest mail. %(left)s tries left.",
            left,
        ) % {"left": left}
    row.used_at = now
    row.save(update_fields=["used_at"])
    reach = Contact.objects.may_come_in(now).filter(user=row.user).select_related("user", "vendor")
    if row.invitation_id is not None:
        reach = reach.filter(invitations=row.invitation_id)
    found = list(reach.order_by("vendor__name", "pk"))
    return Entry(person_id=row.user.pk, contacts=found) if found else over


def _enter(contact: Contact, *, ip: str | None, now: datetime) -> Contact:
    contact = Contact.objects.select_related("user", "vendor").get(pk=contact.pk)
    contacts.accept_invitations(contact=contact, by=contact.user, now=now)
    ledger.record(
        by=contact.user,
        verb="contact.signed_in",
        sentence=_("%(name)s came into the portal for %(vendor)s")
        % {"name": contact.name, "vendor": contact.vendor.name},
        at=now,
        vendor_id=contact.vendor_id,
        subject=("contact", contact.pk),
        details={"address": ip},
    )
    return contact
