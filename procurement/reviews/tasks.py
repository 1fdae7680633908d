"""What happens to reviews by the calendar alone."""

from celery import shared_task

from procurement.reviews import services
from vendors.calendar.clock import now, today


@shared_task(name="reviews.weigh_reports")
def weigh_reports() -> None:
    """A report that is out of policy since today answers no question any more."""
    services.weigh_reports(on=today(), now=now())
