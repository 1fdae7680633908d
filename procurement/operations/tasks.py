"""The task that beat sends and a worker runs: when both live, the heartbeat is young."""

from celery import shared_task

from procurement.operations.services import WORKER, record_heartbeat
from vendors.calendar.clock import now


@shared_task(name="operations.beat_heart")
def beat_heart() -> None:
    record_heartbeat(name=WORKER, now=now())
