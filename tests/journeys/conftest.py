"""The stage of the journeys: a house on a database of its own, people with passwords, Chromium."""

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as current
from playwright.sync_api import Browser, sync_playwright

from procurement.demo import servers
from procurement.demo.cast import Cast, bring_in_the_cast
from tests.broker import Process
from tests.journeys.browser import FLAGS, PASSWORD, Seat
from tests.journeys.house import House
from tests.machine import chromium
from tests.smtp import free_port


@pytest.fixture(scope="session")
def static_files() -> None:
    """gunicorn serves what was collected, as in production."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(command, cwd=current.BASE_DIR, check=True, timeout=120)


@pytest.fixture
def open_house(
    static_files, shared_keys, settings, tmp_path, valkey, smtp_server, celery_worker
) -> Iterator[Callable[[str], House]]:
    """`open_house(database_url)` starts gunicorn and a worker; with beat=True also the clockwork."""
    settings.STORAGE_ROOT = tmp_path / "files"
    started: list[Process] = []

    def start(database_url: str, *, beat: bool = False) -> House:
        port = free_port()
        own = {"STORAGE_ROOT": str(settings.STORAGE_ROOT), "BASE_URL": f"http://127.0.0.1:{port}"}
        environment = {
            "COUNTERSIGN_MODE": "test",
            "DATABASE_URL": database_url,
            "BROKER_URL": valkey.url,
            "EMAIL_URL": smtp_server.url,
            "VAULT_KEYS": shared_keys,
            **own,
        }
        settings.BASE_URL = own["BASE_URL"]
        command = [sys.executable, "-m", *servers.web(f"127.0.0.1:{port}")]
        web = Process(command, tmp_path / f"web-{len(started)}.log", environment)
        started.append(web)
        web.start()
        worker = celery_worker(database_url, valkey, smtp_server, beat=beat, **own)
        house = House(port, environment, valkey, smtp_server, web, worker)
        web.wait_until(house.answers, "gunicorn")
        return house

    yield start
    for process in started:
        process.stop()


def with_passwords(cast: Cast) -> Cast:
    """Everybody gets the same password; the sign-in page asks for it."""
    for person in vars(cast).values():
        person.set_password(PASSWORD)
        person.save()
    return cast


@pytest.fixture
def people() -> Callable[[], Cast]:
    """`people()` makes the staff on the database of this test. Call it before a browser starts."""
    return lambda: with_passwords(bring_in_the_cast())


@pytest.fixture
def chrome() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def seat(chrome: Browser) -> Iterator[Callable[..., Seat]]:
    """`seat(house)`: a fresh browser there, at a desk with scripts unless said otherwise.

    The test fails when any page of any of them had a fault.
    """
    faults: list[str] = []
    yield lambda house, **how: Seat(chrome, house.address, faults=faults, **how)
    assert not faults, "\n".join(faults)
