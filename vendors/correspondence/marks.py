"""The two writes that every mail costs: the claim before it is handed over, the mark once the server has taken it.

While more mail waits, the mark of one and the claim of the next are one statement and one commit: every mail is
claimed before it is sent and marked right after it, and costs the disk one wait. The statements are written out,
because composing them anew for every mail takes as long as running them (`make bench`, row "mails").

A mark that cannot be written (a full disk, a database that is locked or away) is kept by this process, which sends
nothing until it is written: nobody else knows that the server has taken that mail.
"""

import logging
import time
from datetime import datetime, timedelta
from itertools import chain, repeat
from typing import Any

from django.db import Error, connection

from vendors.correspondence.models import OutgoingEmail, State

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# How long a run stays with a mark before it leaves it to the next run of this process. It is far shorter than a lease,
# and together with a run it stays within the worker's hard time limit.
PATIENCE_SECONDS = 100
WAIT_SECONDS = (0.1, 0.2, 0.5, 1.0)

_CLAIM = """
    UPDATE vendors_outgoingemail
    SET state = 'sending', lease_until = %s, attempts = attempts + 1, break_offs = break_offs + %s
    WHERE id = %s AND state = %s AND attempts = %s
"""
_MARK = """
    UPDATE vendors_outgoingemail
    SET state = 'sent', sent_at = %s, closed_at = NULL, lease_until = NULL, sealed_secret = NULL, last_error = ''
    WHERE id = %s
"""
# A row that another transaction holds (an act that calls mail back) is passed over: two that wait for each other's rows
# would be a deadlock.
_MARK_AND_CLAIM = """
    UPDATE vendors_outgoingemail SET
        state = CASE WHEN id = %(sent)s THEN 'sent' ELSE 'sending' END,
        sent_at = CASE WHEN id = %(sent)s THEN %(now)s END,
        closed_at = NULL,
        lease_until = CASE WHEN id = %(following)s THEN %(lease)s END,
        attempts = CASE WHEN id = %(following)s THEN attempts + 1 ELSE attempts END,
        sealed_secret = CASE WHEN id = %(following)s THEN sealed_secret END,
        last_error = CASE WHEN id = %(following)s THEN last_error ELSE '' END
    WHERE id IN (%(sent)s, %(following)s) AND id IN (
        SELECT id FROM vendors_outgoingemail
        WHERE id IN (%(sent)s, %(following)s) AND (id = %(sent)s OR (state = 'queued' AND attempts = %(attempts)s))
        {unless_locked}
    )
    RETURNING id
"""

# What the server has taken, with the moment, and this process could not write down yet.
_unwritten: dict[int, datetime] = {}


def claim(email: OutgoingEmail, now: datetime) -> bool:
    """Take the row unless somebody else did: every claim counts `attempts` up, so the same count is the same row.

    A row found in `sending` lost its sender on the way: that counts as a break-off.
    """
    broke_off = 1 if email.state == State.SENDING else 0
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [_stored(now + LEASE), broke_off, email.pk, email.state, email.attempts])
        claimed = bool(cursor.rowcount == 1)
    if claimed:
        email.break_offs += broke_off
        _now_ours(email, now)
    return claimed


def is_claimed(email: OutgoingEmail, now: datetime) -> bool:
    """Whether this run holds the row: one that was read because it is due has no lease, or one that is over."""
    return email.lease_until is not None and email.lease_until > now


def mark_sent(email: OutgoingEmail, now: datetime, *, following: OutgoingEmail | None = None) -> None:
    """Write down that the server has taken it, which stays true whatever happened to the row meanwhile.

    `following` is claimed in the same commit if it is queued still (`is_claimed` tells). A mark that cannot be written
    is kept for `catch_up`.
    """
    try:
        if following is None or not _mark_and_claim(email, following, now):
            _mark(email.pk, now)
    except Error as error:
        _unwritten[email.pk] = now
        # Its first line alone: what PostgreSQL adds may quote the row.
        reason = str(error).partition("\n")[0]
        logger.error("Mail %s is sent, and that cannot be written down yet: %s", email.pk, reason)


def catch_up(*, seconds: float | None = None) -> bool:
    """Write down what is still owed, for so long; False when it is owed still, and nothing may be sent."""
    deadline = time.monotonic() + (PATIENCE_SECONDS if seconds is None else seconds)
    for wait in chain(WAIT_SECONDS, repeat(WAIT_SECONDS[-1])):
        if _write_all():
            return True
        if time.monotonic() + wait > deadline:
            return False
        time.sleep(wait)
    raise AssertionError("unreachable: the waits never end")


def _write_all() -> bool:
    for pk, at in list(_unwritten.items()):
        try:
            _mark(pk, at)
        except Error:
            _begin_with_a_new_connection()
            return False
        _unwritten.pop(pk, None)
        logger.info("Mail %s: written down now that it is sent.", pk)
    return True


def _begin_with_a_new_connection() -> None:
    """The old one may be what is broken. Inside a transaction it is the caller's."""
    if not connection.in_atomic_block:
        connection.close()


def _mark_and_claim(email: OutgoingEmail, following: OutgoingEmail, now: datetime) -> bool:
    """Whether the mark is written; the claim may be so without it."""
    can_pass_over = connection.features.has_select_for_update_skip_locked
    unless_locked = connection.ops.for_update_sql(skip_locked=True) if can_pass_over else ""
    with connection.cursor() as cursor:
        cursor.execute(
            _MARK_AND_CLAIM.format(unless_locked=unless_locked),
            {
                "sent": email.pk,
                "following": following.pk,
                "attempts": following.attempts,
                "now": _stored(now),
                "lease": _stored(now + LEASE),
            },
        )
        written = {pk for (pk,) in cursor.fetchall()}
    if following.pk in written:
        _now_ours(following, now)
    return email.pk in written


def _now_ours(email: OutgoingEmail, now: datetime) -> None:
    email.state, email.lease_until = State.SENDING, now + LEASE
    email.attempts += 1


def _mark(pk: int, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [_stored(at), pk])


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
