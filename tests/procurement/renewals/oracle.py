"""What must leave when, worked out a second time and in another way: from the sentences of issue 2, story item 8.

It shares no code with the product: months are counted here, and outages are applied to days, not to scans.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

ONE = timedelta(days=1)


class Expected(NamedTuple):
    """One reminder: to whom (first name), its name, and the first day on which it may leave."""

    who: str
    name: str
    due: date


@dataclass(frozen=True)
class World:
    """One vendor that never answers. Its report covers the twelve months to `period_end` and came 45 days later."""

    period_end: date
    decided_on: date
    nda_until: date
    condition_due: date

    @property
    def period_start(self) -> date:
        return months_on(self.period_end + ONE, -12)

    @property
    def approved_until(self) -> date:
        return min(months_on(self.period_end, 12), self.nda_until)


def months_on(day: date, count: int) -> date:
    """The same day so many months on, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def series_of(world: World) -> list[list[Expected]]:
    """Every reminder of that world. Of one list at most one leaves at a time: the latest whose day has passed."""
    return [
        [Expected("Adaeze", f"owner-{n}", world.approved_until - n * ONE) for n in (90, 60, 30, 7, 0)],
        to_the_vendor(world),
        [Expected("Adaeze", "owner-escalation", escalation(world))],
        [Expected("Ines", f"before-{n}", world.nda_until - n * ONE) for n in (60, 30, 7, 0)],
        [
            *(Expected("Adaeze", f"before-{n}", world.condition_due - n * ONE) for n in (14, 3, 0)),
            *(Expected("Adaeze", f"week-{n}", world.condition_due + n * 7 * ONE) for n in (1, 2, 3)),
        ],
        [Expected("Tomasz", "escalation", world.condition_due + 28 * ONE)],
    ]


def to_the_vendor(world: World) -> list[Expected]:
    """One mail a day at most; a request goes before a chase, a chase before a countdown, that before the question."""
    current, relief = months_on(world.period_end, 12), months_on(world.period_end, 15)
    over = months_on(world.period_end + ONE, 12) - ONE
    expected = over + 45 * ONE
    by_day: dict[date, str] = {current - 60 * ONE: "vendor-ask-date"}
    by_day |= {current - n * ONE: f"vendor-before-{n}" for n in (14, 3, 0)}
    by_day |= {expected + n * ONE: f"vendor-overdue-{n}" for n in (7, 21)}
    by_day[over] = "vendor-ask-report"
    by_day = {day: name for day, name in by_day.items() if day <= relief}
    for week in (1, 2, 3, 4):
        day = weekly_from(world) + week * 7 * ONE
        if all(abs((day - other).days) > 3 for other in by_day if not by_day[other].startswith("vendor-weekly")):
            by_day[day] = f"vendor-weekly-{week}"
    return [Expected("Jonah", name, day) for day, name in by_day.items()]


def weekly_from(world: World) -> date:
    """When everything dated was tried, and early enough that the fourth falls no later than the end of the relief."""
    expected = months_on(world.period_end + ONE, 12) - ONE + 45 * ONE
    tried = max(months_on(world.period_end, 12), expected + 21 * ONE)
    return min(tried, months_on(world.period_end, 15) - 28 * ONE)


def escalation(world: World) -> date:
    return min(weekly_from(world) + 35 * ONE, months_on(world.period_end, 15))


def leaving(world: World, scans: Iterable[tuple[date, datetime]]) -> tuple[dict[Expected, datetime], set[Expected]]:
    """What leaves at which moment, and what is set aside, when the scans run at these moments for these days.

    After the end of the NDA nobody is asked for a report that could not be opened, nor told that it has not come.
    """
    moments = list(scans)
    sent: dict[Expected, datetime] = {}
    set_aside: set[Expected] = set()
    for series in series_of(world):
        together: dict[datetime, list[Expected]] = {}
        for one in series:
            on, found = next(((day, moment) for day, moment in moments if day >= one.due), (None, None))
            about_report = one.name.startswith("vendor-") or one.name == "owner-escalation"
            if on is None or found is None or (about_report and on > world.nda_until):
                continue
            if one.due > world.decided_on:
                together.setdefault(found, []).append(one)
        for moment, due in together.items():
            *earlier, latest = sorted(due, key=lambda one: one.due)
            sent[latest] = moment
            set_aside.update(earlier)
    return sent, set_aside
