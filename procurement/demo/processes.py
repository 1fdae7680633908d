"""Running the demo's processes under honcho: logs in files, a gentle stop, nobody left behind."""

import ctypes
import os
import shlex
import signal
from pathlib import Path
from typing import IO, Any

from honcho.compat import ProcessManager
from honcho.manager import Manager
from honcho.process import Popen, Process

LARGEST_LOG = 5 * 1024 * 1024
WHEN_THE_PARENT_DIES = 1  # PR_SET_PDEATHSIG of Linux


class Logs:
    """A printer for honcho: what each process says goes to `<name>.log`, with the time before it."""

    width = 0  # honcho counts it up for its own printer

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, IO[str]] = {}
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def write(self, message: Any) -> None:
        text = message.data.decode("utf-8", "replace") if isinstance(message.data, bytes) else message.data
        for line in text.splitlines():
            self._file(message.name).write(f"{message.time:%Y-%m-%d %H:%M:%S} {line}\n")

    def _file(self, name: str) -> IO[str]:
        if name not in self._files:
            path = self.folder / f"{name}.log"
            if path.exists() and path.stat().st_size > LARGEST_LOG:
                path.replace(path.with_suffix(".log.1"))
            self._files[name] = path.open("a", buffering=1, encoding="utf-8")
        return self._files[name]

    def last_lines(self, name: str, count: int = 15) -> list[str]:
        path = self.folder / f"{name}.log"
        return path.read_text(encoding="utf-8").splitlines()[-count:] if path.exists() else []


class Household(Manager):
    """honcho's manager; stopping asks each process itself, so that a worker ends the task it is at."""

    def __init__(self, logs: Logs) -> None:
        super().__init__(logs)
        self._process_ctor = Tethered
        self._procmgr = Gently()
        self._stop_once_started = False

    def start(self, commands: dict[str, list[str]], *, folder: Path, environment: dict[str, str]) -> None:
        """Adds the processes and runs them until one ends or somebody stops us."""
        for name, command in commands.items():
            self.add_process(name, shlex.join(command), cwd=str(folder), env={**os.environ, **environment})
        # A closed terminal stops the house like Ctrl-C does.
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        self.loop()

    def terminate(self) -> None:
        """honcho cannot stop what has not reported its start yet; wait for that."""
        if self._all_started():
            super().terminate()
        else:
            self._stop_once_started = True

    def _system_print(self, data: str) -> None:
        super()._system_print(data)
        if self._stop_once_started and self._all_started():
            super().terminate()

    @property
    def ended(self) -> str | None:
        """Which process ended first, or None when somebody stopped us."""
        if self.returncode in (130, 143):
            return None
        codes = {name: process.get("returncode") for name, process in self._processes.items()}
        return next((name for name, code in codes.items() if code == self.returncode), None)


class Gently(ProcessManager):
    """Asks the process alone, not its group: its children stop when it tells them to."""

    def terminate(self, pid: int) -> None:
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            return


class TetheredPopen(Popen):
    def __init__(self, cmd: str, **options: Any) -> None:
        super().__init__(f"exec {cmd}", preexec_fn=_stop_with_the_parent, **options)


class Tethered(Process):
    """A process that does not outlive the house, even when that is killed outright (on Linux)."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._child_ctor = TetheredPopen

    def run(self, events: Any = None, ignore_signals: bool = False) -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        _ask_for(signal.SIGKILL)
        super().run(events, ignore_signals)


def _stop_with_the_parent() -> None:
    _ask_for(signal.SIGTERM)


def _ask_for(signal_number: int) -> None:
    """Has the kernel send this signal to us when our parent dies. Only Linux can."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(WHEN_THE_PARENT_DIES, int(signal_number))
