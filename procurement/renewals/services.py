"""The scan: whatever fell due and was not said yet leaves now, once, whoever else scans at the same moment."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.policy.queries import in_words
from procurement.renewals import emails
from procurement.renewals.gathering import Records, all_records
from procurement.renewals.milestones import Audience, Due, Milestone, Superseded
from procurement.renewals.models import ReminderDue, ReminderState
from procurement.renewals.requests import NothingToAsk, cancel_request_nobody_needs, request_to_answer
from procurement.renewals.subjects import is_still_needed, threads_to_build
from procurement.renewals.threads import Thread
from vendors.reports.wording import day_in_words

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder that was queued, or would be."""

    due_on: date
    milestone: str
    vendor: str
    name: str
    email: str
    reason: str

    def __str__(self) -> str:
        return f"{self.due_on}  {self.milestone}  {self.vendor} to {self.name} <{self.email}>: {self.reason}"


@dataclass(kw_only=True)
class ScanResult:
    """What one scan did: the reminders it queued, how many older ones it set aside, how many failed."""

    queued: list[Reminder] = field(default_factory=list)
    superseded: int = 0
    failed: int = 0


def send_due(*, on: date, now: datetime, dry_run: bool = False) -> ScanResult:
    """Queue the mail of every reminder due on or before the day `on` that nobody has sent.

    Safe to run any number of times at once: a reminder is claimed by its unique row, in one transaction with its
    mail. What fails is logged and tried again by the next scan; it stops nothing else. `dry_run` changes nothing.
    """
    result = ScanResult()
    for records in all_records(on):
        for name, build in threads_to_build(records):
            try:
                threads = build()
            except Exception:
                log.exception("Reminders of %s could not be worked out.", name)
                result.failed += 1
                continue
            for thread in threads:
                _send_one(thread, result, on=on, now=now, dry_run=dry_run)
        if not dry_run:
            _clear_up(records, result, now=now)
    return result


def _send_one(thread: Thread, result: ScanResult, *, on: date, now: datetime, dry_run: bool) -> None:
    due = thread.due(on)
    if not due.to_send and not due.superseded:
        return
    try:
        if not dry_run and not _claim_and_queue(thread, due, on=on, now=now):
            return
    except NothingToAsk:
        return
    except Exception:
        log.exception("A reminder of %s:%s to person %s failed.", thread.type, thread.id, thread.person.pk)
        result.failed += 1
        return
    result.queued += [_told(thread, milestone) for milestone in due.to_send]
    result.superseded += len(due.superseded)


@transaction.atomic
def _claim_and_queue(thread: Thread, due: Due, *, on: date, now: datetime) -> bool:
    """Whether this scan was the one to claim the reminder; the mail and its request are in the same transaction."""
    for milestone in due.to_send:
        row, is_mine = ReminderDue.objects.get_or_create(
            **_key(thread, milestone),
            defaults={
                **_facts(thread, milestone, now),
                "state": ReminderState.SENT,
                "reason": in_words(milestone.reason)[:300],
            },
        )
        if not is_mine:
            return False
        request = request_to_answer(thread, milestone, on=on, now=now) if _needs_request(thread, milestone) else None
        row.email_id = emails.queue_reminder(thread, milestone, request, on=on, now=now).pk
        row.save(update_fields=["email_id"])
    rows = [_set_aside(thread, superseded, now) for superseded in due.superseded]
    ReminderDue.objects.bulk_create(rows, ignore_conflicts=True)
    return True


def _needs_request(thread: Thread, milestone: Milestone) -> bool:
    return milestone.audience is Audience.VENDOR and not thread.stands_in


def _set_aside(thread: Thread, superseded: Superseded, now: datetime) -> ReminderDue:
    reason = _("%(reason)s Not sent: the reminder of %(day)s was due as well and speaks for it.") % {
        "reason": in_words(superseded.milestone.reason),
        "day": day_in_words(superseded.by.due),
    }
    return ReminderDue(
        **_key(thread, superseded.milestone),
        **_facts(thread, superseded.milestone, now),
        state=ReminderState.SUPERSEDED,
        reason=reason[:300],
    )


def _key(thread: Thread, milestone: Milestone) -> dict[str, object]:
    return {
        "subject_type": thread.type.value,
        "subject_id": thread.id,
        "anchor": milestone.anchor,
        "milestone": milestone.name,
        "recipient": thread.person.email,
    }


def _facts(thread: Thread, milestone: Milestone, now: datetime) -> dict[str, object]:
    return {"vendor_id": thread.vendor.pk, "due_on": milestone.due, "claimed_at": now}


def _told(thread: Thread, milestone: Milestone) -> Reminder:
    return Reminder(
        due_on=milestone.due,
        milestone=milestone.name,
        vendor=thread.vendor.name,
        name=thread.person.name,
        email=thread.person.email,
        reason=in_words(milestone.reason),
    )


def _clear_up(records: Records, result: ScanResult, *, now: datetime) -> None:
    """Take back the scan's own requests that nothing waits for any more."""
    asked_by_the_scan = (
        request for requests in records.requests.values() for request in requests if request.requested_by_id is None
    )
    for request in asked_by_the_scan:
        try:
            if not is_still_needed(records, request):
                cancel_request_nobody_needs(request, now=now)
        except Exception:
            log.exception("Request %s could not be taken back.", request.pk)
            result.failed += 1
