"""Telling whoever leans on an accepted report that what is known of it has changed.

This app knows nobody above it but the name of the task that they registered. A lost nudge is made good by what they
look through each morning.
"""

from vendors.nudging.services import nudge_after_commit
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState

REPORT_CHANGED = "reviews.weigh_changed_report"


def tell_it_changed(report: Report) -> None:
    """Inside the act that changed it; only what is accepted counts for anything."""
    if report.state == ReportState.ACCEPTED:
        nudge_after_commit(REPORT_CHANGED, report.pk)
