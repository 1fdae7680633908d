"""The outlook of one described system: which days are covered, how long that counts, what to ask for. Pure.

It joins the two measures of DESIGN.md without mixing them: coverage (`coverage.py`) is a fact about each day,
currency (`currency.py`) is policy. Every answer comes with its reason as a sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vendors.calendar.days import plus_days, plus_months
from vendors.reports.coverage import BRIDGE_MONTHS, AuditPeriod, BridgeLetter, DayKind, Stretch, coverage, days_of
from vendors.reports.currency import (
    DEFAULT_RULES,
    Currency,
    CurrencyRules,
    NextReport,
    SuccessorStated,
    currency_of,
    latest_statement,
    next_report,
)
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _
from vendors.reports.terms import in_days

# The days of procurement.renewals: a date is asked for 60 days before the report stops counting, and again
# 14 days before the vendor's last word on it is too old.
ASK_DATE_BEFORE_DAYS = 60
ASK_AGAIN_BEFORE_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class ReportOnFile:
    """One accepted Type II report of the system, and what the vendor wrote about the time after it."""

    start: date
    end: date
    report_date: date | None = None
    letters: tuple[BridgeLetter, ...] = ()
    statements: tuple[SuccessorStated, ...] = ()


class Wanted(StrEnum):
    NEXT_REPORT = "next_report"
    SUCCESSOR_DATE = "successor_date"
    BRIDGE_LETTER = "bridge_letter"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What to ask the vendor for, the first day on which it can answer, and why."""

    what: Wanted
    from_day: date
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Everything the dates say about one system, as seen on one day.

    stretches  from the first day of the first period to the end of the newest, or to the day asked for if later
    currency   how the newest report counts; `current_until` and its reason

    What a row of a list does not show is worked out where it is asked for.
    """

    on: date
    rules: CurrencyRules
    newest: ReportOnFile
    stretches: tuple[Stretch, ...]
    currency: Currency

    @property
    def awaiting(self) -> Reason:
        """Why its successor is awaited until `currency.relief_until`, or why it is not."""
        return _awaiting(self.currency)

    @property
    def following(self) -> NextReport:
        """The report that comes next, when it is expected, and how that is known."""
        return next_report(
            period_start=self.newest.start,
            period_end=self.newest.end,
            report_date=self.newest.report_date,
            statement=latest_statement(self.newest.statements, self.newest.end, on=self.on),
            rules=self.rules,
        )

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What to ask for, by the day from which."""
        following = self.following
        asks = (
            _ask_report(self.currency, following),
            _ask_date(self.currency, following, self.on),
            _ask_letter(self.newest, self.on),
        )
        return tuple(sorted((ask for ask in asks if ask), key=lambda ask: ask.from_day))

    def days(self, kind: DayKind) -> int:
        return days_of(self.stretches, kind)

    @property
    def days_reason(self) -> Reason:
        """How the days since the first period began divide."""
        template = _("Of the days from {start} to {end}, {covered} are covered, {bridged} bridged, {gap} a gap.")
        return because(
            template,
            start=self.stretches[0].start,
            end=self.stretches[-1].end,
            covered=self.days(DayKind.COVERED),
            bridged=self.days(DayKind.BRIDGED),
            gap=self.days(DayKind.GAP),
        )

    @property
    def unreported(self) -> Stretch | None:
        """The gap that is still open: days after the newest period of which no report speaks yet."""
        last = self.stretches[-1]
        return last if last.kind is DayKind.GAP else None


def outlook_of(reports: Iterable[ReportOnFile], *, on: date, rules: CurrencyRules = DEFAULT_RULES) -> Outlook:
    """The outlook of a system with these accepted reports, in any order, as seen on the day `on`.

    The report whose period ends last is the newest; what the vendor wrote after an earlier one names no successor
    any more. Raises ValueError without a report: there is nothing to look out from.
    """
    on_file = sorted(reports, key=lambda report: (report.end, report.start))
    if not on_file:
        raise ValueError("an outlook needs an accepted report")
    newest = on_file[-1]
    stretches = coverage(
        [AuditPeriod(report.start, report.end) for report in on_file],
        [letter for report in on_file for letter in report.letters],
        first=min(report.start for report in on_file),
        last=max(on, newest.end),
    )
    return Outlook(
        on=on,
        rules=rules,
        newest=newest,
        stretches=stretches,
        currency=currency_of(newest.end, newest.statements, on=on, rules=rules),
    )


def _awaiting(currency: Currency) -> Reason:
    if currency.relief_until and currency.statement:
        template = _("The vendor named the next report on {stated}: after {until} it is awaited until {relief}.")
        return because(
            template,
            stated=currency.statement.stated_on,
            until=currency.current_until,
            relief=currency.relief_until,
        )
    template = _("No statement of the vendor carries it beyond {until}; one could until {limit} at most.")
    return because(template, until=currency.current_until, limit=currency.relief_limit)


def _ask_report(currency: Currency, following: NextReport) -> Ask:
    late = (following.expected_on - currency.current_until).days
    if late > 0:
        template = _(
            "Its period is over on {end}. It is expected on {expected}, {late} after the one on file stops counting."
        )
    else:
        template = _("Its period is over on {end}. It is expected on {expected}, while the one on file still counts.")
    reason = because(template, end=following.period_end, expected=following.expected_on, late=in_days(abs(late)))
    return Ask(what=Wanted.NEXT_REPORT, from_day=following.period_end, reason=reason)


def _ask_date(currency: Currency, following: NextReport, on: date) -> Ask | None:
    """A dated statement carries a standing approval from the end of currency to the next report (DESIGN.md)."""
    carried_to = min(following.expected_on, currency.relief_limit)
    if carried_to <= currency.counts_until or on > currency.relief_limit:
        return None
    if currency.statement and currency.relief_until:
        template = _("What the vendor wrote on {stated} carries the report until {relief}; the next comes {expected}.")
        reason = because(
            template,
            stated=currency.statement.stated_on,
            relief=currency.relief_until,
            expected=following.expected_on,
        )
        from_day = plus_days(currency.relief_until, -ASK_AGAIN_BEFORE_DAYS)
        return Ask(what=Wanted.SUCCESSOR_DATE, from_day=from_day, reason=reason)
    template = _(
        "The report on file stops counting on {until}, and the next is expected on {expected}. "
        "Named in writing, it is awaited until {limit} at most."
    )
    reason = because(
        template, until=currency.current_until, expected=following.expected_on, limit=currency.relief_limit
    )
    from_day = plus_days(currency.current_until, -ASK_DATE_BEFORE_DAYS)
    return Ask(what=Wanted.SUCCESSOR_DATE, from_day=from_day, reason=reason)


def _ask_letter(newest: ReportOnFile, on: date) -> Ask | None:
    """A letter for the first day after the newest period of which no letter speaks, while one can bridge it."""
    after, limit = plus_days(newest.end, 1), plus_months(newest.end, BRIDGE_MONTHS)
    bridgeable = coverage([AuditPeriod(newest.start, newest.end)], newest.letters, first=after, last=limit)
    silent = [part.start for part in bridgeable if part.kind is DayKind.GAP]
    if not silent:
        return None
    template = _("No audit period speaks for the days from {day} yet. A bridge letter can, until {limit} at most.")
    if on > limit:
        template = _(
            "No audit period speaks for the days from {day} yet. A bridge letter can only for those until {limit}; for "
            "the days after them the next report has to."
        )
    return Ask(what=Wanted.BRIDGE_LETTER, from_day=silent[0], reason=because(template, day=silent[0], limit=limit))
