"""Coverage timelines as geometry (LOOK.md, section 5): rectangles and lines in a box, no style.

Large on a vendor's page, small in a row of the vendor list and on a phone, from the same outlook. A shape starts on
its first day and ends on its last. The picture's words say every interval too.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from vendors.calendar.days import days_in, plus_days, plus_months
from vendors.calendar.words import written
from vendors.reports.coverage import DayKind, Stretch
from vendors.reports.outlook import Outlook
from vendors.reports.systems import System, letters_of

LEFT, WIDTH = 120.0, 780.0
STRIP_WIDTH = 320.0
NARROWEST = 2.0
LANE = 32  # how far the lower lanes move to make room for the one of bridge letters
LOOKS = {DayKind.COVERED: "covered", DayKind.BRIDGED: "bridged", DayKind.GAP: "gap"}
TONES = {"current": "ok", "awaiting_successor": "warn", "out_of_policy": "bad"}
UNREPORTED = "unreported"
WORDS = {
    "covered": gettext_lazy("covered"),
    "bridged": gettext_lazy("bridged"),
    "gap": gettext_lazy("gap"),
    UNREPORTED: gettext_lazy("gap, no report yet"),
}


@dataclass(frozen=True)
class Bar:
    """Days in a row: where they stand, how they look, what they say."""

    look: str
    x: float
    width: float
    label: str = ""

    @property
    def text_x(self) -> float:
        """Where its label begins."""
        return round(self.x + 8, 1)

    @property
    def end_x(self) -> float:
        return round(self.x + self.width, 1)


@dataclass(frozen=True)
class Tick:
    x: float
    label: str
    is_year: bool
    year: int

    @property
    def text_x(self) -> float:
        return round(self.x + 4, 1)


@dataclass(frozen=True)
class Counting:
    """The line from the newest period's end to the last day it is current, and the relief after it."""

    from_x: float
    to_x: float
    relief_x: float | None
    until: date
    tone: str

    @property
    def label_anchor(self) -> str:
        """The date stands below the end of the line, and stays inside the box."""
        return "end" if self.to_x > LEFT + WIDTH - 50 else "middle"

    @property
    def relief_width(self) -> float:
        return round(self.relief_x - self.to_x, 1) if self.relief_x else 0.0


@dataclass(frozen=True)
class IntervalRow:
    """One line of the table that says what the picture shows."""

    look: str
    word: str
    start: date
    end: date
    days: int


@dataclass(frozen=True)
class Timeline:
    periods: tuple[Bar, ...]
    letters: tuple[Bar, ...]
    days: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float
    counting: Counting
    intervals: tuple[IntervalRow, ...]
    words: str

    @property
    def today_text_x(self) -> float:
        return round(self.today_x + 4, 1)

    @property
    def days_y(self) -> int:
        """Where the lane of days begins: lower where there are bridge letters above it."""
        return 74 + (LANE if self.letters else 0)

    @property
    def counts_y(self) -> int:
        return self.days_y + 49

    @property
    def height(self) -> int:
        return self.days_y + 76


@dataclass(frozen=True)
class Strip:
    """The small one, for a row of a list; all strips of a list share one scale of three calendar years."""

    name: str
    scale: "Scale"
    days: tuple[Bar, ...]
    today_x: float
    counting: Counting
    words: str


def timeline_of(system: System, *, on: date) -> Timeline:
    """The picture of one system around the day `on`."""
    outlook = system.outlook
    first = min(outlook.stretches[0].start, plus_months(on, -24)).replace(day=1)
    scale = Scale(first, max(outlook.currency.relief_limit, plus_months(on, 6)), LEFT, WIDTH)
    return Timeline(
        periods=tuple(
            scale.bar(
                "cov" if report is system.newest else "cov past",
                report.period_start,
                report.period_end,
                f"{report.get_type_display()} · {report.get_opinion_display()}",
            )
            for report in reversed(system.reports)
            if report.period_start and report.period_end
        ),
        letters=tuple(
            scale.bar("bridged", letter.starts or plus_days(letter.period_end, 1), letter.until)
            for report in system.reports
            for letter in letters_of(report)
        ),
        days=tuple(scale.bar(_look(outlook, part), part.start, part.end, _days(part)) for part in outlook.stretches),
        ticks=scale.ticks(),
        today_x=scale.x(on),
        counting=_counting(outlook, scale),
        intervals=intervals_of(outlook),
        words=words_of(outlook),
    )


