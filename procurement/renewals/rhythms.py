"""The offsets as data: how many days before and after a date somebody is reminded, by subject and tier. Pure.

The defaults are those of issue 2, story item 8; tier 3 hears less. An administrator issues other versions. An offset
that a version adds counts from the day of its issue: what it would have sent before is nobody's reminder. An offset
that stays keeps its name, so that what was sent under an earlier version is not sent again, and what is due still goes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

TIERS = (1, 2, 3)
FARTHEST_DAYS = 365
MOST_OFFSETS = 8
MOST_WEEKS = 12
MOST_AT_ONCE = 10_000

Rows = dict[str, Any]


class Series(StrEnum):
    """What somebody is reminded of."""

    APPROVAL = "approval"
    RELIEF = "relief"
    REPORT = "report"
    REQUEST = "report-request"
    NDA = "nda"
    CONDITION = "condition"
    EXEMPTION = "exemption"
    FINDING = "finding"
    QUESTIONNAIRE = "questionnaire"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """The offsets of one series and tier, in days.

    before      so many days before the date; 0 is the day itself
    after       so many days after the date on which something was expected
    weekly      how many times weekly after that; a week later it is escalated
    ask_before  for a report: when the vendor is asked for the date of its next one
    since       offsets that a later version added, with the day from which they count
    """

    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    weekly: int = 0
    ask_before: int = 60
    quiet_days: int = 3
    since: Mapping[str, date] = field(default_factory=dict, hash=False)

    def counts(self, offset: str, due: date) -> bool:
        """Whether a reminder at this offset ("before-90", "after-7", "week-2") may be due on that day."""
        return offset not in self.since or due >= self.since[offset]

    @property
    def offsets(self) -> frozenset[str]:
        return frozenset(
            [
                *(f"before-{days}" for days in self.before),
                *(f"after-{days}" for days in self.after),
                *(f"week-{week}" for week in range(1, self.weekly + 1)),
            ]
        )


# The defaults, by series: tiers 1 and 2, then tier 3.
DEFAULTS: dict[Series, tuple[Rhythm, Rhythm]] = {
    Series.APPROVAL: (Rhythm(before=(90, 60, 30, 7, 0)), Rhythm(before=(60, 30, 0))),
    Series.RELIEF: (Rhythm(before=(7, 0)), Rhythm(before=(7, 0))),
    Series.REPORT: (
        Rhythm(before=(14, 3, 0), after=(7, 21), weekly=4, ask_before=60),
        Rhythm(before=(14, 0), after=(14,), weekly=2, ask_before=60),
    ),
    Series.REQUEST: (Rhythm(before=(7, 3, 0), weekly=4), Rhythm(before=(3, 0), weekly=2)),
    Series.NDA: (Rhythm(before=(60, 30, 7, 0)), Rhythm(before=(30, 0))),
    Series.CONDITION: (Rhythm(before=(14, 3, 0), weekly=3), Rhythm(before=(7, 0), weekly=3)),
    Series.EXEMPTION: (Rhythm(before=(60, 30, 7, 0)), Rhythm(before=(30, 0))),
    Series.FINDING: (Rhythm(before=(14, 3, 0), weekly=3), Rhythm(before=(7, 0), weekly=3)),
    Series.QUESTIONNAIRE: (Rhythm(before=(7, 3, 0), weekly=4), Rhythm(before=(3, 0), weekly=2)),
    Series.COLLEAGUE: (Rhythm(before=(3, 0), weekly=1), Rhythm(before=(0,), weekly=1)),
}
DEFAULT_MOST_AT_ONCE = 50


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One version: a rhythm for each series and tier, and how many mails may leave on a day by themselves."""

    number: int
    rhythms: Mapping[tuple[str, int], Rhythm]
    most_at_once: int = DEFAULT_MOST_AT_ONCE

    def rhythm(self, series: Series, tier: int | None) -> Rhythm:
        """The rhythm of that series; the closest one for what has no tier."""
        return self.rhythms[series.value, tier or TIERS[0]]

    def farthest_before(self, series: Series) -> int:
        """The earliest reminder of any tier, in days before the date."""
        return max((days for tier in TIERS for days in self.rhythm(series, tier).before), default=0)


def columns_of(series: Series) -> tuple[str, ...]:
    """Which numbers a series has; what is none of them is not asked for and stays as it is."""
    if series is Series.REPORT:
        return ("ask_before", "before", "after", "weekly")
    return ("before", "weekly") if DEFAULTS[series][0].weekly else ("before",)


def default_plan() -> Plan:
    return Plan(
        number=1,
        rhythms={
            (series.value, tier): least if tier == TIERS[-1] else most
            for series, (most, least) in DEFAULTS.items()
            for tier in TIERS
        },
    )


def load(number: int, rows: Rows) -> Plan:
    """The plan of stored rows. A series that came with a later release has its defaults."""
    known = default_plan()
    stored = {
        (series, int(tier)): _rhythm_of(row) for series, tiers in rows["series"].items() for tier, row in tiers.items()
    }
    return Plan(number=number, rhythms={**known.rhythms, **stored}, most_at_once=int(rows["most_at_once"]))


def dump(plan: Plan) -> Rows:
    """The rows a version stores."""
    series: Rows = {}
    for (name, tier), rhythm in plan.rhythms.items():
        series.setdefault(name, {})[str(tier)] = {
            "before": list(rhythm.before),
            "after": list(rhythm.after),
            "weekly": rhythm.weekly,
            "ask_before": rhythm.ask_before,
            "since": {offset: day.isoformat() for offset, day in rhythm.since.items()},
        }
    return {"series": series, "most_at_once": plan.most_at_once}


def changed(series: Series, old: Rhythm, new: Rhythm, *, on: date) -> Rhythm:
    """The new rhythm as issued on that day, with the offsets that count only from then on.

    The weekly mails about a report are counted from a day that follows from the others: where these change, it moves,
    so that all of them begin anew the day after.
    """
    since = {offset: day for offset, day in old.since.items() if offset in new.offsets}
    since |= dict.fromkeys(new.offsets - old.offsets, on)
    if series is Series.REPORT and (old.after, old.weekly) != (new.after, new.weekly):
        tomorrow = on + timedelta(days=1)
        since |= {offset: tomorrow for offset in new.offsets if offset.startswith("week-")}
        since["escalation"] = tomorrow
    elif series is Series.REPORT and "escalation" in old.since:
        since["escalation"] = old.since["escalation"]
    return Rhythm(before=new.before, after=new.after, weekly=new.weekly, ask_before=new.ask_before, since=since)


def in_order(offsets: Iterable[int], *, falling: bool) -> tuple[int, ...]:
    """Each offset once, in the order in which their days come."""
    return tuple(sorted(set(offsets), reverse=falling))


def _rhythm_of(row: Mapping[str, Any]) -> Rhythm:
    return Rhythm(
        before=tuple(row["before"]),
        after=tuple(row["after"]),
        weekly=row["weekly"],
        ask_before=row["ask_before"],
        since={offset: date.fromisoformat(day) for offset, day in row["since"].items()},
    )
