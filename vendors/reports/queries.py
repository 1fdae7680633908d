"""Finding requests, reports and what was said about the next one."""

from datetime import date

from django.db.models import F, QuerySet

from vendors.directory.models import Vendor
from vendors.reports.models import AuditorFirm, Evidence, Report, ReportRequest, SuccessorStatement
from vendors.reports.models.reports import ReportState
from vendors.reports.terms import Category, Opinion, ReportFacts, ReportKind, ReportType


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


def reports_of(vendor: Vendor) -> QuerySet[Report]:
    """Everything the vendor sent, the newest period first."""
    return Report.objects.filter(vendor=vendor).select_related("file", "nda", "auditor", "request")


def undecided_reports(vendor: Vendor) -> QuerySet[Report]:
    """Reports whose facts are still to be recorded and accepted; a withdrawn acceptance is among them."""
    return reports_of(vendor).filter(state__in=[ReportState.RECEIVED, ReportState.WITHDRAWN])


def latest_accepted(vendor: Vendor) -> Report | None:
    """The accepted SOC 2 Type II report whose period ends last."""
    return _accepted_type_2(vendor).first()


def report_before(report: Report) -> Report | None:
    """The accepted SOC 2 Type II report of the vendor that ends next before this one's period ends."""
    if report.period_end is None:
        return None
    return _accepted_type_2(report.vendor).filter(period_end__lt=report.period_end).exclude(pk=report.pk).first()


def statements_about(vendor: Vendor) -> QuerySet[SuccessorStatement]:
    """What the vendor said in writing about its next report, the latest first."""
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


def expected_on(request: ReportRequest) -> date:
    """The day a report is expected: the due date, or the later day the vendor named."""
    return max(request.due_on, request.not_ready_until or request.due_on)


def _accepted_type_2(vendor: Vendor) -> QuerySet[Report]:
    """The vendor's accepted SOC 2 Type II reports, the period that ends last first."""
    accepted = reports_of(vendor).filter(state=ReportState.ACCEPTED, kind=ReportKind.SOC2, type=ReportType.TYPE2)
    return accepted.order_by("-period_end", "-pk")
