"""Nudges: a Celery task sent after the commit, by name, with ids only."""

import logging
import time
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

QUIET_SECONDS = 15.0

# When this process last found the broker dead: an act with forty nudges must not wait forty times.
_found_dead_at: float | None = None


def nudge_after_commit(task: str, *ids: int) -> None:
    """Send the task when the transaction has committed. A dead broker is a log line: the next scan does the work.

    task  the task's registered name, for example "decisions.make_memo_pdf"
    """
    transaction.on_commit(partial(nudge, task, *ids), robust=True)


def nudge(task: str, *ids: int) -> bool:
    """Send the task now, without retrying; False when there is no broker or it does not answer in two seconds."""
    global _found_dead_at
    if not settings.CELERY_BROKER_URL:
        return False
    if _found_dead_at is not None and time.monotonic() - _found_dead_at < QUIET_SECONDS:
        return False
    try:
        current_app.send_task(task, args=ids, retry=False, ignore_result=True)
    except (OSError, OperationalError) as error:
        _found_dead_at = time.monotonic()
        log.warning("The broker does not answer (%s). The next scan does %s.", type(error).__name__, task)
        return False
    _found_dead_at = None
    return True
