"""What a report says beside the report before it: facts that changed, and rows that are the same, reworded, new, gone.

An accepted report speaks through its recorded facts. One that is still read speaks through what a person recorded so
far, and through the newest reading for the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from vendors.reading.names import folded, same_name
from vendors.reports.comparison import ALIKE, Pair, Row, Tag, compare, same_system
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, recorded_facts
from vendors.reports.facts import Row as RecordedRow
from vendors.reports.models import Report, ReportReading
from vendors.reports.models.readings import ReadingState
from vendors.reports.models.reports import ReportState
from vendors.reports.queries import accepted_type_2
from vendors.reports.read_rows import cuec_row, exception_row, subservice_row, tested_criteria
from vendors.reports.terms import ReportKind, ReportType

REGISTERS = ("exceptions", "cuecs", "subservice")
SAYS_NONE = {"exceptions": "states_no_exceptions", "cuecs": "states_no_cuecs", "subservice": "states_no_subservice"}
TYPES = {1: "type1", 2: "type2"}
NAMES_ALIKE = 0.85  # "Tarnfield Hosting" and "Tarnfield Hosting Services", not "Tarnfield Hosting" and "Harrow Hosting"


@dataclass(frozen=True)
class Matched:
    """A row of a register: what it says now, what it said before, and what became of it."""

    tag: Tag
    earlier: RecordedRow | None
    later: RecordedRow | None


@dataclass(frozen=True)
class SinceLastYear:
    """A report beside the one before it of the same system.

    before, now  all facts of the earlier report, and of this one as far as they are known
    by_reader    something of `now` was read by Countersign and not yet accepted by a person
    registers    the rows of each register by its name (`REGISTERS`), this report's in order, then those gone
    """

    report: Report
    earlier: Report
    before: RecordedFacts
    now: RecordedFacts
    by_reader: bool
    registers: Mapping[str, tuple[Matched, ...]]

    @property
    def changed(self) -> frozenset[str]:
        """Names of the facts that differ; one that is not known yet does not."""
        before, now = self.before, self.now
        differ = {
            "opinion": before.opinion != now.opinion or before.opinion_criteria != now.opinion_criteria,
            "auditor": not same_name(before.auditor, now.auditor),
            "categories": set(before.categories) != set(now.categories),
            "criteria_tested": bool(before.criteria_tested) and set(before.criteria_tested) != set(now.criteria_tested),
            "controls_tested": before.controls_tested != now.controls_tested,
        }
        return frozenset(name for name, differs in differ.items() if differs and getattr(now, name))

    def count(self, register: str, tag: Tag) -> int:
        """How many rows of a register are the same, reworded, new or gone."""
        return sum(row.tag is tag for row in self.registers[register])


def since_last_year(report: Report) -> SinceLastYear | None:
    """The report beside the accepted one before it; None where there is none of its system, or nothing is known yet."""
    now, by_reader = facts_so_far(report)
    earlier = _report_before(report, now)
    if earlier is None:
        return None
    before = recorded_facts(earlier)
    return SinceLastYear(
        report=report,
        earlier=earlier,
        before=before,
        now=now,
        by_reader=by_reader,
        registers={name: _matched(name, getattr(before, name), getattr(now, name)) for name in REGISTERS},
    )


def row_tags(report: Report) -> dict[tuple[str, int], str]:
    """For each row the newest reading proposes: ("cuecs", 2) → "same", "reworded" or "new" since the earlier report.

    Empty where there is no reading, or no earlier report of the system.
    """
    content = _newest_content(report)
    earlier = _report_before(report, facts_so_far(report)[0]) if content else None
    if earlier is None:
        return {}
    before, read = recorded_facts(earlier), facts_read(content)
    tags = {}
    for name in REGISTERS:
        for pair in _compared(name, getattr(before, name), getattr(read, name)):
            if pair.later is not None:
                tags[name, pair.later] = pair.tag.value
    return tags


def may_have_a_report_before(report: Report, on_file: Iterable[Report]) -> bool:
    """Whether a report on file is likely the one before it: accepted, of Type II, its period ended earlier.

    For lists, without a query; which system each describes is settled by `since_last_year`.
    """
    return any(
        other.pk != report.pk
        and (other.state, other.kind, other.type) == (ReportState.ACCEPTED, ReportKind.SOC2, ReportType.TYPE2)
        and other.period_end is not None
        and (report.period_end is None or other.period_end < report.period_end)
        for other in on_file
    )


def facts_so_far(report: Report) -> tuple[RecordedFacts, bool]:
    """What is known of a report, and whether some of it was only read by Countersign."""
    recorded = recorded_facts(report)
    content = {} if report.state == ReportState.ACCEPTED else _newest_content(report)
    if not content:
        return recorded, False
    read = facts_read(content)
    settled = {name for name in REGISTERS if getattr(recorded, name) or getattr(recorded, SAYS_NONE[name])}
    kept = {
        each.name: value
        for each in fields(RecordedFacts)
        if (value := getattr(recorded, each.name)) or each.name in settled
    }
    merged = replace(read, **kept)
    return merged, merged != recorded


def facts_read(content: Mapping[str, Any]) -> RecordedFacts:
    """The content of a reading (`vendors.reading.contract.as_json`) in the form in which a person records facts."""
    return RecordedFacts(
        kind=content["kind"] or "",
        type=TYPES.get(content["type"], ""),
        service_organization=content["service_organization"] or "",
        system_name=content["system"] or "",
        categories=list(content["categories"]),
        period_start=_day(content["period_start"]),
        period_end=_day(content["period_end"]),
        as_of=_day(content["as_of"]),
        report_date=_day(content["report_date"]),
        auditor=content["auditor"] or "",
        opinion=content["opinion"] or "",
        opinion_basis=content.get("opinion_basis") or "",
        opinion_criteria=list(content["modified_criteria"]),
        criteria_tested=tested_criteria(content),
        controls_tested=content["controls_tested"],
        exceptions=tuple(exception_row(row) for row in content["exceptions"]),
        cuecs=tuple(cuec_row(row) for row in content["cuecs"]),
        subservice=tuple(subservice_row(row) for row in content["subservice_organizations"]),
    )


def _newest_content(report: Report) -> dict[str, Any]:
    reading = ReportReading.objects.filter(report=report, state=ReadingState.READ).order_by("-rules").first()
    return reading.content if reading else {}


def _report_before(report: Report, now: RecordedFacts) -> Report | None:
    """The accepted Type II report of the same system that ends next before this one's period, or arrived before it."""
    if now.kind not in ("", ReportKind.SOC2):
        return None
    others = accepted_type_2(report.vendor).exclude(pk=report.pk)
    until = now.period_end or now.as_of
    others = others.filter(period_end__lt=until) if until else others.filter(received_at__lt=report.received_at)
    return next((other for other in others if same_system(other.system_name, now.system_name)), None)


def _matched(register: str, before: Sequence[RecordedRow], now: Sequence[RecordedRow]) -> tuple[Matched, ...]:
    return tuple(
        Matched(
            pair.tag,
            before[pair.earlier] if pair.earlier is not None else None,
            now[pair.later] if pair.later is not None else None,
        )
        for pair in _compared(register, before, now)
    )


def _compared(register: str, before: Sequence[RecordedRow], now: Sequence[RecordedRow]) -> tuple[Pair, ...]:
    return compare(_rows(before), _rows(now), alike=NAMES_ALIKE if register == "subservice" else ALIKE)


def _rows(recorded: Sequence[RecordedRow]) -> list[Row]:
    return [_row(row) for row in recorded]


def _row(row: RecordedRow) -> Row:
    if isinstance(row, ExceptionRow):
        return Row(row.description, place=row.control)
    if isinstance(row, CuecRow):
        return Row(row.text)
    return Row(folded(row.name), details=(row.method, folded(row.service)))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
