"""The scan: whatever fell due and was not said yet leaves now, once, whoever else scans at the same moment."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from procurement.policy.queries import in_words
from procurement.renewals.brake import Brake
from procurement.renewals.gathering import Records, all_records
from procurement.renewals.milestones import Due, Milestone
from procurement.renewals.models import LastScan
from procurement.renewals.plans import current_plan
from procurement.renewals.requests import NothingToAsk, cancel_request_nobody_needs
from procurement.renewals.services.claims import claim_and_hold, claim_and_queue
from procurement.renewals.services.holding import tell_administrators
from procurement.renewals.subjects import is_still_needed, threads_to_build
from procurement.renewals.threads import Thread
from procurement.renewals.watched import ledger_head, vendor_ids_changed_since, vendor_ids_to_scan

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder that was queued or held, or would be."""

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
    """What one scan did: the reminders it queued and held, how many older ones it set aside, how many failed."""

    queued: list[Reminder] = field(default_factory=list)
    held: list[Reminder] = field(default_factory=list)
    superseded: int = 0
    failed: int = 0


def send_due(*, on: date, now: datetime, dry_run: bool = False) -> ScanResult:
    """Queue the mail of every reminder due on or before the day `on` that nobody has sent.

    Safe to run any number of times at once: a reminder is claimed by its unique row, in one transaction with its
    mail. What fails is logged and tried again by the next scan; it stops nothing else. More than the plan lets leave
    on a day is held until an administrator lets it go. The first scan for a day looks at every vendor, a later one at
    those something happened to since. `dry_run` changes nothing and looks at all of them.
    """
    result = ScanResult()
    last, head, plan = LastScan.objects.first(), ledger_head(), current_plan()
    found: list[tuple[Thread, Due]] = []
    changed = None if dry_run else vendor_ids_changed_since(last, on=on, head=head)
    watched = vendor_ids_to_scan(on, plan) if changed is None or changed else []
    for records in all_records(watched if changed is None else changed & set(watched), on):
        found += _whatever_is_due(records, on, result)
        if not dry_run:
            _clear_up(records, result, now=now)
    brake = Brake.for_scan(plan, last, on=on, now=now, wanted=sum(len(due.to_send) for _thread, due in found))
    for thread, due in sorted(found, key=_longest_due):
        _send_one(thread, due, brake, result, on=on, now=now, dry_run=dry_run)
    if not dry_run:
        tell_administrators(now=now)
        _finish(result, on=on, now=now, head=head)
    return result


def _whatever_is_due(records: Records, on: date, result: ScanResult) -> Iterable[tuple[Thread, Due]]:
    for name, build in threads_to_build(records):
        try:
            threads = build()
        except Exception:
            log.exception("Reminders of %s could not be worked out.", name)
            result.failed += 1
            continue
        for thread in threads:
            due = thread.due(on)
            if due.to_send or due.superseded:
                yield thread, due


def _longest_due(found: tuple[Thread, Due]) -> date:
    """Scans order alike, so that two at once hold the same."""
    return min((one.due for one in found[1].to_send), default=date.min)


def _send_one(
    thread: Thread, due: Due, brake: Brake, result: ScanResult, *, on: date, now: datetime, dry_run: bool
) -> None:
    why = brake.why_not(len(due.to_send))
    try:
        if dry_run:
            is_mine = True
        elif why:
            is_mine = claim_and_hold(thread, due, why=why, on=on, now=now)
        else:
            is_mine = claim_and_queue(thread, due, on=on, now=now)
    except NothingToAsk:
        return
    except Exception:
        log.exception("A reminder of %s:%s to person %s failed.", thread.type, thread.id, thread.person.pk)
        result.failed += 1
        return
    if not is_mine:
        brake.recount(on)
    else:
        (result.held if why else result.queued).extend(_told(thread, milestone) for milestone in due.to_send)
        result.superseded += len(due.superseded)


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


@transaction.atomic
def _finish(result: ScanResult, *, on: date, now: datetime, head: int) -> None:
    """This scan ran to its end. When something failed, the next one looks at every vendor again."""
    last, _made = LastScan.objects.select_for_update().get_or_create(pk=1)
    if last.day == on and last.ledger_seq is not None and not result.failed:
        head = max(head, last.ledger_seq)  # one that began later has finished before
    last.finished_at = max(now, last.finished_at or now)
    last.day, last.ledger_seq = on, None if result.failed else head
    last.save(update_fields=["finished_at", "day", "ledger_seq"])
