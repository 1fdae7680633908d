"""The one door to the child, from threads and from forked workers."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from tests.factories.vault import pdf_bytes
from vendors.confinement import services
from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined, stop_child

# Python 3.12 warns of what these tests are about: forking while threads run.
pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
INSPECT = "vendors.vault.pdf_jobs:inspect"


def pages_found(count: int) -> int:
    return run_confined(INSPECT, params={}, data=pdf_bytes(count))[0]["pages"]


def test_only_the_listed_jobs_are_taken():
    with pytest.raises(ValueError, match="not on the list"):
        run_confined("os:getpid", params={})


@pytest.mark.slow
def test_every_listed_job_exists_and_needs_no_framework():
    for job in services.allowed_jobs():
        module, _, function = job.partition(":")
        program = f"import sys, {module}; {module}.{function}; assert 'django' not in sys.modules"
        subprocess.run([sys.executable, "-c", program], cwd=settings.BASE_DIR, check=True)


def test_threads_take_turns_and_each_gets_its_own_answer():
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(pages_found, range(1, 25))) == list(range(1, 25))


def test_a_forked_worker_starts_a_child_of_its_own():
    """Celery's pool forks; two processes on one pair of pipes would mix their answers."""
    pages_found(1)
    ours = services._child.pid
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        try:
            found = pages_found(2)
            os.write(writing, f"{found} {services._child.pid}".encode())
            stop_child()
        finally:
            os._exit(0)
    os.waitpid(worker, 0)
    found, theirs = os.read(reading, 100).decode().split()
    os.close(reading)
    os.close(writing)

    assert int(found) == 2
    assert int(theirs) != ours
    assert pages_found(3) == 3
    assert services._child.pid == ours


def test_a_worker_forked_while_a_job_runs_is_not_locked_out():
    held, fork_now = threading.Event(), threading.Event()

    def slow_pieces():
        held.set()
        fork_now.wait(10)
        yield pdf_bytes(1)

    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(run_confined, INSPECT, params={}, data=slow_pieces())
        held.wait(10)
        worker = os.fork()
        if worker == 0:
            os._exit(0 if pages_found(2) == 2 else 1)
        _pid, status = os.waitpid(worker, 0)
        fork_now.set()
        assert job.result()[0]["pages"] == 1
    assert os.waitstatus_to_exitcode(status) == 0


def test_whoever_waits_too_long_for_a_turn_is_told_so(monkeypatch):
    monkeypatch.setattr(services, "TIMEOUT", 0.05)
    with services._lock, pytest.raises(ConfinedJobFailed) as failure:
        run_confined(INSPECT, params={}, data=pdf_bytes())
    assert failure.value.code == "busy"
