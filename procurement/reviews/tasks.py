"""What happens to reviews by the calendar, and when a report they go by changed in the vendor's file."""

from celery import shared_task

from procurement.reviews import services
from vendors.calendar.clock import now, today
from vendors.reports.services.changing import REPORT_CHANGED


@shared_task(name="reviews.weigh_reports")
def weigh_reports() -> None:
    """A report that is out of policy since today answers no question any more."""
    services.weigh_reports(on=today(), now=now())


@shared_task(name=REPORT_CHANGED)
def weigh_changed_report(report_id: int) -> None:
    """A report was read anew, or the vendor said in writing what comes after it."""
    services.weigh_reports(report=report_id, on=today(), now=now())
