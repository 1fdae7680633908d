"""A worker that lives and takes nothing ends, so that it is started anew; one that is idle, busy or cut off stays."""

import pytest

from procurement.celery import app
from procurement.operations.deafness import LOOKS, Look, is_deaf
from procurement.operations.tasks import beat_heart
from tests.soak.stage import until
from vendors.nudging.services import nudge

IDLE, WAITS, TAKES, WORKS = Look(0, 7, False), Look(3, 7, False), Look(3, 8, False), Look(3, 7, True)


@pytest.mark.parametrize(
    ("looks", "deaf"),
    [
        ([WAITS] * LOOKS, True),
        ([IDLE] * 20 + [WAITS] * LOOKS, True),
        ([WAITS] * (LOOKS - 1), False),
        ([IDLE] * LOOKS, False),
        ([WORKS] * LOOKS, False),
        ([WAITS] * (LOOKS - 1) + [TAKES], False),
        ([WAITS] * (LOOKS - 1) + [WORKS], False),
        ([WAITS] * (LOOKS - 1) + [IDLE], False),
        ([], False),
    ],
)
def test_deaf_is_who_is_idle_and_takes_nothing_of_what_waits(looks, deaf):
    assert is_deaf(looks) is deaf


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_takes_nothing_ends_and_the_next_one_takes_what_waited(
    valkey, smtp_server, sqlite_database, celery_worker, nudges_go_to
):
    nudges_go_to(valkey)
    worker = celery_worker(sqlite_database, valkey, smtp_server, WORKER_DEAF_AFTER_SECONDS="4")
    assert nudge(beat_heart.name)
    assert until(lambda: worker.printed("succeeded"), seconds=30), "it hears"

    app.control.cancel_consumer("celery", reply=True, timeout=5)  # what a lost connection does, and nobody sees
    assert nudge(beat_heart.name)
    assert until(lambda: worker.has_ended, seconds=60)
    assert worker.printed("Tasks wait, and this worker has taken none for 4 seconds.")

    another = celery_worker(sqlite_database, valkey, smtp_server)
    assert until(lambda: another.printed("succeeded"), seconds=30), "it takes what waited"
