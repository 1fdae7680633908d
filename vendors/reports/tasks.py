"""Tasks of reports: reading them. Idempotent; the scan finds what a lost nudge left behind."""

from celery import shared_task

from vendors.calendar import clock
from vendors.reports import services
from vendors.reports.services.reading import READ_REPORT


@shared_task(name=READ_REPORT)
def read_report(reading_id: int) -> None:
    """Read one report."""
    services.perform_reading(reading_id=reading_id, now=clock.now(), on=clock.today())


@shared_task(name="reports.read_waiting_reports")
def read_waiting_reports() -> None:
    """Read every report that waits, and those that the rules of today have not read yet."""
    for reading_id in services.waiting_readings(now=clock.now()):
        services.perform_reading(reading_id=reading_id, now=clock.now(), on=clock.today())
