"""Which of a vendor's accepted reports a review goes by."""

from collections.abc import Iterable
from datetime import date

from procurement.reviews.models import Review
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.terms import ReportKind, ReportType


def weight(report: Report) -> tuple[bool, bool, date, int]:
    """How well a report serves a review: SOC 2 Type II before Type I before anything else, then the latest end."""
    is_soc2 = report.kind == ReportKind.SOC2
    latest = report.period_end or report.as_of or report.report_date or date.min
    return is_soc2 and report.type == ReportType.TYPE2, is_soc2, latest, report.pk


def best_of(reports: Iterable[Report]) -> Report | None:
    """The accepted report that serves a review best; None when none is accepted."""
    return max((report for report in reports if report.state == ReportState.ACCEPTED), key=weight, default=None)


def should_adopt(review: Review, report: Report) -> bool:
    """Whether a review goes by a report that was just accepted: not when it goes by a better one already."""
    held = review.report
    return held is None or held.state != ReportState.ACCEPTED or weight(report) >= weight(held)
