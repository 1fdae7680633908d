"""The bundled Valkey and a real Celery worker, for tests marked `broker`.

    def test_…(valkey, smtp_server, sqlite_database, celery_worker, nudges_go_to):
        nudges_go_to(valkey)                                       # this process sends its nudges there
        worker = celery_worker(sqlite_database, valkey, smtp_server)   # with beat=True also the clockwork

Every process belongs to its fixture and ends with it. `worker.kill()` is kill -9 of the worker and its children.
"""

import base64
import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import redis
from django.conf import settings as django_settings

from procurement.celery import app
from tests.smtp import SmtpServer, free_port

PATIENCE_SECONDS = 120


@dataclass
class Process:
    """A started command with its children. What it prints goes to `log`."""

    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    _popen: subprocess.Popen | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                self.command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
                cwd=django_settings.BASE_DIR,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Ask it to end, as a service manager would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9, the children included."""
        self._end(signal.SIGKILL)

    def wait_until(self, ready: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if ready():
                return
            assert self._popen is not None
            assert self._popen.poll() is None, f"{what} ended at once:\n{self.log.read_text()}"
            time.sleep(0.05)
        raise AssertionError(f"{what} was not ready in {PATIENCE_SECONDS} s:\n{self.log.read_text()}")

    @property
    def has_ended(self) -> bool:
        """Whether it was started and has ended by itself."""
        return self._popen is not None and self._popen.poll() is not None

    def printed(self, words: str) -> bool:
        return words in self.log.read_text()

    def _end(self, how: signal.Signals) -> None:
        if self._popen is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._popen.pid, how)
        try:
            self._popen.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._popen.pid, signal.SIGKILL)
            self._popen.wait()
        self._popen = None


@dataclass
class Valkey:
    """The broker. `stop`, `start`, `kill` and `flush` at will: nothing of ours may depend on what it holds."""

    port: int
    process: Process

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        self.process.start()
        self.process.wait_until(self._answers, "Valkey")

    def stop(self) -> None:
        self.process.stop()

    def kill(self) -> None:
        self.process.kill()

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _answers(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as client:
            return bool(client.ping())
        return False


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    from procurement.demo import servers

    port = free_port()
    command = [servers.bundled_broker(), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(tmp_path)]
    server = Valkey(port, Process([*command, "--save", ""], tmp_path / "valkey.log"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def nudges_go_to(settings) -> Iterator[Callable[[Valkey], None]]:
    """`nudges_go_to(valkey)`: every thread of this process sends its tasks there."""
    before = app.conf.broker_url

    def use(server: Valkey) -> None:
        settings.CELERY_BROKER_URL = server.url
        point_nudges_at(server.url)

    yield use
    point_nudges_at(before)


def point_nudges_at(url: str) -> None:
    app.conf.broker_url = url
    app._after_fork()  # forgets the pools of the broker before


@pytest.fixture
def shared_keys(settings) -> str:
    """One keyring for this process and the ones it starts: a worker opens what the test has sealed."""
    settings.VAULT_KEYS = f"test:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return settings.VAULT_KEYS


@pytest.fixture
def celery_worker(shared_keys: str, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """`celery_worker(database_url, valkey, smtp_server)` starts the product's own worker and waits for it."""
    from procurement.demo import servers

    started: list[Process] = []

    def start(
        database_url: str, broker: Valkey, mail: SmtpServer, *, beat: bool = False, **environment: str
    ) -> Process:
        surroundings = {
            "COUNTERSIGN_MODE": "test",
            "DATABASE_URL": database_url,
            "BROKER_URL": broker.url,
            "EMAIL_URL": mail.url,
            "VAULT_KEYS": shared_keys,
            **environment,
        }
        worker = _start("worker", servers.worker(), surroundings)
        worker.wait_until(lambda: worker.printed("ready."), "The worker")
        if beat:
            clockwork = _start("beat", servers.beat(str(tmp_path / "beat-schedule")), surroundings)
            clockwork.wait_until(lambda: clockwork.printed("beat: Starting"), "Beat")
        return worker

    def _start(name: str, command: list[str], surroundings: dict[str, str]) -> Process:
        process = Process([sys.executable, "-m", *command], tmp_path / f"{name}-{len(started)}.log", surroundings)
        started.append(process)
        process.start()
        return process

    yield start
    for process in reversed(started):
        process.stop()
