"""The described systems of a vendor, each with its own reports and outlook: what one covers, another does not."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
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


def systems_of(
    reports: Iterable[Report],
    *,
    on: date,
    rules: CurrencyRules,
    said: Mapping[int, Iterable[SuccessorStatement]] | None = None,
) -> list[System]:
    """One vendor's accepted Type II reports (`accepted_type_2`) by described system, the newest period first.

    said  what the vendor wrote after each report, by its id, where a list has read that for many vendors at once
    """
    by_name: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=_by_period, reverse=True):
        by_name[system_key(report.system_name)].append(report)
    return [
        System(
            found[0].system_name,
            tuple(found),
            outlook_of(
                [
                    on_file(report, report.successor_statements.all() if said is None else said.get(report.pk, ()))
                    for report in found
                ],
                on=on,
                rules=rules,
            ),
        )
        for found in by_name.values()
    ]


def system_key(name: str) -> str:
    """A system's name without what differs from report to report: capitals and spaces."""
    return " ".join(name.casefold().split())


def on_file(report: Report, said: Iterable[SuccessorStatement]) -> ReportOnFile:
    """An accepted Type II report, and what was said after it, as the pure rules read them."""
    assert report.period_start is not None
    assert report.period_end is not None
    standing = [one for one in said if one.is_standing]
    return ReportOnFile(
        start=report.period_start,
        end=report.period_end,
        report_date=report.report_date,
        letters=tuple(_letters(report.period_end, standing)),
        statements=tuple(stated(standing)),
    )


def statements_of(report: Report) -> list[SuccessorStated]:
    """What the vendor wrote about the report that follows this one, and did not withdraw."""
    return stated(report.successor_statements.all())


def stated(said: Iterable[SuccessorStatement]) -> list[SuccessorStated]:
    """Those of these statements that name a next report, and were not withdrawn."""
    return [
        SuccessorStated(
            period_start=one.period_start,
            period_end=one.period_end,
            expected_on=one.expected_on,
            stated_on=one.stated_on,
            stated_by=one.stated_by,
        )
        for one in said
        if one.is_standing and one.period_start and one.period_end and one.expected_on
    ]


def letters_of(report: Report) -> list[BridgeLetter]:
    """The bridge letters for the days after this report's period."""
    assert report.period_end is not None
    return _letters(report.period_end, [one for one in report.successor_statements.all() if one.is_standing])


def said_after(report_ids: Iterable[int]) -> dict[int, list[SuccessorStatement]]:
    """What vendors wrote after these reports, by the report's id, in one query. Rows without their files and people."""
    found: dict[int, list[SuccessorStatement]] = defaultdict(list)
    rows = SuccessorStatement.objects.filter(report__in=list(report_ids))
    for row in rows.defer("request", "file", "withdrawn_by", "withdrawn_reason"):
        found[row.report_id].append(row)
    return found


def _letters(period_end: date, standing: Iterable[SuccessorStatement]) -> list[BridgeLetter]:
    return [
        BridgeLetter(period_end=period_end, until=said.bridges_until, starts=said.bridges_from)
        for said in standing
        if said.bridges_until
    ]


def _by_period(report: Report) -> tuple[date, date, int]:
    assert report.period_start is not None
    assert report.period_end is not None
    return report.period_end, report.period_start, report.pk
