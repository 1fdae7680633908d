"""What the brake holds: telling the administrators once, letting it go, dropping it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.accounts.models import User
from procurement.renewals import access
from procurement.renewals.gathering import records_of
from procurement.renewals.milestones import Milestone
from procurement.renewals.models import LastScan, ReminderDue, ReminderState
from procurement.renewals.requests import NothingToAsk
from procurement.renewals.services.claims import queue
from procurement.renewals.subjects import threads_of
from procurement.renewals.threads import Thread
from vendors.correspondence.services import queue_email
from vendors.ledger import services as ledger
from vendors.people.actors import SYSTEM, Actor, Refused

ABOUT = "reminders-held"


@transaction.atomic
def tell_administrators(*, now: datetime) -> bool:
    """One mail to each administrator while something is held, however many scans hold more. Whether it was sent."""
    held = ReminderDue.objects.filter(state=ReminderState.HELD)
    if not held.exists() and not LastScan.objects.filter(told_of_hold__isnull=False).exists():
        return False
    last, _made = LastScan.objects.select_for_update().get_or_create(pk=1)
    count = held.count()  # once more, under the lock
    if not count:  # later reminders spoke for those that were held
        last.told_of_hold = None
        last.save(update_fields=["told_of_hold"])
    if not count or last.told_of_hold is not None:
        return False
    why = held.order_by("-pk").values_list("note", flat=True)[0]
    for person in User.objects.filter(is_administrator=True, is_active=True):
        queue_email(
            template="procurement/renewals/email/held",
            to=(person.email, person.name),
            recipient_id=person.pk,
            context={"count": count, "why": why, "link": settings.BASE_URL + reverse("renewals:held")},
            about=ABOUT,
            by=SYSTEM,
            now=now,
        )
    last.told_of_hold = now
    last.save(update_fields=["told_of_hold"])
    ledger.record(
        by=SYSTEM,
        verb="reminders.held",
        sentence=ngettext("%(count)d reminder held", "%(count)d reminders held", count) % {"count": count},
        at=now,
        details={"why": why},
    )
    return True


@transaction.atomic
def release_held(*, pks: Collection[int], by: Actor, on: date, now: datetime) -> tuple[int, int]:
    """Let held reminders go, as things are now. How many were queued, and how many nobody needs any more.

    Raises NotAllowed for anybody but administrators, Refused when none of them is held any more.
    """
    access.check_can_release(by)
    held = _held(pks)
    threads = list(threads_of(records_of({row.vendor_id for row in held}, on=on)))
    sent = sum(_release(row, threads, on=on, now=now) for row in held)
    _settle(
        held,
        verb="reminders.released",
        sentence=ngettext("%(count)d held reminder released", "%(count)d held reminders released", sent)
        % {"count": sent},
        details={"not_needed": len(held) - sent},
        by=by,
        now=now,
    )
    return sent, len(held) - sent


@transaction.atomic
def drop_held(*, pks: Collection[int], reason: str, by: Actor, now: datetime) -> int:
    """Decide that held reminders never leave, and say why. How many were dropped.

    Raises NotAllowed for anybody but administrators, Refused without a reason or when none is held any more.
    """
    access.check_can_release(by)
    if not reason.strip():
        raise Refused(_("Say why these reminders are dropped."), field="reason")
    held = _held(pks)
    note = _("Dropped by %(name)s: %(reason)s") % {"name": by.label, "reason": reason.strip()}
    for row in held:
        row.state, row.note = ReminderState.DROPPED, note[:400]
        row.save(update_fields=["state", "note"])
    count = len(held)
    _settle(
        held,
        verb="reminders.dropped",
        sentence=ngettext("%(count)d held reminder dropped", "%(count)d held reminders dropped", count)
        % {"count": count},
        details={"reason": reason.strip()},
        by=by,
        now=now,
    )
    return count


def _held(pks: Collection[int]) -> list[ReminderDue]:
    rows = ReminderDue.objects.select_for_update().filter(pk__in=pks, state=ReminderState.HELD)
    held = list(rows.order_by("due_on", "pk"))
    if not held:
        raise Refused(_("None of these is held any more. Load the page again."))
    return held


def _release(row: ReminderDue, threads: Iterable[Thread], *, on: date, now: datetime) -> bool:
    """Queue the mail, unless a later reminder, an answer or the end of its subject made it pointless meanwhile."""
    row.released_at = now
    found = _still_due(row, threads, on)
    if found is not None:
        row.state, row.note = ReminderState.SENT, ""
        row.save(update_fields=["state", "note", "released_at"])
        try:
            with transaction.atomic():
                queue(*found, row, on=on, now=now)
        except NothingToAsk:
            found = None
    if found is None:
        row.state, row.note = ReminderState.SUPERSEDED, _("Not sent: when it was released nobody needed it any more.")
        row.save(update_fields=["state", "note", "released_at"])
    return found is not None


def _still_due(row: ReminderDue, threads: Iterable[Thread], on: date) -> tuple[Thread, Milestone] | None:
    key = (row.anchor, row.milestone)
    for thread in threads:
        if (str(thread.type), thread.id, thread.person.email) == (row.subject_type, row.subject_id, row.recipient):
            for milestone in thread.due(on, apart_from=[key]).to_send:
                if milestone.key == key:
                    return thread, milestone
    return None


def _settle(
    held: list[ReminderDue], *, verb: str, sentence: str, details: dict[str, object], by: Actor, now: datetime
) -> None:
    """When nothing is held any more, the next hold is told of again."""
    if not ReminderDue.objects.filter(state=ReminderState.HELD).exists():
        LastScan.objects.filter(pk=1).update(told_of_hold=None)
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence,
        at=now,
        details={**details, "reminders": [row.pk for row in held], "vendors": sorted({row.vendor_id for row in held})},
    )
