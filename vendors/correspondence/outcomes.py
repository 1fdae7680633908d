"""What becomes of a mail that was not taken. Each mark only holds while the row still carries the lease of this try."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from vendors.correspondence.drafts import PLACEHOLDER, draft_email, mailbox
from vendors.correspondence.models import OutgoingEmail, OutgoingEmailQuerySet, State
from vendors.ledger.services import record
from vendors.people.actors import SYSTEM

RETRY_MINUTES = (5, 15, 60)
KEEP_TRYING = timedelta(hours=72)
# RFC 1047: after a break-off nobody knows whether the mail arrived. Once it is sent again, twice would be a nuisance.
BREAK_OFFS_ALLOWED = 1
POISON_TRIES = 5
NOTICE = "vendors/correspondence/email/undelivered"


class Outcome(StrEnum):
    """What became of one mail in one run."""

    SENT = "sent"
    LATER = "later"
    FAILED = "failed"
    LAPSED = "lapsed"
    NOT_DUE = "not due"
    SERVER_AWAY = "server away"
    CANNOT_WRITE = "cannot write"


def try_later(email: OutgoingEmail, now: datetime, reason: str) -> Outcome:
    """Wait 5, 15, then 60 minutes at a time; after 72 hours give up."""
    if now - (email.not_before or email.queued_at) >= KEEP_TRYING:
        return give_up(email, now, _("Given up after three days. %(reason)s") % {"reason": reason})
    wait = timedelta(minutes=RETRY_MINUTES[min(email.attempts, len(RETRY_MINUTES)) - 1])
    _mine(email).update(state=State.QUEUED, lease_until=None, next_try_at=now + wait, last_error=reason[:400])
    return Outcome.LATER


def broke_off(email: OutgoingEmail, now: datetime, reason: str) -> Outcome:
    """The mail may have arrived. Send it once more under the same Message-ID, then leave it to a person."""
    if email.break_offs >= BREAK_OFFS_ALLOWED:
        return give_up(
            email, now, _("%(reason)s It happened twice: ask whether the mail arrived.") % {"reason": reason}
        )
    _mine(email).update(break_offs=F("break_offs") + 1)
    return try_later(email, now, reason)


def poisoned(email: OutgoingEmail, now: datetime, kind_of_error: str) -> Outcome:
    """The mail cannot be put together. After five tries it is set aside; the others never wait for it."""
    reason = _("The mail could not be put together (%(error)s).") % {"error": kind_of_error}
    if email.attempts >= POISON_TRIES:
        return give_up(email, now, reason)
    return try_later(email, now, reason)


def give_up(email: OutgoingEmail, now: datetime, reason: str) -> Outcome:
    """Not delivered, and no further try. The ledger says so, and whoever answers for the mail is told."""
    _close(_mine(email), email, State.FAILED, now, reason)
    return Outcome.FAILED


def lapse(email: OutgoingEmail, now: datetime) -> Outcome:
    """Its link or code ran out before the mail could be sent."""
    _close(_mine(email), email, State.LAPSED, now, _too_late(email))
    return Outcome.LAPSED


def lapse_overdue(now: datetime) -> int:
    """Close every mail whose time has passed, with its secret; a mail somebody is sending now is theirs."""
    overdue = OutgoingEmail.objects.filter(
        Q(state=State.QUEUED) | Q(state=State.SENDING, lease_until__lte=now), not_after__lte=now
    )
    return sum(_close(overdue.filter(pk=email.pk), email, State.LAPSED, now, _too_late(email)) for email in overdue)


def without_secret(reason: str, secret: str | None) -> str:
    """A server that quotes the mail in its refusal quotes the link: take it out again."""
    if secret is None:
        return reason
    return reason.replace(secret, PLACEHOLDER).replace(quote(secret, safe=""), PLACEHOLDER)


def _mine(email: OutgoingEmail) -> OutgoingEmailQuerySet:
    return OutgoingEmail.objects.filter(pk=email.pk, state=State.SENDING, lease_until=email.lease_until)


def _too_late(email: OutgoingEmail) -> str:
    if not email.last_error:
        return _("It could not be sent before its time was over.")
    return _("It could not be sent before its time was over. %(reason)s") % {"reason": email.last_error}


@transaction.atomic
def _close(row: OutgoingEmailQuerySet, email: OutgoingEmail, state: State, now: datetime, reason: str) -> bool:
    closed = row.update(state=state, closed_at=now, lease_until=None, sealed_secret=None, last_error=reason[:400])
    if not closed:
        return False
    if email.reply_to:
        _tell_whoever_answers(email, now, reason)
    if email.vendor_id is not None:
        record(
            by=SYSTEM,
            verb=f"mail.{state.value}",
            sentence=_("Mail “%(subject)s” to %(address)s was not delivered")
            % {"subject": email.subject, "address": email.to_email},
            at=now,
            vendor_id=email.vendor_id,
            subject=("mail", email.pk),
            details={"about": email.about, "reason": reason},
        )
    return True


def _tell_whoever_answers(email: OutgoingEmail, now: datetime, reason: str) -> None:
    """A notice to the reply address. It has none itself, so a notice that fails tells nobody and ends there."""
    name, address = parseaddr(email.reply_to)
    draft_email(
        template=NOTICE,
        to=(address, name),
        context={
            "email": email,
            "recipient": mailbox(email.to_email, email.to_name),
            "reason": reason,
            "link": settings.BASE_URL + reverse("correspondence:undelivered"),
        },
        about=f"mail:{email.pk}",
        by=SYSTEM,
        now=now,
    )
