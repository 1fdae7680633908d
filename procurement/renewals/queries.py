"""What staff see of the reminders: those that went out or were set aside, and those to come."""

from dataclasses import dataclass
from datetime import date

from procurement.policy.queries import in_words
from procurement.renewals.gathering import all_records, records_of
from procurement.renewals.milestones import ESCALATIONS
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.preview import Planned, planned
from procurement.renewals.reach import may_see, vendors_within_reach
from procurement.renewals.subjects import threads_of
from procurement.renewals.threads import Marked
from vendors.calendar.days import plus_days
from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.models import State as MailState
from vendors.directory.models import Vendor
from vendors.people.actors import Actor

SHOWN = 60
AHEAD_DAYS = 90
FARTHEST_DAYS = 550  # the next reminder of an approval that was taken today
MARKED_BACK_DAYS = 30
MARKED_AHEAD_DAYS = 400
# Where a state of a mail has no glyph of its own.
LOOKS_LIKE = {MailState.SENDING: "queued", MailState.LAPSED: "failed", MailState.CANCELLED: "superseded"}


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A reminder that will go out on that day, unless something happens before."""

    leaves_on: date
    kind: str
    vendor_id: int
    vendor: str
    person_id: int
    name: str
    email: str
    reason: str
    milestone: str
    instead_of_vendor: bool
    escalates: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """A reminder that fell due: sent (`meaning` is the state of its mail), held, dropped, or superseded by another.

    `mail` is the one that could not be delivered, where it may be sent again.
    """

    due_on: date
    recipient: str
    reason: str
    note: str
    meaning: str
    word: str
    mail: OutgoingEmail | None = None


@dataclass(frozen=True)
class Reminders:
    """`coming` reaches 90 days ahead, and to the next one where that lies further; `said` is newest first."""

    coming: tuple[Coming, ...]
    said: tuple[Said, ...]


def reminders_of(vendor_id: int, *, on: date) -> Reminders:
    """The reminders about one vendor, as things stand on that day."""
    return Reminders(_coming_about(vendor_id, on), _said(vendor_id))


def coming_for(user: Actor, *, on: date, days: int = AHEAD_DAYS) -> list[Coming]:
    """What will be sent from that day on, as far as this person may see it, in the order in which it leaves.

    The same number of queries however many there are, up to the size of a scan's batch of vendors.
    """
    last = plus_days(on, days)
    found = [
        _told(one)
        for records in all_records(vendors_within_reach(user, on, last), on)
        for one in planned(records, on, last)
        if may_see(user, one.thread)
    ]
    return sorted(found, key=lambda one: (one.leaves_on, one.vendor.casefold(), one.name, one.milestone))


def marked_for(user: Actor, *, on: date) -> list[Marked]:
    """The dates of this person's calendar: what ends, falls due or is expected, from a month back to a year ahead."""
    first, last = plus_days(on, -MARKED_BACK_DAYS), plus_days(on, MARKED_AHEAD_DAYS)
    found = {
        marked.uid: marked
        for records in all_records(vendors_within_reach(user, on, last), on)
        for thread in threads_of(records)
        if may_see(user, thread)
        for marked in thread.marked
        if first <= marked.day <= last
    }
    return sorted(found.values(), key=lambda marked: (marked.day, marked.uid))


def held() -> list[ReminderDue]:
    """What waits for an administrator, the longest due first."""
    return list(ReminderDue.objects.filter(state=ReminderState.HELD).order_by("due_on", "pk"))


def held_count() -> int:
    return ReminderDue.objects.filter(state=ReminderState.HELD).count()


def _coming_about(vendor_id: int, on: date) -> tuple[Coming, ...]:
    if not Vendor.objects.in_use().filter(pk=vendor_id).exists():
        return ()
    records = records_of([vendor_id], on=on)
    found = [_told(one) for one in planned(records, on, plus_days(on, FARTHEST_DAYS))]
    found.sort(key=lambda one: (one.leaves_on, one.name))
    near = [one for one in found if one.leaves_on <= plus_days(on, AHEAD_DAYS)]
    return tuple(near or [one for one in found if one.leaves_on == found[0].leaves_on])


def _told(one: Planned) -> Coming:
    thread = one.thread
    return Coming(
        leaves_on=one.day,
        kind=str(thread.type),
        vendor_id=thread.vendor.pk,
        vendor=thread.vendor.name,
        person_id=thread.person.pk,
        name=thread.person.name,
        email=thread.person.email,
        reason=in_words(one.milestone.reason),
        milestone=one.milestone.name,
        instead_of_vendor=thread.stands_in,
        escalates=one.milestone.wording in ESCALATIONS,
    )


def _said(vendor_id: int) -> tuple[Said, ...]:
    rows = list(ReminderDue.objects.filter(vendor_id=vendor_id)[:SHOWN])
    ids = [row.email_id for row in rows if row.email_id]
    emails = {email.pk: email for email in OutgoingEmail.objects.select_related("sent_again").filter(pk__in=ids)}
    return tuple(_as_said(row, emails.get(row.email_id or 0)) for row in rows)


def _as_said(row: ReminderDue, email: OutgoingEmail | None) -> Said:
    meaning, word = row.state, row.get_state_display()
    if row.state == ReminderState.SENT and email is not None:
        meaning, word = LOOKS_LIKE.get(MailState(email.state), email.state), email.get_state_display()
    return Said(
        due_on=row.due_on,
        recipient=f"{email.to_name} <{email.to_email}>" if email else row.recipient,
        reason=row.reason,
        note=row.note,
        meaning=meaning,
        word=word,
        mail=email if email and email.state in {MailState.FAILED, MailState.LAPSED} else None,
    )
