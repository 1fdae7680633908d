"""The scan run forward: what will be sent on which day, if nothing happens. The same threads, no clock, no database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from django.db.models import Model

from procurement.decisions.standings import rows_behind
from procurement.renewals.gathering import Claims, Records
from procurement.renewals.milestones import Milestone, due_now
from procurement.renewals.models import ReminderState
from procurement.renewals.subjects import threads_of
from procurement.renewals.threads import Thread
from vendors.calendar.clock import local_day
from vendors.calendar.days import plus_days
from vendors.reports.currency import currency_of
from vendors.reports.systems import statements_of


@dataclass(frozen=True)
class Planned:
    """A reminder that leaves on that day."""

    day: date
    thread: Thread
    milestone: Milestone


def planned(records: Records, first: date, last: date) -> Iterator[Planned]:
    """What the scans from the first day to the last will send about these vendors, vendor by vendor.

    A vendor's threads are built once for each stretch of days in which its records stand the same.
    """
    for vendor_id in records.vendor_ids:
        turning = sorted(day for day in _turning_days(records, vendor_id) if first < day <= last)
        claims: Claims = dict(records.already)
        for start, end in pairwise([first, *turning, plus_days(last, 1)]):
            stretch = replace(records.of(vendor_id, on=start), already=claims)
            for thread in threads_of(stretch):
                yield from _left_by(thread, start, end, claims)


def _left_by(thread: Thread, start: date, end: date, claims: Claims) -> Iterator[Planned]:
    """What leaves of one thread from the start to the day before the end. It notes the claims the scans would make."""
    key = (str(thread.type), thread.id, thread.person.email)
    already = dict(thread.already)
    for day in sorted({start, *(one.due for one in thread.milestones if start < one.due < end)}):
        due = due_now(thread.milestones, day, already, answered=thread.answered)
        for milestone in due.to_send:
            yield Planned(day, thread, milestone)
        said = [*due.to_send, *(one.milestone for one in due.superseded)]
        already |= dict.fromkeys((one.key for one in said), ReminderState.SENT.value)
    claims[key] = claims.get(key, {}) | already


def _turning_days(records: Records, vendor_id: int) -> set[date]:
    """Days from which the vendor's approvals, reports or NDAs stand otherwise than the day before.

    They are each date in the rows a standing is computed from, those that follow from it, and the day after each. One
    too many costs a moment, one too few would be a wrong preview.
    """
    dates: set[date] = set()
    for decision in records.decided.get(vendor_id, []):
        assert decision.decided_at is not None
        report = decision.review.report
        dates.add(local_day(decision.decided_at))
        dates |= {day for row in rows_behind(decision) for day in _dates_of(row)}
        if report is None or report.period_end is None:
            continue
        statements = statements_of(report)
        for seen_on in (records.on, *(statement.stated_on for statement in statements)):
            currency = currency_of(report.period_end, statements, on=seen_on, rules=records.rules)
            dates |= {currency.current_until, currency.counts_until, currency.relief_limit}
    dates |= {day for nda in records.ndas.get(vendor_id, []) for day in _dates_of(nda)}
    return dates | {plus_days(day, 1) for day in dates}


def _dates_of(row: Model) -> list[date]:
    """The whole days in a row, by whatever name; moments are none."""
    fields = (field for field in row._meta.concrete_fields if field.get_internal_type() == "DateField")
    return [day for field in fields if (day := getattr(row, field.attname)) is not None]
