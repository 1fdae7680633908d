"""What staff see of the reminders: those that went out or were set aside, and those to come."""

from dataclasses import dataclass
from datetime import date

from procurement.policy.queries import in_words
from procurement.renewals.gathering import records_of
from procurement.renewals.milestones import Milestone
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.subjects import threads_of
from procurement.renewals.threads import Thread
from vendors.calendar.days import plus_days
from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.models import State as MailState
from vendors.directory.models import Vendor

SHOWN = 60
AHEAD_DAYS = 90
# Where a state of a mail has no glyph of its own.
LOOKS_LIKE = {MailState.SENDING: "queued", MailState.LAPSED: "failed", MailState.CANCELLED: "superseded"}


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A reminder that will go out on that day, unless something happens before."""

    due_on: date
    name: str
    email: str
    reason: str
    instead_of_vendor: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """A reminder that fell due: sent (`meaning` is the state of its mail), or superseded by a later one."""

    due_on: date
    recipient: str
    reason: str
    meaning: str
    word: str


@dataclass(frozen=True)
class Reminders:
    """`coming` reaches 90 days ahead, and to the next one where that lies further; `said` is newest first."""

    coming: tuple[Coming, ...]
    said: tuple[Said, ...]


def reminders_of(vendor_id: int, *, on: date) -> Reminders:
    """The reminders about one vendor, as things stand on that day."""
    return Reminders(_coming(vendor_id, on), _said(vendor_id))


def _coming(vendor_id: int, on: date) -> tuple[Coming, ...]:
    if not Vendor.objects.in_use().filter(pk=vendor_id).exists():
        return ()
    found = [
        _planned(thread, one) for thread in threads_of(records_of([vendor_id], on=on)) for one in _next(thread, on)
    ]
    found.sort(key=lambda one: (one.due_on, one.name))
    near = [one for one in found if one.due_on <= plus_days(on, AHEAD_DAYS)]
    return tuple(near or [one for one in found if one.due_on == found[0].due_on])


def _next(thread: Thread, on: date) -> list[Milestone]:
    """What the next scan sends, and what comes after that day."""
    return [*thread.due(on).to_send, *thread.coming(on)]


def _planned(thread: Thread, milestone: Milestone) -> Coming:
    return Coming(
        due_on=milestone.due,
        name=thread.person.name,
        email=thread.person.email,
        reason=in_words(milestone.reason),
        instead_of_vendor=thread.stands_in,
    )


def _said(vendor_id: int) -> tuple[Said, ...]:
    rows = list(ReminderDue.objects.filter(vendor_id=vendor_id)[:SHOWN])
    emails = OutgoingEmail.objects.in_bulk([row.email_id for row in rows if row.email_id])
    return tuple(_as_said(row, emails.get(row.email_id or 0)) for row in rows)


def _as_said(row: ReminderDue, email: OutgoingEmail | None) -> Said:
    meaning, word = row.state, row.get_state_display()
    if row.state == ReminderState.SENT and email is not None:
        meaning, word = LOOKS_LIKE.get(MailState(email.state), email.state), email.get_state_display()
    return Said(
        due_on=row.due_on,
        recipient=f"{email.to_name} <{email.to_email}>" if email else row.recipient,
        reason=row.reason,
        meaning=meaning,
        word=word,
    )
