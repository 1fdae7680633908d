"""Currency: how long a report counts, and for how long its successor is awaited (DESIGN.md). Pure.

Current through the END of the period + 12 months, whatever the date of issue. Then awaiting successor, for
at most 3 months more, while the vendor's own word on the next report is less than 3 months old. Then out of
policy. Which days an auditor examined is another question: `coverage.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vendors.calendar.days import days_in, plus_days, plus_months, whole_months
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _

FARTHEST_MONTHS = 24  # a successor's period that ends later than this is a slip of the pen
FARTHEST_LAG_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class CurrencyRules:
    """How long a report counts. Defaults of DESIGN.md; the row `soc2_type2_current` may change them."""

    current_months: int = 12
    relief_months: int = 3
    statement_months: int = 3
    unknown_lag_days: int = 60


DEFAULT_RULES = CurrencyRules()


class CurrencyState(StrEnum):
    CURRENT = "current"
    AWAITING_SUCCESSOR = "awaiting_successor"
    OUT_OF_POLICY = "out_of_policy"


@dataclass(frozen=True, kw_only=True)
class SuccessorStated:
    """What the vendor said in writing about its next report: a bridge letter or a dated statement."""

    period_start: date
    period_end: date
    expected_on: date
    stated_on: date
    stated_by: str = ""


@dataclass(frozen=True, kw_only=True)
class Currency:
    """How a Type II report counts, as seen on one day.

    current_until  the last day it is current: the end of its period + 12 months
    relief_limit   the last day it could be carried while its successor is awaited, whatever the vendor writes
    relief_until   the last day the vendor's statement carries it; None when no statement carries it beyond
                   `current_until`
    statement      the statement that does
    """

    state: CurrencyState
    period_end: date
    current_until: date
    relief_limit: date
    relief_until: date | None
    statement: SuccessorStated | None
    reason: Reason

    @property
    def counts_until(self) -> date:
        """The last day on which the report carries an approval that exists, as things stand in writing."""
        return self.relief_until or self.current_until

    @property
    def is_current(self) -> bool:
        return self.state is CurrencyState.CURRENT

    @property
    def is_awaiting_successor(self) -> bool:
        return self.state is CurrencyState.AWAITING_SUCCESSOR


@dataclass(frozen=True, kw_only=True)
class NextReport:
    """The report that follows: its period, and when to expect it. `stated`: in the vendor's own words."""

    period_start: date
    period_end: date
    expected_on: date
    stated: bool
    reason: Reason


def currency_of(
    period_end: date,
    statements: Iterable[SuccessorStated] = (),
    *,
    on: date,
    rules: CurrencyRules = DEFAULT_RULES,
) -> Currency:
    """How the report whose period ended on `period_end` counts on the day `on`.

    Of the vendor's statements the latest that names a successor speaks. It carries the report while it is
    less than 3 months old, and never beyond 3 months after the report stopped being current.
    """
    current_until = plus_months(period_end, rules.current_months)
    limit = plus_months(period_end, rules.current_months + rules.relief_months)
    statement = latest_statement(statements, period_end, on=on)
    relief_until = None
    if statement:
        carried = min(limit, plus_days(plus_months(statement.stated_on, rules.statement_months), -1))
        relief_until = carried if carried > current_until else None
    if on <= current_until:
        state = CurrencyState.CURRENT
        template = _("The period ended on {end} and counts until {until}.")
        reason = because(template, end=period_end, until=current_until)
    elif statement and relief_until and on <= relief_until:
        state = CurrencyState.AWAITING_SUCCESSOR
        reason = _awaiting(statement, current_until, relief_until)
    else:
        state = CurrencyState.OUT_OF_POLICY
        reason = _out_of_policy(statement, period_end, current_until, limit, on)
    return Currency(
        state=state,
        period_end=period_end,
        current_until=current_until,
        relief_limit=limit,
        relief_until=relief_until,
        statement=statement if relief_until else None,
        reason=reason,
    )


def earliest_still_within(on: date, months: int) -> date:
    """The earliest day whose `months` last until `on` or longer: day + months ≥ on.

    For asking a database which reports are current on `on`. Counting back from `on` is a day off around the ends
    of months: 29 Feb 2024 − 12 = 28 Feb 2023, whose 12 months end on 28 Feb 2024.
    """
    day = plus_months(on, -months)
    while plus_months(day, months) < on:
        day = plus_days(day, 1)
    return day