def strip_of(system: System, *, on: date) -> Strip:
    """The system's row in a list."""
    return _strip(system.name, system.outlook, on, get_language())


@lru_cache(maxsize=2048)  # the same dates make the same picture, in each language; the dates are read anew each time
def _strip(name: str, outlook: Outlook, on: date, _language: str | None) -> Strip:
    scale = strip_scale(on)
    bars = (scale.bar(_look(outlook, part), part.start, part.end) for part in outlook.stretches)
    return Strip(
        name=name,
        scale=scale,
        days=tuple(bar for bar in bars if bar.width),
        today_x=scale.x(on),
        counting=_counting(outlook, scale),
        words=words_of(outlook),
    )


@lru_cache(maxsize=4)
def strip_scale(on: date) -> "Scale":
    """Last year, this year and the next one."""
    return Scale(date(on.year - 1, 1, 1), date(on.year + 1, 12, 31), 0.0, STRIP_WIDTH)


def intervals_of(outlook: Outlook) -> tuple[IntervalRow, ...]:
    """Every interval in words, the newest last; what is drawn dotted says that no report speaks of it yet."""
    return tuple(
        IntervalRow(_look(outlook, part), _word(_look(outlook, part)), part.start, part.end, part.days)
        for part in outlook.stretches
    )


def words_of(outlook: Outlook) -> str:
    """The picture for those who do not see it: "covered 1 Jul 2025 – 30 Jun 2026 (365); counts until 30 Jun 2027"."""
    parts = [f"{row.word} {written(row.start)} – {written(row.end)} ({row.days})" for row in intervals_of(outlook)]
    parts.append(_("counts until %(day)s") % {"day": written(outlook.currency.current_until)})
    if outlook.currency.relief_until:
        parts.append(_("its successor is awaited until %(day)s") % {"day": written(outlook.currency.relief_until)})
    return "; ".join(parts)


class Scale:
    """Days to units, left to right; what lies outside is cut off."""

    def __init__(self, first: date, last: date, left: float, width: float) -> None:
        self.first, self.last, self.left, self.width = first, last, left, width
        self.unit = width / days_in(first, last)

    def x(self, day: date) -> float:
        shown = min(max(day, self.first), self.last)
        return round(self.left + (shown - self.first).days * self.unit, 1)

    def bar(self, look: str, start: date, end: date, label: str = "") -> Bar:
        """A bar without width lies outside the box."""
        if end < self.first or start > self.last:
            return Bar(look, self.x(start), 0.0)
        begun, ended = max(start, self.first), min(end, self.last)
        return Bar(look, self.x(begun), round(max(NARROWEST, days_in(begun, ended) * self.unit), 1), label)

    @cached_property
    def year_marks(self) -> str:
        """In a strip, one path for the first days of all years."""
        return "".join(f"M{tick.x} 1V23" for tick in self.ticks() if tick.is_year)

    @cached_property
    def quarter_marks(self) -> str:
        """In a strip, one path for the first days of the other quarters."""
        return "".join(f"M{tick.x} 14V23" for tick in self.ticks() if not tick.is_year)

    def ticks(self) -> tuple[Tick, ...]:
        """The first day of each quarter; January carries its year."""
        found = []
        day = self.first
        while day <= self.last:
            if day.day == 1 and day.month in {1, 4, 7, 10}:
                is_year = day.month == 1
                label = written(day, "M Y") if is_year else written(day, "M") if day.month == 7 else ""
                found.append(Tick(self.x(day), label, is_year, day.year))
            day = plus_months(day.replace(day=1), 1)
        return tuple(found)


def _counting(outlook: Outlook, scale: Scale) -> Counting:
    currency = outlook.currency
    return Counting(
        from_x=scale.x(currency.period_end),
        to_x=scale.x(currency.current_until),
        relief_x=scale.x(currency.relief_until) if currency.relief_until else None,
        until=currency.current_until,
        tone=TONES[currency.state.value],
    )


def _look(outlook: Outlook, part: Stretch) -> str:
    return UNREPORTED if part == outlook.unreported else LOOKS[part.kind]


def _word(look: str) -> str:
    return str(WORDS[look])


def _days(part: Stretch) -> str:
    if part.kind is DayKind.GAP:
        return _("gap %(days)s days") % {"days": part.days}
    return _("%(days)s days") % {"days": part.days}
