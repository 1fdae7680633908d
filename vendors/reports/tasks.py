"""Tasks of reports: reading them, comparing what was read. Idempotent; scans find what a lost nudge left behind."""

from celery import shared_task

from vendors.calendar import clock
from vendors.reports import queries, services
from vendors.reports.services.reading import READ_REPORT

MOST_COMPARED_A_RUN = 50  # each is held against every other report on file: a second when there are ten thousand


@shared_task(name=READ_REPORT)
def read_report(reading_id: int) -> None:
    """Read one report."""
    services.perform_reading(reading_id=reading_id, now=clock.now(), on=clock.today())


@shared_task(name="reports.read_waiting_reports")
def read_waiting_reports() -> None:
    """Read every report that waits, and those that the rules of today have not read yet."""
    for reading_id in services.waiting_readings(now=clock.now()):
        services.perform_reading(reading_id=reading_id, now=clock.now(), on=clock.today())


@shared_task(name="reports.compare_texts")
def compare_texts() -> None:
    """Compare the text of what was read lately with other vendors' reports."""
    for reading in queries.readings_to_compare()[:MOST_COMPARED_A_RUN]:
        services.compare_text(reading=reading)