def latest_statement(statements: Iterable[SuccessorStated], period_end: date, *, on: date) -> SuccessorStated | None:
    """The vendor's last word, up to `on`, on the report after the one whose period ended on `period_end`."""
    named = [said for said in statements if said.stated_on <= on and said.period_end > period_end]
    return max(named, key=lambda said: said.stated_on, default=None)


def _awaiting(statement: SuccessorStated, current_until: date, relief_until: date) -> Reason:
    template = _(
        "The report stopped counting on {until}. The next one, {start} – {end}, is expected on {expected} "
        "(in writing on {stated}): awaiting successor until {relief}."
    )
    return because(
        template,
        until=current_until,
        start=statement.period_start,
        end=statement.period_end,
        expected=statement.expected_on,
        stated=statement.stated_on,
        relief=relief_until,
    )


def _out_of_policy(
    statement: SuccessorStated | None, period_end: date, current_until: date, limit: date, on: date
) -> Reason:
    if on > limit:
        template = _("The period ended on {end} and counted until {until}; its successor was awaited until {limit}.")
        return because(template, end=period_end, until=current_until, limit=limit)
    if statement:
        template = _(
            "The period ended on {end} and counted until {until}. What the vendor wrote on {stated} about "
            "the next report is too old. Ask for a new statement."
        )
        return because(template, end=period_end, until=current_until, stated=statement.stated_on)
    template = _(
        "The period ended on {end} and counted until {until}. The vendor has not said in writing when "
        "the next report comes. Ask for a statement."
    )
    return because(template, end=period_end, until=current_until)


def next_report(
    *,
    period_start: date,
    period_end: date,
    report_date: date | None,
    statement: SuccessorStated | None = None,
    rules: CurrencyRules = DEFAULT_RULES,
) -> NextReport:
    """The report that follows this one. The vendor's own statement goes before our reckoning.

    Reckoned: the next period starts the day after this one and has as many months; the report comes as long
    after it as this one did (`report_date` − `period_end`), 60 days when that is unknown.
    """
    if statement:
        template = _("The vendor wrote on {stated}: {start} – {end}, expected on {expected}.")
        return NextReport(
            period_start=statement.period_start,
            period_end=statement.period_end,
            expected_on=statement.expected_on,
            stated=True,
            reason=because(
                template,
                stated=statement.stated_on,
                start=statement.period_start,
                end=statement.period_end,
                expected=statement.expected_on,
            ),
        )
    start = plus_days(period_end, 1)
    months = whole_months(period_start, period_end)
    length = days_in(period_start, period_end)
    end = plus_days(plus_months(start, months), -1) if months else plus_days(start, length - 1)
    if report_date:
        lag = (report_date - period_end).days
        template = _("The last report came {lag} days after its period. The next period ends on {end}.")
    else:
        lag = rules.unknown_lag_days
        template = _("The next period ends on {end}. {lag} days are allowed: how long reports take is unknown.")
    return NextReport(
        period_start=start,
        period_end=end,
        expected_on=plus_days(end, lag),
        stated=False,
        reason=because(template, lag=lag, end=end),
    )


def impossible_statement(statement: SuccessorStated, *, period_end: date, on: date) -> list[tuple[str, Reason]]:
    """What cannot be true of a statement about the report after `period_end`: (field, what is wrong).

    The next period may overlap the one on file, but has to end after it. Of dates that hang together the first
    wrong one is named.
    """
    start, end, expected, stated = (
        statement.period_start,
        statement.period_end,
        statement.expected_on,
        statement.stated_on,
    )
    found = []
    if stated > on:
        found.append(("stated_on", because(_("{day} has not come yet. Take the date of the letter."), day=stated)))
    if end < start:
        template = _("The next period ends on {end}, before it starts on {start}. Check both dates.")
        found.append(("period_end", because(template, start=start, end=end)))
    elif end <= period_end:
        template = _("The next period ends on {end}, not after the one on file, {before}. Check the year.")
        found.append(("period_end", because(template, end=end, before=period_end)))
    elif end > plus_months(period_end, FARTHEST_MONTHS):
        template = _("The next period ends on {end}, over {months} months after the one on file. Check the year.")
        found.append(("period_end", because(template, end=end, months=FARTHEST_MONTHS)))
    elif expected < end:
        template = _("The next report is expected on {day}, before its period ends on {end}. Check both dates.")
        found.append(("expected_on", because(template, day=expected, end=end)))
    elif (expected - end).days > FARTHEST_LAG_DAYS:
        template = _("The next report is expected on {day}, over a year after its period. Check the year.")
        found.append(("expected_on", because(template, day=expected)))
    return found
