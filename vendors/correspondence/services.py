"""Queueing mail, calling it back, sending it again."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.correspondence import delivery
from vendors.correspondence.access import check_can_resend
from vendors.correspondence.drafts import draft_email, message_id
from vendors.correspondence.models import OutgoingEmail, OutgoingEmailQuerySet, State
from vendors.correspondence.outcomes import Outcome
from vendors.ledger.services import record
from vendors.nudging.services import nudge
from vendors.people.actors import Actor

DELIVER_EMAIL = "correspondence.deliver_email"


def queue_email(
    *,
    template: str,
    to: tuple[str, str],
    context: Mapping[str, Any],
    about: str,
    by: Actor,
    now: datetime,
    vendor_id: int | None = None,
    recipient_id: int | None = None,
    secret: str | None = None,
    not_before: datetime | None = None,
    not_after: datetime | None = None,
    reply_to: tuple[str, str] | None = None,
    somebody_waits: bool = False,
) -> OutgoingEmail:
    """Write one mail into the caller's transaction; it is sent after the commit.

    template   path without ending: "vendors/contacts/email/invitation" stands for `.subject.txt`, `.txt`, `.html`
    to         address and name; `recipient_id` is the person's user id where there is one
    about      what the mail is about, so that `cancel(about=…)` finds it: "report-request:12"
    secret     the link's token or the code: `{{ secret }}` in text and HTML. Stored sealed, filled in while sending,
               erased on delivery and at `not_after`, which it needs
    not_before, not_after   the mail leaves in between or not at all
    reply_to   address and name of whoever answers; they are told when the mail cannot be delivered
    somebody_waits   for a sign-in code: with a dead broker the web process sends it after the commit

    Raises Refused when an address is not one; otherwise as `drafts.draft_email`.
    """
    email = draft_email(
        template=template,
        to=to,
        context=context,
        about=about,
        by=by,
        now=now,
        vendor_id=vendor_id,
        recipient_id=recipient_id,
        secret=secret,
        not_before=not_before,
        not_after=not_after,
        reply_to=reply_to,
    )
    if email.next_try_at <= now:
        transaction.on_commit(partial(_dispatch, email.pk, now, somebody_waits=somebody_waits), robust=True)
    return email


def deliver_now(*, email: OutgoingEmail, now: datetime) -> bool:
    """Send from this process, during an outage too, waiting a few seconds only. True when the server took it."""
    return delivery.deliver(email.pk, now, somebody_waits=True) is Outcome.SENT


@transaction.atomic
def cancel(*, about: str, by: Actor, now: datetime, kind: str | None = None) -> int:
    """Call back every waiting mail about this, in the caller's transaction. Returns how many were called back.

    `kind` narrows it to one template. A mail that is being handed over at this moment may still arrive.
    """
    waiting = OutgoingEmail.objects.waiting().filter(about=about)
    if kind is not None:
        waiting = waiting.filter(kind=kind)
    return _call_back(waiting, by, now)


@transaction.atomic
def cancel_to(*, recipient_id: int, vendor_id: int | None, by: Actor, now: datetime) -> int:
    """Call back every waiting mail to this person about this vendor, in the caller's transaction: they left."""
    waiting = OutgoingEmail.objects.waiting().filter(recipient_id=recipient_id, vendor_id=vendor_id)
    return _call_back(waiting, by, now)


def _call_back(waiting: OutgoingEmailQuerySet, by: Actor, now: datetime) -> int:
    return waiting.update(
        state=State.CANCELLED,
        closed_at=now,
        lease_until=None,
        sealed_secret=None,
        last_error=_("Called back by %(name)s.") % {"name": by.label},
    )


@transaction.atomic
def resend(*, email: OutgoingEmail, by: Actor, now: datetime) -> OutgoingEmail:
    """Queue an undelivered mail once more, as a new mail. Raises NotAllowed or Refused as `check_can_resend`."""
    failed = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
    check_can_resend(by, failed, now)
    again = _copy_of(failed, by, now)
    transaction.on_commit(partial(_dispatch, again.pk, now, somebody_waits=False), robust=True)
    record(
        by=by,
        verb="mail.sent_again",
        sentence=_("Mail “%(subject)s” to %(address)s sent again")
        % {"subject": failed.subject, "address": failed.to_email},
        at=now,
        vendor_id=failed.vendor_id,
        subject=("mail", again.pk),
        details={"first": failed.pk, "about": failed.about},
    )
    return again


def _copy_of(failed: OutgoingEmail, by: Actor, now: datetime) -> OutgoingEmail:
    row = uuid.uuid4()
    return OutgoingEmail.objects.create(
        uuid=row,
        message_id=message_id(row),
        kind=failed.kind,
        about=failed.about,
        vendor_id=failed.vendor_id,
        to_email=failed.to_email,
        to_name=failed.to_name,
        recipient_id=failed.recipient_id,
        reply_to=failed.reply_to,
        subject=failed.subject,
        text=failed.text,
        html=failed.html,
        not_after=failed.not_after,
        next_try_at=now,
        queued_at=now,
        queued_by=by.label[:160],
        resend_of=failed,
    )


def _dispatch(email_id: int, now: datetime, *, somebody_waits: bool) -> None:
    if not nudge(DELIVER_EMAIL, email_id) and somebody_waits:
        delivery.deliver(email_id, now, somebody_waits=True)
