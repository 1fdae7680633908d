"""Sending what is due (SECURITY.md, R5): claim the row, talk to the server outside any transaction, mark the row."""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from vendors.correspondence import marks, outages, outcomes
from vendors.correspondence.drafts import fill_in, mailbox
from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.outcomes import Outcome
from vendors.correspondence.posting import BrokeOff, Carrier, ComeLater, RefusedForGood, ServerAway
from vendors.sealing.keyring import keyring

logger = logging.getLogger(__name__)

# One run ends well before its lease and before the worker's hard time limit; the next scan goes on.
RUN_SECONDS = 240
BATCH = 100
# A person waits in front of the page for a mail that the web process sends.
WAITING_PERSON_SECONDS = 5


def deliver(email_id: int, now: datetime, *, somebody_waits: bool = False) -> Outcome:
    """Send one mail if it is due. Safe to call twice at once: one of them sends.

    `somebody_waits` asks the server even during an outage's pause, and waits for it a few seconds only.
    """
    email = OutgoingEmail.objects.due(now).filter(pk=email_id).first()
    if email is None:
        return Outcome.NOT_DUE
    if not somebody_waits and not outages.may_try(now):
        return Outcome.SERVER_AWAY
    patience = WAITING_PERSON_SECONDS if somebody_waits else None
    if not marks.catch_up(seconds=patience):
        return Outcome.CANNOT_WRITE
    with Carrier(timeout=patience) as carrier:
        outcome = _deliver(email, carrier, now)
    marks.catch_up(seconds=patience)
    return outcome


def deliver_due(now: datetime, *, seconds: int = RUN_SECONDS) -> Counter[Outcome]:
    """Send everything that is due, over one connection. Returns how many mails came to which end.

    Stops at the first sign that the server is away, when it cannot be written down that a mail was sent, and after
    `seconds`; the next run goes on.
    """
    tally: Counter[Outcome] = Counter()
    if not marks.catch_up():
        return Counter({Outcome.CANNOT_WRITE: 1})
    tally[Outcome.LAPSED] += outcomes.lapse_overdue(now)
    if not outages.may_try(now):
        return +tally
    started = time.monotonic()
    with Carrier() as carrier:
        emails = _due_in_order(now)
        following = next(emails, None)
        while (email := following) is not None:
            following = next(emails, None)
            elapsed = int(time.monotonic() - started)
            is_last = elapsed >= seconds
            outcome = _deliver(
                email, carrier, now + timedelta(seconds=elapsed), following=None if is_last else following
            )
            tally[outcome] += 1
            if is_last or outcome is Outcome.SERVER_AWAY or not marks.catch_up():
                break
    return +tally


def _due_in_order(now: datetime) -> Iterator[OutgoingEmail]:
    """Oldest first, in batches, each row once."""
    last = 0
    while batch := list(OutgoingEmail.objects.due(now).filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _deliver(
    email: OutgoingEmail, carrier: Carrier, now: datetime, *, following: OutgoingEmail | None = None
) -> Outcome:
    """Connect first, so that an absent server costs no mail an attempt; then claim, send, mark and claim what follows.

    What cannot be marked stops the run (`marks.catch_up`).
    """
    try:
        if carrier.open():
            outages.is_over()
    except ServerAway as error:
        outages.note(now, str(error))
        return Outcome.SERVER_AWAY
    if not marks.is_claimed(email, now) and not marks.claim(email, now):
        return Outcome.NOT_DUE
    if email.not_after is not None and email.not_after <= now:
        return outcomes.lapse(email, now)
    if email.break_offs > outcomes.BREAK_OFFS_ALLOWED:
        return outcomes.give_up(
            email, now, _("Sending broke off twice. The mail may have arrived: ask before sending it again.")
        )
    return _send(email, carrier, now, following)


def _send(email: OutgoingEmail, carrier: Carrier, now: datetime, following: OutgoingEmail | None) -> Outcome:
    secret: str | None = None
    try:
        if email.sealed_secret is not None:
            secret = keyring().open_text(bytes(email.sealed_secret), context=f"mail:{email.uuid}")
        carrier.hand_over(_message(email, secret, now))
    except ComeLater as error:
        return outcomes.try_later(email, now, outcomes.without_secret(str(error), secret))
    except RefusedForGood as error:
        return outcomes.give_up(email, now, outcomes.without_secret(str(error), secret))
    except BrokeOff as error:
        return outcomes.broke_off(email, now, str(error))
    except Exception as error:
        # The mail's own fault. An error's text may quote the secret, so only its kind is written down.
        logger.error("Mail %s could not be put together: %s", email.pk, type(error).__name__)
        return outcomes.poisoned(email, now, type(error).__name__)
    marks.mark_sent(email, now, following=following)
    return Outcome.SENT


def _message(email: OutgoingEmail, secret: str | None, now: datetime) -> EmailMultiAlternatives:
    text, html = fill_in(email, secret)
    message = EmailMultiAlternatives(
        subject=email.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mailbox(email.to_email, email.to_name)],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers={
            "Message-ID": email.message_id,
            "Date": format_datetime(now),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(html, "text/html")
    return message
