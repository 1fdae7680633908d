"""The product as it runs: gunicorn, a Celery worker, Valkey and a mail server, each a process of its own."""

import contextlib
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from tests.broker import Process, Valkey
from tests.smtp import Received, SmtpServer

PATIENCE_SECONDS = 30


@dataclass
class House:
    """A running installation. `environment` is what each of its processes was given."""

    port: int
    environment: dict[str, str]
    broker: Valkey
    mail: SmtpServer
    web: Process
    worker: Process

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self, path: str = "/healthz") -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            site.request("GET", path)
            return site.getresponse().status == 200
        return False

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` beside the house. Returns what it printed; fails unless it exits 0."""
        done = manage(*arguments, environment=self.environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def letters_to(self, address: str, subject: str) -> list[Received]:
        """What this person got so far with these words in the subject."""
        return [each for each in self.mail.to(address) if subject in str(each.message["Subject"])]

    def letter_to(self, address: str, subject: str) -> Received:
        """The newest such letter; waits until one is there."""
        wait_until(
            lambda: bool(self.letters_to(address, subject)),
            lambda: f"No letter “{subject}” to {address}, only:\n" + "\n".join(self._postmarks()),
        )
        return self.letters_to(address, subject)[-1]

    def _postmarks(self) -> list[str]:
        return [f"{', '.join(each.recipients)}: {each.message['Subject']}" for each in self.mail.received]


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """`manage.py` in a process of its own; the caller looks at its exit code."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def wait_until(ready: Callable[[], bool], what: Callable[[], str], *, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(what())
        time.sleep(0.1)


def link_in(letter: Received, path: str) -> str:
    """The address in this letter whose path begins so."""
    found = re.search(rf"http://127\.0\.0\.1:\d+{re.escape(path)}[^\s)]*", letter.text)
    assert found, letter.text
    return found.group()


def code_in(letter: Received) -> str:
    found = re.search(r"^\s+(\d{6})\s*$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found.group(1)
