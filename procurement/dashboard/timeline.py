"""The coverage timeline as geometry (LOOK.md section 5): rectangles and lines in a box of 900 by 120, no style.

A shape starts on its first day and ends on its last. The picture's words say every interval too.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procurement.policy import queries as policy_queries
from procurement.reviews.queries import statements_of
from vendors.calendar.days import days_in, plus_months
from vendors.reports.coverage import AuditPeriod, BridgeLetter, DayKind, Stretch, coverage
from vendors.reports.currency import currency_of
from vendors.reports.models import Report
from vendors.reports.terms import ReportKind, ReportType

LEFT, WIDTH = 120.0, 780.0
NARROWEST = 2.0


@dataclass(frozen=True)
class Bar:
    """A stretch of days: where it stands, what it is, what it says."""

    kind: str
    x: float
    width: float
    label: str
    days: int

    @property
    def text_x(self) -> float:
        """Where its label begins."""
        return round(self.x + 8, 1)


@dataclass(frozen=True)
class Tick:
    x: float
    label: str
    is_year: bool

    @property
    def text_x(self) -> float:
        return round(self.x + 4, 1)


@dataclass(frozen=True)
class Timeline:
    periods: tuple[Bar, ...]
    days: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float
    counts_from_x: float
    counts_to_x: float
    counts_until: date
    tone: str
    words: str

    @property
    def today_text_x(self) -> float:
        return round(self.today_x + 4, 1)


def timeline_of(reports: list[Report], *, on: date) -> Timeline:
    """The picture of these accepted reports, around the day `on`."""
    type2 = sorted(
        (
            report
            for report in reports
            if report.kind == ReportKind.SOC2 and report.type == ReportType.TYPE2 and report.period_start
        ),
        key=_period_end,
    )
    newest = type2[-1]
    rules = policy_queries.current_policy().currency_rules()
    currency = currency_of(_period_end(newest), statements_of(newest), on=on, rules=rules)
    first = min(_period_start(type2[0]), plus_months(on, -24)).replace(day=1)
    last = max(currency.relief_limit, plus_months(on, 6))
    scale = _Scale(first, last)
    letters = [
        BridgeLetter(period_end=_period_end(report), until=said.bridges_until)
        for report in type2
        for said in report.successor_statements.all()
        if said.bridges_until
    ]
    periods = [AuditPeriod(_period_start(report), _period_end(report)) for report in type2]
    stretches = coverage(periods, letters, first=_period_start(type2[0]), last=max(on, _period_end(newest)))
    return Timeline(
        periods=tuple(
            scale.bar(
                "cov" if report is newest else "cov past",
                _period_start(report),
                _period_end(report),
                f"{report.get_type_display()} · {report.get_opinion_display()}",
            )
            for report in type2
        ),
        days=tuple(scale.bar(stretch.kind.value, stretch.start, stretch.end, _days(stretch)) for stretch in stretches),
        ticks=tuple(scale.ticks()),
        today_x=scale.x(on),
        counts_from_x=scale.x(_period_end(newest)),
        counts_to_x=scale.x(currency.counts_until),
        counts_until=currency.counts_until,
        tone={"current": "ok", "awaiting_successor": "warn"}.get(currency.state.value, "bad"),
        words=_words(stretches, currency.counts_until),
    )


class _Scale:
    """Days to units, left to right."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.unit = WIDTH / days_in(first, last)

    def x(self, day: date) -> float:
        return round(LEFT + (day - self.first).days * self.unit, 1)

    def bar(self, kind: str, start: date, end: date, label: str) -> Bar:
        width = max(NARROWEST, days_in(start, end) * self.unit)
        return Bar(kind, self.x(start), round(width, 1), label, days_in(start, end))

    def ticks(self) -> list[Tick]:
        """The first day of each quarter; January carries its year."""
        found = []
        day = self.first
        while day <= self.last:
            if day.day == 1 and day.month in {1, 4, 7, 10}:
                is_year = day.month == 1
                label = date_format(day, "M Y") if is_year else date_format(day, "M") if day.month == 7 else ""
                found.append(Tick(self.x(day), label, is_year))
            day = plus_months(day.replace(day=1), 1)
        return found


def _days(stretch: Stretch) -> str:
    if stretch.kind is DayKind.GAP:
        return _("gap %(days)s days") % {"days": stretch.days}
    return _("%(days)s days") % {"days": stretch.days}


def _words(stretches: tuple[Stretch, ...], until: date) -> str:
    kinds = {DayKind.COVERED: _("covered"), DayKind.BRIDGED: _("bridged"), DayKind.GAP: _("gap")}
    parts = [
        f"{kinds[stretch.kind]} {_day(stretch.start)} – {_day(stretch.end)} ({stretch.days})" for stretch in stretches
    ]
    return "; ".join([*parts, _("counts until %(day)s") % {"day": _day(until)}])


def _day(day: date) -> str:
    return date_format(day, "j M Y")


def _period_start(report: Report) -> date:
    assert report.period_start is not None
    return report.period_start


def _period_end(report: Report) -> date:
    assert report.period_end is not None
    return report.period_end
