"""The scan run forward: what will be sent on which day, if nothing happens. The same threads, no clock, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from procurement.renewals.gathering import Claims, Records
from procurement.renewals.milestones import Milestone
from procurement.renewals.models import ReminderState
from procurement.renewals.subjects import threads_of
from procurement.renewals.threads import Thread
from procurement.reviews.queries import statements_of
from vendors.calendar.clock import local_day
from vendors.calendar.days import plus_days, plus_months
from vendors.reports.currency import currency_of


@dataclass(frozen=True)
class Planned:
    """A reminder that leaves on that day."""

    day: date
    thread: Thread
    milestone: Milestone


def planned(records: Records, first: date, last: date) -> Iterator[Planned]:
    """What the scans from the first day to the last will send about these vendors, vendor by vendor.

    It evaluates a vendor on the days on which something is due, and on those from which its records stand otherwise:
    in between a scan would find the same and send nothing.
    """
    for vendor_id in records.vendor_ids:
        yield from _one_vendor(records.of(vendor_id, on=first), vendor_id, first, last)


def _one_vendor(records: Records, vendor_id: int, first: date, last: date) -> Iterator[Planned]:
    turning = sorted(day for day in _turning_days(records, vendor_id) if first < day <= last)
    claims: Claims = dict(records.already)
    day: date | None = first
    while day is not None:
        records = replace(records.of(vendor_id, on=day), already=claims)
        threads = list(threads_of(records))
        for thread in threads:
            due = thread.due(day)
            said = [*due.to_send, *(one.milestone for one in due.superseded)]
            for milestone in due.to_send:
                yield Planned(day, thread, milestone)
            if said:
                key = (str(thread.type), thread.id, thread.person.email)
                claims[key] = claims.get(key, {}) | dict.fromkeys((one.key for one in said), ReminderState.SENT.value)
        day = _next_day(threads, turning, day, last)


def _next_day(threads: Iterable[Thread], turning: list[date], day: date, last: date) -> date | None:
    """The next day on which a scan may find something new; None when there is none by the last."""
    ahead = [one.due for thread in threads for one in thread.coming(day)]
    ahead += [turn for turn in turning if turn > day]
    following = min(ahead, default=None)
    return following if following is not None and following <= last else None


def _turning_days(records: Records, vendor_id: int) -> set[date]:
    """Days from which the vendor's approvals, report or NDA may stand otherwise: each date in its records, and the day
    after it. One too many costs a moment, one too few would be a wrong preview."""
    rules = records.rules
    dates: set[date | None] = set()
    for decision in records.decided.get(vendor_id, []):
        assert decision.decided_at is not None
        decided_on, report = local_day(decision.decided_at), decision.review.report
        dates |= {decided_on, plus_months(decided_on, 12), decision.valid_until, decision.revoked_on}
        dates |= {day for condition in decision.conditions.all() for day in (condition.due_on, condition.met_on)}
        if report is None or report.period_end is None:
            continue
        dates.add(report.period_end)
        statements = statements_of(report)
        for seen_on in (records.on, *(statement.stated_on for statement in statements)):
            currency = currency_of(report.period_end, statements, on=seen_on, rules=rules)
            dates |= {currency.current_until, currency.counts_until, currency.relief_limit}
        for statement in statements:
            over = plus_months(statement.stated_on, rules.statement_months)
            dates |= {statement.stated_on, statement.expected_on, statement.period_end, over}
    for nda in records.ndas.get(vendor_id, []):
        dates |= {nda.starts_on, nda.ends_on, nda.ended_on}
    known = {day for day in dates if day is not None}
    return known | {plus_days(day, 1) for day in known}
