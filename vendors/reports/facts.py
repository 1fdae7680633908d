"""What a person reads out of a report, as one value: the form makes it, `services.record_facts` keeps it."""

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from vendors.reports.models import Cuec, Report, ReportException, SubserviceOrganization

# Facts that stand in a column of `Report` under the same name.
COLUMNS = (
    "kind",
    "type",
    "service_organization",
    "system_name",
    "categories",
    "period_start",
    "period_end",
    "as_of",
    "report_date",
    "opinion",
    "opinion_basis",
    "opinion_criteria",
    "criteria_tested",
    "controls_tested",
    "pages",
    "states_no_exceptions",
    "states_no_cuecs",
    "states_no_subservice",
)

# Facts that carry the page they were read from (`Report.pages`). Rows carry a page of their own.
CITED = (
    "kind",
    "service_organization",
    "system_name",
    "categories",
    "criteria_tested",
    "period_start",
    "period_end",
    "as_of",
    "report_date",
    "auditor",
    "opinion",
    "states_no_subservice",
    "states_no_cuecs",
    "states_no_exceptions",
)


@dataclass(frozen=True)
class ExceptionRow:
    """One exception as typed; `pk` names the row it replaces, None a new one."""

    criterion: str = ""
    control: str = ""
    description: str = ""
    sample: str = ""
    response: str = ""
    page: int | None = None
    pk: int | None = None


@dataclass(frozen=True)
class CuecRow:
    """One complementary user entity control as typed."""

    text: str = ""
    reference: str = ""
    criterion: str = ""
    page: int | None = None
    pk: int | None = None


@dataclass(frozen=True)
class SubserviceRow:
    """One subservice organization as typed."""

    name: str = ""
    service: str = ""
    method: str = ""
    page: int | None = None
    pk: int | None = None


Row = ExceptionRow | CuecRow | SubserviceRow


@dataclass(frozen=True)
class RecordedFacts:
    """All facts of one report as a person typed them, complete or not. Empty means "not read yet"."""

    kind: str = ""
    type: str = ""
    service_organization: str = ""
    system_name: str = ""
    categories: list[str] = field(default_factory=list)
    period_start: date | None = None
    period_end: date | None = None
    as_of: date | None = None
    report_date: date | None = None
    auditor: str = ""
    opinion: str = ""
    opinion_basis: str = ""
    opinion_criteria: list[str] = field(default_factory=list)
    criteria_tested: list[str] = field(default_factory=list)
    controls_tested: int | None = None
    pages: dict[str, int] = field(default_factory=dict)
    states_no_exceptions: bool = False
    states_no_cuecs: bool = False
    states_no_subservice: bool = False
    exceptions: tuple[ExceptionRow, ...] = ()
    cuecs: tuple[CuecRow, ...] = ()
    subservice: tuple[SubserviceRow, ...] = ()


def recorded_facts(report: Report) -> RecordedFacts:
    """The facts of a report as they stand in the database."""
    return RecordedFacts(
        **{name: getattr(report, name) for name in COLUMNS},
        auditor=report.auditor.name if report.auditor else "",
        exceptions=tuple(_row(ExceptionRow, row) for row in report.exceptions.all()),
        cuecs=tuple(_row(CuecRow, row) for row in report.cuecs.all()),
        subservice=tuple(_row(SubserviceRow, row) for row in report.subservice_organizations.all()),
    )


def _row(shape: type[Any], row: ReportException | Cuec | SubserviceOrganization) -> Any:
    return shape(**{part.name: getattr(row, part.name) for part in fields(shape)})
