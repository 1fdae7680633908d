"""Tasks of reports. Idempotent; the scan finds what a lost nudge left behind."""

from celery import shared_task

from vendors.reports import queries, services

MOST_A_RUN = 50  # each is held against every other report on file: a second when there are ten thousand


@shared_task(name="reports.compare_texts")
def compare_texts() -> None:
    """Compare the text of what was read lately with other vendors' reports."""
    for reading in queries.readings_to_compare()[:MOST_A_RUN]:
        services.compare_text(reading=reading)
