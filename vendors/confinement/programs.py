"""Runs one program of this machine behind walls of its own: bytes in, what it prints out, and nothing left of it.

For a program that is handed what a stranger made. It starts as our launcher (`vendors.confinement.walled`), which
closes itself in and then becomes the program.
"""

import contextlib
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from vendors.confinement.errors import SENTENCES, ConfinedJobFailed
from vendors.confinement.surroundings import clean_environment

log = logging.getLogger(__name__)

MOST_PRINTED = 16 * 1024 * 1024
PIECE = 256 * 1024


def run_program(
    command: Sequence[str],
    data: bytes,
    *,
    timeout: float,
    memory: int,
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What the program prints when it gets `data` on its standard input.

    command      the program's whole path, and what it is told; no word of it from outside
    memory       its address space in bytes
    folder       where it gets a folder of its own for the time it runs
    environment  beside what every confined process gets: no secret, no address
    Raises ConfinedJobFailed: "time", "memory" (it printed too much), "crashed" (it ended with an error).
    """
    folder.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="program-", dir=folder))
    launcher = [sys.executable, "-m", "vendors.confinement.walled", str(memory), str(max(2, int(timeout))), *command]
    process = subprocess.Popen(  # noqa: S603 - programs of this machine, no word of it comes from outside
        launcher,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=scratch,
        start_new_session=True,  # a group of its own, so that all of it ends together
        env={**clean_environment(scratch=scratch, cache=folder), **(environment or {})},
    )
    try:
        return _printed(process, data, time.monotonic() + timeout)
    except ConfinedJobFailed as failure:
        log.warning("Confined program %s: %s", Path(command[0]).name, failure.code)
        raise
    finally:
        _end(process)
        shutil.rmtree(scratch, ignore_errors=True)


def _printed(process: "subprocess.Popen[bytes]", data: bytes, deadline: float) -> bytes:
    printed, code = _exchange(process, data, deadline)
    if code == -signal.SIGXCPU:
        raise _failed("time")
    if code:
        raise _failed("crashed")
    return printed


def _exchange(process: "subprocess.Popen[bytes]", data: bytes, deadline: float) -> tuple[bytes, int]:
    """Give it the data while it prints, in whatever order it does either; what it printed, and how it ended."""
    assert process.stdin is not None
    assert process.stdout is not None
    printed = bytearray()
    rest = memoryview(data)
    with selectors.DefaultSelector() as pipes:
        os.set_blocking(process.stdin.fileno(), False)
        pipes.register(process.stdin, selectors.EVENT_WRITE)
        pipes.register(process.stdout, selectors.EVENT_READ)
        while pipes.get_map():
            ready = pipes.select(max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _failed("time")
            for key, _events in ready:
                if key.fileobj is process.stdin:
                    rest = _given(process, rest)
                    if not rest:
                        pipes.unregister(process.stdin)
                        process.stdin.close()
                    continue
                piece = os.read(process.stdout.fileno(), PIECE)
                printed += piece
                if not piece:
                    pipes.unregister(process.stdout)
                if len(printed) > MOST_PRINTED:
                    raise _failed("memory")
    try:
        return bytes(printed), process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise _failed("time") from None


def _given(process: "subprocess.Popen[bytes]", rest: memoryview) -> memoryview:
    """What is left to give it; nothing once it does not listen any more."""
    assert process.stdin is not None
    try:
        return rest[os.write(process.stdin.fileno(), rest[:PIECE]) :]
    except BrokenPipeError:
        return rest[:0]


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and whatever is of its group."""
    with contextlib.suppress(ProcessLookupError):  # it ended, and nothing of it is left
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()


def _failed(code: str) -> ConfinedJobFailed:
    return ConfinedJobFailed(code, SENTENCES[code])
