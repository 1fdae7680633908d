"""The parent's side of one confined child: started when needed, asked one thing at a time, replaced."""

import json
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from vendors.confinement.errors import SENTENCES, ConfinedJobFailed
from vendors.confinement.frames import read_frame, request_frames
from vendors.confinement.surroundings import PROJECT, clean_environment

log = logging.getLogger(__name__)

JOBS_BEFORE_REPLACEMENT = 200
PROCESSOR_SHARE = 2 / 3  # of the time on the clock: 20 of 30 seconds


class _Ended(Exception):
    """The child closed its pipe."""


class _OutOfTime(Exception):
    """The clock ran out before the child answered."""


@dataclass
class ResidentChild:
    """One child process and its pipes. Not for two threads at once: `services` holds the lock.

    jobs    dotted names the child may run, "package.module:function"
    memory  its address space in bytes
    """

    jobs: tuple[str, ...]
    memory: int
    folder: Path
    _process: "subprocess.Popen[bytes] | None" = None
    _scratch: Path | None = None
    _done: int = 0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def run(
        self, job: str, params: dict[str, Any], data: bytes | Iterable[bytes], *, timeout: float
    ) -> tuple[dict[str, Any], bytes]:
        """Run one job: its result and bytes. Raises ConfinedJobFailed; the next job finds a fresh child."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        message = {"job": job, "params": params, "seconds": max(2, int(timeout * PROCESSOR_SHARE))}
        try:
            deadline = time.monotonic() + timeout
            for piece in request_frames(message, data):
                _write(process.stdin, piece, deadline)
            answer, result = _answer(process.stdout, deadline)
        except _OutOfTime:
            self.stop()
            failed = "time"
        except _Ended:
            # The kernel ends a child that used up its processor time: for whoever waits, that is time too.
            failed = "time" if self.stop() == -signal.SIGXCPU else "crashed"
        except BaseException:
            self.stop()
            raise
        else:
            self._done += 1
            failed = answer.get("failed", "")
            if failed == "memory" or self._done >= JOBS_BEFORE_REPLACEMENT:
                self.stop()
            if not failed:
                return answer["result"], result
            if failed == "error":
                log.warning("Confined job %s: %s", job, answer.get("error"))
            raise ConfinedJobFailed(failed, answer.get("sentence") or SENTENCES.get(failed, failed))
        log.warning("Confined job %s: %s", job, failed)
        raise ConfinedJobFailed(failed, SENTENCES[failed])

    def stop(self) -> int | None:
        """End the child and remove what it left in its folder. Returns how it ended (`Popen.returncode`)."""
        process, self._process, self._done = self._process, None, 0
        if process is not None:
            if process.poll() is None:
                process.kill()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)
            process.wait()
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None
        return process.returncode if process else None

    def forget(self) -> None:
        """After a fork: the child belongs to the other process. Close our ends, leave it alive."""
        process, self._process, self._scratch, self._done = self._process, None, None, 0
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                _close(pipe)
            process.returncode = 0

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.stop()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._scratch = Path(tempfile.mkdtemp(prefix="confined-", dir=self.folder))
        command = [sys.executable, "-m", "vendors.confinement.child", str(self.memory), *self.jobs]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no word of it comes from outside
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=PROJECT,
            start_new_session=True,  # Ctrl-C in a terminal is for us: what runs may end well
            env=clean_environment(scratch=self._scratch, cache=self.folder),
        )
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            os.set_blocking(pipe.fileno(), False)
        return self._process


def _close(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        pipe.close()


def _wait(pipe: IO[bytes], event: int, deadline: float) -> None:
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise _OutOfTime
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(remaining * 1000):
        raise _OutOfTime


def _write(pipe: IO[bytes], content: bytes, deadline: float) -> None:
    view = memoryview(content)
    while view:
        _wait(pipe, select.POLLOUT, deadline)
        try:
            view = view[os.write(pipe.fileno(), view) :]
        except BlockingIOError:
            continue
        except BrokenPipeError:
            raise _Ended from None


def _answer(pipe: IO[bytes], deadline: float) -> tuple[dict[str, Any], bytes]:
    def read_exactly(count: int) -> bytes:
        content = bytearray()
        while len(content) < count:
            _wait(pipe, select.POLLIN, deadline)
            try:
                piece = os.read(pipe.fileno(), min(count - len(content), 1024 * 1024))
            except BlockingIOError:
                continue
            if not piece:
                raise _Ended
            content += piece
        return bytes(content)

    try:
        answer: dict[str, Any] = json.loads(read_frame(read_exactly))
        return answer, read_frame(read_exactly)
    except (EOFError, ValueError):
        raise _Ended from None
