"""Coverage: a fact about each day, drawn as a timeline (DESIGN.md, "Two measures"). Pure.

A day is covered inside an accepted Type II period, bridged after it inside a bridge letter, else a gap.
Whether that is enough is another question: `currency.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vendors.calendar.days import days_in, plus_days, plus_months
from vendors.reports.reasons import Reason, because
from vendors.reports.reasons import gettext_noop as _

BRIDGE_MONTHS = 3  # the longest a letter bridges, counted from the end of the period before it
FARTHEST_LETTER_MONTHS = 24  # a letter that speaks for a later day is a slip of the pen


class DayKind(StrEnum):
    COVERED = "covered"
    BRIDGED = "bridged"
    GAP = "gap"


@dataclass(frozen=True)
class AuditPeriod:
    """The period of one accepted Type II report, both ends inclusive."""

    start: date
    end: date


@dataclass(frozen=True)
class BridgeLetter:
    """A letter that speaks for the days after the period that ends on `period_end`, until `until`.

    `starts` is its first day where the letter names one; otherwise it begins the day after the period.
    """

    period_end: date
    until: date
    starts: date | None = None


@dataclass(frozen=True)
class Stretch:
    """Days of one kind in a row, both ends inclusive."""

    kind: DayKind
    start: date
    end: date

    @property
    def days(self) -> int:
        return days_in(self.start, self.end)


def coverage(
    periods: Iterable[AuditPeriod],
    letters: Iterable[BridgeLetter],
    *,
    first: date,
    last: date,
    bridge_months: int = BRIDGE_MONTHS,
) -> tuple[Stretch, ...]:
    """Every day from `first` to `last`, both inclusive, as stretches in order; neighbours differ in kind.

    A letter bridges only days after the period of an accepted report, at most 3 months after its end.
    """
    if last < first:
        return ()
    accepted = tuple(periods)
    bridges = _bridged_periods(accepted, letters, bridge_months)
    edges = {day for period in (*accepted, *bridges) for day in (period.start, plus_days(period.end, 1))}
    starts = sorted({first} | {day for day in edges if first < day <= last})
    ends = [*(plus_days(start, -1) for start in starts[1:]), last]
    stretches: list[Stretch] = []
    for start, end in zip(starts, ends, strict=True):
        kind = _kind_of(start, accepted, bridges)
        begun = stretches.pop().start if stretches and stretches[-1].kind is kind else start
        stretches.append(Stretch(kind, begun, end))
    return tuple(stretches)


def impossible_letter(letter: BridgeLetter) -> list[tuple[str, Reason]]:
    """What cannot be true of a bridge letter: (field, what is wrong). The first wrong date is named."""
    end, limit = letter.period_end, plus_months(letter.period_end, BRIDGE_MONTHS)
    if letter.until <= end:
        template = _("A bridge letter speaks for days after {end}, the end of the last period. Check the year.")
        return [("bridges_until", because(template, end=end))]
    if letter.until > plus_months(end, FARTHEST_LETTER_MONTHS):
        template = _("The letter speaks until {until}, over {months} months after the last period. Check the year.")
        return [("bridges_until", because(template, until=letter.until, months=FARTHEST_LETTER_MONTHS))]
    if letter.starts and letter.starts > letter.until:
        template = _("The letter speaks until {until}, before it starts on {starts}. Check both dates.")
        return [("bridges_from", because(template, until=letter.until, starts=letter.starts))]
    if letter.starts and letter.starts > limit:
        template = _("The letter starts on {starts}. After {limit} no letter bridges: ask for the next report.")
        return [("bridges_from", because(template, starts=letter.starts, limit=limit))]
    return []


def days_of(stretches: Iterable[Stretch], kind: DayKind) -> int:
    return sum(stretch.days for stretch in stretches if stretch.kind is kind)


def _bridged_periods(
    accepted: tuple[AuditPeriod, ...], letters: Iterable[BridgeLetter], bridge_months: int
) -> tuple[AuditPeriod, ...]:
    ends = {period.end for period in accepted}
    bridges = []
    for letter in letters:
        after = plus_days(letter.period_end, 1)
        start = max(letter.starts or after, after)
        end = min(letter.until, plus_months(letter.period_end, bridge_months))
        if letter.period_end in ends and start <= end:
            bridges.append(AuditPeriod(start, end))
    return tuple(bridges)


def _kind_of(day: date, accepted: tuple[AuditPeriod, ...], bridges: tuple[AuditPeriod, ...]) -> DayKind:
    if any(period.start <= day <= period.end for period in accepted):
        return DayKind.COVERED
    if any(bridge.start <= day <= bridge.end for bridge in bridges):
        return DayKind.BRIDGED
    return DayKind.GAP
