"""Finding requests, reports and what was said about the next one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from vendors.calendar.days import plus_months
from vendors.directory.models import Vendor
from vendors.reports.facts import recorded_facts
from vendors.reports.gaps import Gap, gaps
from vendors.reports.models import (
    AuditorFirm,
    Evidence,
    Report,
    ReportReading,
    ReportRequest,
    SharedText,
    SuccessorStatement,
)
from vendors.reports.models.readings import ReadingState
from vendors.reports.models.reports import ReportQuerySet, ReportState
from vendors.reports.organizations import other_organization
from vendors.reports.proposals import Proposals, proposals_of
from vendors.reports.read_rows import tested_criteria
from vendors.reports.reasons import Reason
from vendors.reports.terms import Category, Opinion, ReportFacts, ReportKind, ReportType

CHECK_HOLDS_MONTHS = 12


def facts_of(report: Report) -> ReportFacts:
    """The facts of a report as the rules read them."""
    return ReportFacts(
        kind=ReportKind(report.kind) if report.kind else None,
        type=ReportType(report.type) if report.type else None,
        service_organization=report.service_organization,
        system_name=report.system_name,
        categories=frozenset(Category(category) for category in report.categories),
        period_start=report.period_start,
        period_end=report.period_end,
        as_of=report.as_of,
        report_date=report.report_date,
        auditor=report.auditor.name if report.auditor else "",
        opinion=Opinion(report.opinion) if report.opinion else None,
        opinion_criteria=tuple(report.opinion_criteria),
        accepted=report.state == ReportState.ACCEPTED,
        pages=report.pages,
    )


def open_requests(vendor: Vendor) -> QuerySet[ReportRequest]:
    """What we wait for, soonest first."""
    return ReportRequest.objects.open().filter(vendor=vendor).select_related("contact__user", "requested_by")


def reports_of(vendor: Vendor | int) -> ReportQuerySet:
    """Everything the vendor sent, the newest period first."""
    return Report.objects.filter(vendor=vendor).select_related("file", "nda", "auditor", "request")


def undecided_reports(vendor: Vendor) -> QuerySet[Report]:
    """Reports whose facts are still to be recorded and accepted; a withdrawn acceptance is among them."""
    return reports_of(vendor).filter(state__in=[ReportState.RECEIVED, ReportState.WITHDRAWN])


def latest_accepted(vendor: Vendor | int) -> Report | None:
    """The accepted SOC 2 Type II report whose period ends last."""
    return accepted_type_2(vendor).first()


def report_before(report: Report) -> Report | None:
    """The accepted SOC 2 Type II report of the vendor that ends next before this one's period ends."""
    if report.period_end is None:
        return None
    return accepted_type_2(report.vendor).filter(period_end__lt=report.period_end).exclude(pk=report.pk).first()


def known_names(report: Report) -> list[str]:
    """What the report's vendor is known by: its record, and what a person accepted in the reports before this one, of
    an owner or under a name it had."""
    vendor = report.vendor
    before = vendor.reports.filter(state=ReportState.ACCEPTED).exclude(pk=report.pk)
    if report.accepted_at is not None:
        before = before.filter(accepted_at__lt=report.accepted_at)
    accepted = before.values_list("service_organization", "system_name")
    names = [
        vendor.name,
        vendor.legal_name,
        vendor.domain.partition(".")[0],
        *(name for row in accepted for name in row),
    ]
    return [name for name in names if name]


def other_organization_in(report: Report) -> Reason | None:
    """That the service organization on record is nobody this vendor is known as; None where it is the vendor."""
    return other_organization(
        report.service_organization, vendor=report.vendor.full_name, known_names=known_names(report)
    )


def proposals_in(reading: ReportReading, report: Report) -> Proposals:
    """What this reading of the report proposes for the vendor's file."""
    return proposals_of(reading.content).of_vendor(report.vendor.full_name, known_names(report))


def newest_reading(report: Report) -> ReportReading | None:
    """The reading that proposes: the one by the newest rules that read the report; None before the first."""
    return report.readings.filter(state=ReadingState.READ).first()


