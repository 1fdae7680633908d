"""Claiming a reminder: its unique row goes in together with its mail, or with the word that it is held."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.policy.queries import in_words
from procurement.renewals import emails
from procurement.renewals.milestones import Audience, Due, Milestone, Superseded
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.requests import request_to_answer
from procurement.renewals.threads import Thread
from vendors.reports.wording import day_in_words


@transaction.atomic
def claim_and_queue(thread: Thread, due: Due, *, on: date, now: datetime) -> bool:
    """Whether this scan was the one to claim the reminders; mail and request are in the same transaction."""
    for milestone in due.to_send:
        row, is_mine = _claim(thread, milestone, ReminderState.SENT, on=on, now=now)
        if not is_mine:
            return False
        queue(thread, milestone, row, on=on, now=now)
    _set_aside(thread, due, on=on, now=now)
    return True


@transaction.atomic
def claim_and_hold(thread: Thread, due: Due, *, why: str, on: date, now: datetime) -> bool:
    """Whether this scan was the one to hold the reminders: nothing leaves, and no later scan sends them."""
    for milestone in due.to_send:
        _row, is_mine = _claim(thread, milestone, ReminderState.HELD, note=why, on=on, now=now)
        if not is_mine:
            return False
    _set_aside(thread, due, on=on, now=now)
    return True


def queue(thread: Thread, milestone: Milestone, row: ReminderDue, *, on: date, now: datetime) -> None:
    """Write the mail of a claimed reminder; an earlier one of the thread that is still held is spoken for by it."""
    asks_vendor = milestone.audience is Audience.VENDOR and not thread.stands_in
    request = request_to_answer(thread, milestone, on=on, now=now) if asks_vendor else None
    row.email_id = emails.queue_reminder(thread, milestone, request, on=on, now=now).pk
    row.save(update_fields=["email_id"])
    for earlier in thread.before(milestone):
        if thread.already.get(earlier.key) == ReminderState.HELD:
            ReminderDue.objects.filter(**key_of(thread, earlier), state=ReminderState.HELD).update(
                state=ReminderState.SUPERSEDED, note=_spoken_for(milestone)
            )


def key_of(thread: Thread, milestone: Milestone) -> dict[str, object]:
    """What makes the claim unique."""
    return {
        "subject_type": str(thread.type),
        "subject_id": thread.id,
        "anchor": milestone.anchor,
        "milestone": milestone.name,
        "recipient": thread.person.email,
    }


def _claim(
    thread: Thread, milestone: Milestone, state: ReminderState, *, note: str = "", on: date, now: datetime
) -> tuple[ReminderDue, bool]:
    return ReminderDue.objects.get_or_create(
        **key_of(thread, milestone),
        defaults={
            "vendor_id": thread.vendor.pk,
            "due_on": milestone.due,
            "claimed_at": now,
            "scan_day": on,
            "state": state,
            "reason": in_words(milestone.reason)[:300],
            "note": note[:400],
        },
    )


def _set_aside(thread: Thread, due: Due, *, on: date, now: datetime) -> None:
    rows = [_superseded(thread, one, on=on, now=now) for one in due.superseded]
    ReminderDue.objects.bulk_create(rows, ignore_conflicts=True)


def _superseded(thread: Thread, superseded: Superseded, *, on: date, now: datetime) -> ReminderDue:
    return ReminderDue(
        **key_of(thread, superseded.milestone),
        vendor_id=thread.vendor.pk,
        due_on=superseded.milestone.due,
        claimed_at=now,
        scan_day=on,
        state=ReminderState.SUPERSEDED,
        reason=in_words(superseded.milestone.reason)[:300],
        note=_spoken_for(superseded.by),
    )


def _spoken_for(later: Milestone) -> str:
    return _("Not sent: the reminder of %(day)s was due as well and speaks for it.") % {"day": day_in_words(later.due)}
