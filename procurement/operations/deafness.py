"""A worker that has gone deaf: its process lives, its broker answers, tasks wait, and it takes none.

Celery's consumer can come back so after a broker went away (celery/celery, issues 8091 and 10205). Nothing else ends
such a worker, so it ends itself, and whoever runs it (compose, systemd) starts it anew. Reminders and mail are rows:
nothing is lost meanwhile, and the next one sends them.
"""

import logging
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from celery import bootsteps
from celery.worker import state
from django.conf import settings
from kombu.exceptions import OperationalError
from redis import RedisError

log = logging.getLogger(__name__)

# An idle worker takes a task within a second; a broker that is busy or away makes it wait for some.
LOOKS = 8
LAST_RESORT_SECONDS = 60


@dataclass(frozen=True)
class Look:
    """What a worker saw of itself: how many tasks wait, how many it has taken so far, and whether it works on one."""

    waiting: int
    taken: int
    is_busy: bool


def is_deaf(looks: Sequence[Look]) -> bool:
    """Whether it took nothing from one look to the next, all `LOOKS` of them, though tasks waited and it was idle."""
    last = looks[-LOOKS:]
    return len(last) == LOOKS and all(
        look.waiting and not look.is_busy and look.taken == last[0].taken for look in last
    )


class Listening(bootsteps.StartStopStep):
    """Part of every worker: a thread of its own, since what has gone deaf is the main one's loop."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **keywords: Any) -> None:
        super().__init__(worker, **keywords)
        self.over = threading.Event()

    def start(self, worker: Any) -> None:
        every = settings.WORKER_DEAF_AFTER_SECONDS / LOOKS
        if every:
            threading.Thread(target=self._watch, args=(worker.app, every), name="listening", daemon=True).start()

    def stop(self, _worker: Any) -> None:
        self.over.set()

    def _watch(self, app: Any, every: float) -> None:
        looks: list[Look] = []
        while not self.over.wait(every):
            waiting = _waiting(app)
            # A broker that does not answer is no deafness: it begins anew when the broker is back.
            looks = [] if waiting is None else [*looks[1 - LOOKS :], _look(waiting)]
            if is_deaf(looks):
                self._end()
                return

    def _end(self) -> None:
        seconds = settings.WORKER_DEAF_AFTER_SECONDS
        log.critical("Tasks wait, and this worker has taken none for %s seconds. It ends, to be started anew.", seconds)
        os.kill(os.getpid(), signal.SIGTERM)
        if not self.over.wait(LAST_RESORT_SECONDS):
            os._exit(os.EX_TEMPFAIL)


def _look(waiting: int) -> Look:
    return Look(waiting, state.all_total_count[0], bool(state.active_requests))


def _waiting(app: Any) -> int | None:
    """How many tasks wait in the broker; None where it does not answer."""
    try:
        with app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=2)
            queue = app.conf.task_default_queue
            return int(connection.default_channel.client.llen(queue))
    except (OSError, OperationalError, RedisError):
        return None
