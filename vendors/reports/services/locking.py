"""Taking the row of a report or a request before an act changes it."""

from vendors.reports.models import Report, ReportRequest


def locked_report(report: Report) -> Report:
    """The report as it stands now, locked until the transaction ends."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("vendor", "file", "nda", "auditor", "request__contact__user", "request__requested_by")
        .get(pk=report.pk)
    )


def locked_request(request: ReportRequest) -> ReportRequest:
    """The request as it stands now, locked until the transaction ends."""
    return (
        ReportRequest.objects.select_for_update(of=("self",))
        .select_related("vendor", "contact__user", "requested_by")
        .get(pk=request.pk)
    )