def rows_of_other_readings(report: Report, reading: ReportReading) -> set[tuple[str, int]]:
    """List and key of the rows on file that were accepted from another reading than this."""
    lists = {"exceptions": report.exceptions, "cuecs": report.cuecs, "subservice": report.subservice_organizations}
    return {
        (listed, row.pk)
        for listed, rows in lists.items()
        for row in rows.all()  # type: ignore[attr-defined]
        if row.citation and row.citation["reading"] != reading.pk
    }


def gaps_in(report: Report, reading: ReportReading) -> list[Gap]:
    """The empty fields of rows accepted from an older reading that this one can fill."""
    older = rows_of_other_readings(report, reading)
    return gaps(recorded_facts(report), proposals_in(reading, report), older) if older else []


def criteria_tested(report: Report) -> frozenset[str] | None:
    """The criteria of which a test took place: those that a person recorded, else those that the newest reading found.
    None where neither names any.

    What was only read proves nothing: it takes criteria away from what a report would be taken to cover.
    """
    if report.criteria_tested:
        return frozenset(report.criteria_tested)
    reading = newest_reading(report)
    content = reading.content if reading else {}
    return frozenset(tested_criteria(content)) if content.get("criteria_tested") else None


def reading_under_way(report: Report) -> ReportReading | None:
    """The reading by the newest rules, whatever became of it."""
    return report.readings.first()


def readings_to_compare() -> QuerySet[ReportReading]:
    """What was read and whose text is not yet compared with other reports, the oldest first; the newest of a report."""
    newer = ReportReading.objects.filter(
        report=OuterRef("report"), state=ReadingState.READ, rules__gt=OuterRef("rules")
    )
    not_yet = Q(report__fingerprint=None) | Q(report__fingerprint__rules__lt=F("rules"))
    return (
        ReportReading.objects.filter(not_yet, ~Exists(newer), state=ReadingState.READ)
        .select_related("report")
        .order_by("finished_at", "pk")
    )


def shared_texts(report: Report) -> QuerySet[SharedText]:
    """What of this report's text also stands in reports of other vendors, the largest share first."""
    return report.shared_texts.exclude(other__vendor=report.vendor_id).select_related("other__vendor", "other__auditor")


def statements_about(vendor: Vendor) -> QuerySet[SuccessorStatement]:
    """What the vendor said in writing about the time after its reports, the latest first; withdrawn or not."""
    return SuccessorStatement.objects.filter(report__vendor=vendor).select_related("report", "file")


def evidence_of(vendor_id: int) -> QuerySet[Evidence]:
    """Every paper on the vendor's file, by kind and newest first; those withdrawn come last."""
    return (
        Evidence.objects.filter(vendor=vendor_id)
        .select_related("file", "recorded_by", "withdrawn_by")
        .order_by(F("withdrawn_at").asc(nulls_first=True), "kind", "-dated_on", "-pk")
    )


def known_firms() -> list[str]:
    """Names of the auditor firms on file, for choosing one again."""
    return list(AuditorFirm.objects.values_list("name", flat=True))


@dataclass(frozen=True)
class FirmRow:
    """A firm of the list. `is_fresh`: checked within the last 12 months."""

    firm: AuditorFirm
    vendors: int
    reports: int
    is_fresh: bool


def auditor_firms(*, on: date) -> list[FirmRow]:
    """The firms on file by name, those without a check within 12 months first."""
    firms = AuditorFirm.objects.annotate(
        vendor_count=Count("reports__vendor", distinct=True), report_count=Count("reports")
    )
    rows = [FirmRow(firm, firm.vendor_count, firm.report_count, is_checked(firm, on=on)) for firm in firms]
    return sorted(rows, key=lambda row: row.is_fresh)


def is_checked(firm: AuditorFirm, *, on: date) -> bool:
    """Whether licence and peer review were looked up within 12 months (DESIGN.md, "Reading a report")."""
    return firm.checked_on is not None and plus_months(firm.checked_on, CHECK_HOLDS_MONTHS) >= on


def expected_on(request: ReportRequest) -> date:
    """The day a report is expected: the due date, or the later day the vendor named."""
    return max(request.due_on, request.not_ready_until or request.due_on)


def accepted_type_2(vendor: Vendor | int) -> ReportQuerySet:
    """What covers days: the vendor's accepted SOC 2 Type II reports, the period that ends last first."""
    return reports_of(vendor).accepted_type_2().order_by("-period_end", "-pk")
