"""`run_confined`: the one door to the child. One child per process, one job at a time. `run_program_confined` beside it
for programs that are not ours."""

import atexit
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.programs import run_program
from vendors.confinement.resident import ResidentChild

# Every function of ours that may run there; the project adds its own in CONFINED_JOBS. Each is pure: parameters and
# bytes in, a result and bytes out.
JOBS = (
    "vendors.printing.render:render",
    "vendors.reading.jobs:find",
    "vendors.reading.jobs:find_in_text",
    "vendors.reading.jobs:read",
    "vendors.reading.jobs:text",
    "vendors.vault.pdf_jobs:inspect",
    "vendors.vault.pdf_jobs:page_image",
    "vendors.vault.picture_jobs:inspect",
    "vendors.vault.watermark:stamp",
)
# Measured: WeasyPrint with a long memo and PDFium with a file of 100 MB both fit in half of it.
MEMORY = 1024 * 1024 * 1024
TIMEOUT = 30.0

_lock = threading.Lock()
_child: ResidentChild | None = None


def allowed_jobs() -> tuple[str, ...]:
    """The jobs of this app and of the project above it, "package.module:function"."""
    return (*JOBS, *settings.CONFINED_JOBS)


def run_confined(
    job: str, *, params: dict[str, Any], data: bytes | Iterable[bytes] = b"", timeout: float = TIMEOUT
) -> tuple[dict[str, Any], bytes]:
    """Run a job of `allowed_jobs` in this process's child, after those that came first.

    data  bytes, or pieces that are sent as they come, so that a large file never lies whole in our memory
    Raises ConfinedJobFailed with a code and a sentence: when the job refused, took longer than `timeout`
    seconds, ran out of memory, or when the jobs before it took so long that it never began.
    """
    if job not in allowed_jobs():
        raise ValueError(f"{job} is not on the list of confined jobs.")
    if not _lock.acquire(timeout=2 * TIMEOUT):
        raise ConfinedJobFailed("busy", "Too much is being read just now.")
    try:
        return _resident().run(job, params, data, timeout=timeout)
    finally:
        _lock.release()


def run_program_confined(
    command: Sequence[str], *, data: bytes, timeout: float = TIMEOUT, environment: Mapping[str, str] | None = None
) -> bytes:
    """What a program of this machine prints for bytes that a stranger made: behind walls like the child's, in a process
    of its own that ends with the call.

    command  the program's whole path, and what it is told; no word of it from outside
    Raises ConfinedJobFailed with a code and a sentence: when it took longer than `timeout` seconds, printed too much,
    or ended with an error.
    """
    folder = settings.VAR / "confined"
    return run_program(command, data, timeout=timeout, memory=MEMORY, folder=folder, environment=environment)


def stop_child() -> None:
    """End this process's child, also in the middle of a job; the next job starts another."""
    if _child is not None:
        _child.stop()


def _resident() -> ResidentChild:
    global _child
    if _child is None:
        _child = ResidentChild(jobs=allowed_jobs(), memory=MEMORY, folder=settings.VAR / "confined")
    return _child


def _after_fork() -> None:
    """A forked worker (Celery's pool) starts a child of its own and never touches its parent's."""
    global _lock, _child
    _lock = threading.Lock()
    if _child is not None:
        _child.forget()
        _child = None


os.register_at_fork(after_in_child=_after_fork)
atexit.register(stop_child)
