"""The migrated SQLite file that tests begin with: made by whoever needs it first, kept until the product changes.

Migrating takes a worker seconds, and each part of `make test` starts two. So the first one migrates a file under
var/test, and every other pours that file into its database in memory, or copies it. Django then migrates as ever,
and finds nothing to do.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.databases import this_process_on

MADE_OF = (".py", ".json", ".txt")  # migrations load what the product ships; the locks say with which Django


@cache
def migrated_file() -> Path:
    """An empty, migrated SQLite file. Copy it; it belongs to all."""
    folder = Path(settings.VAR) / "test"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"migrated-{_fingerprint()}.sqlite3"
    with _alone(folder / "migrated.lock"):
        if not path.exists():
            for old in folder.glob("migrated-*.sqlite3*"):
                old.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            with this_process_on(f"sqlite:///{unfinished}"):
                call_command("migrate", verbosity=0)
            unfinished.rename(path)
    return path


def pour(file: Path, database: str) -> sqlite3.Connection:
    """Fill a database in memory. It lives as long as the connection that is returned, or another one to it."""
    target = sqlite3.connect(database, uri=True)
    with closing(sqlite3.connect(file)) as source:
        source.backup(target)
    return target


def _fingerprint() -> str:
    """Changes with every file that a migration may have been made with."""
    digest = hashlib.sha256()
    for part in ("procurement", "vendors", "requirements"):
        for file in sorted((Path(settings.BASE_DIR) / part).rglob("*")):
            if file.suffix in MADE_OF:
                digest.update(f"{file.relative_to(settings.BASE_DIR)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture
def sqlite_url(django_db_blocker, tmp_path: Path) -> str:
    """A file of its own for this test."""
    with django_db_blocker.unblock():
        return f"sqlite:///{shutil.copy(migrated_file(), tmp_path / 'countersign.sqlite3')}"


@pytest.fixture
def sqlite_database(sqlite_url: str, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), this_process_on(sqlite_url):
        yield sqlite_url
