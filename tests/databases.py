"""Real databases beside pytest-django's own: for many threads, other processes, kill -9 and TRUNCATE.

`sqlite_database` (tests/sqlite.py) and `postgres_database` (tests/postgres.py) put this whole process, each of its
threads, on a fresh migrated database and yield its address for the environment of other processes (DATABASE_URL).
`real_database` runs a test on both. Do not combine them with `db`, `transactional_db` or the cast of conftest.py: make
people in the test.
Threads must close their connection; `in_threads` does.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import environ
import pytest
from django.conf import settings
from django.db import connections


@contextmanager
def this_process_on(url: str) -> Iterator[str]:
    """Every connection of this process leads to `url` until the end, then to where it led before."""
    before, connection_before = connections.settings["default"], connections["default"]
    settings_of_it = environ.Env.db_url_config(url)
    settings_of_it["CONN_MAX_AGE"] = settings.DATABASES["default"]["CONN_MAX_AGE"]
    if settings_of_it["ENGINE"].endswith("sqlite3"):
        settings_of_it["OPTIONS"] = settings.SQLITE_OPTIONS
    connections.settings["default"] = connections.configure_settings({"default": settings_of_it})["default"]
    del connections["default"]
    try:
        yield url
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = connection_before


def in_threads(count: int, act: Callable[[int], object]) -> list[object]:
    """Run `act(0)` to `act(count - 1)` at once. Returns what each returned or raised, in that order."""
    results: list[object] = [None] * count
    start = threading.Barrier(count)

    def run(number: int) -> None:
        start.wait()
        try:
            results[number] = act(number)
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def real_database(request: pytest.FixtureRequest) -> str:
    """The test runs on a SQLite file and on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_database")
