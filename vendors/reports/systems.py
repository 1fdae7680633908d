"""The described systems of a vendor, each with its own reports and outlook: what one covers, another does not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vendors.reports.coverage import BridgeLetter
from vendors.reports.currency import CurrencyRules, SuccessorStated
from vendors.reports.models import Report, SuccessorStatement
from vendors.reports.outlook import Outlook, ReportOnFile, outlook_of


@dataclass(frozen=True)
class System:
    """A described system by the name its newest report gives it, its accepted Type II reports (the newest first)."""

    name: str
    reports: tuple[Report, ...]
    outlook: Outlook

    @property
    def newest(self) -> Report:
        return self.reports[0]


def systems_of(reports: Iterable[Report], *, on: date, rules: CurrencyRules) -> list[System]:
    """One vendor's accepted Type II reports (`accepted_type_2`) by described system, the newest period first.

    Reads `successor_statements` of each: prefetch them for more than one vendor.
    """
    by_name: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=_by_period, reverse=True):
        by_name[system_key(report.system_name)].append(report)
    return [
        System(
            found[0].system_name,
            tuple(found),
            outlook_of([on_file(report) for report in found], on=on, rules=rules),
        )
        for found in by_name.values()
    ]


def system_key(name: str) -> str:
    """A system's name without what differs from report to report: capitals and spaces."""
    return " ".join(name.casefold().split())


def on_file(report: Report) -> ReportOnFile:
    """An accepted Type II report as the pure rules read it."""
    assert report.period_start is not None
    assert report.period_end is not None
    return ReportOnFile(
        start=report.period_start,
        end=report.period_end,
        report_date=report.report_date,
        letters=tuple(letters_of(report)),
        statements=tuple(statements_of(report)),
    )


def statements_of(report: Report) -> list[SuccessorStated]:
    """What the vendor wrote about the report that follows this one, and did not withdraw."""
    return [
        SuccessorStated(
            period_start=said.period_start,
            period_end=said.period_end,
            expected_on=said.expected_on,
            stated_on=said.stated_on,
            stated_by=said.stated_by,
        )
        for said in _standing(report)
        if said.period_start and said.period_end and said.expected_on
    ]


def letters_of(report: Report) -> list[BridgeLetter]:
    """The bridge letters for the days after this report's period."""
    assert report.period_end is not None
    return [
        BridgeLetter(period_end=report.period_end, until=said.bridges_until, starts=said.bridges_from)
        for said in _standing(report)
        if said.bridges_until
    ]


def _standing(report: Report) -> list[SuccessorStatement]:
    return [said for said in report.successor_statements.all() if said.is_standing]


def _by_period(report: Report) -> tuple[date, date, int]:
    assert report.period_start is not None
    assert report.period_end is not None
    return report.period_end, report.period_start, report.pk
