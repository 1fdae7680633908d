"""A pytest plugin: tests that need a browser, the broker or PostgreSQL are found by the words of their file.

Few files hold one, and looking for them in all the others takes as long as some of them do.
"""

from functools import cache
from pathlib import Path

import pytest

MARKS = ("browser", "broker", "postgres")
ALL_OF_THEM = " or ".join(MARKS)
# `real_database` runs a test on PostgreSQL too (tests/databases.py).
WORDS = (*(f"mark.{mark}" for mark in MARKS), "real_database")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where `-m` asks for them and no others, a file that names none of the marks is not looked into."""
    is_asked_for = config.getoption("markexpr") == ALL_OF_THEM
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    return True if is_asked_for and is_test and not _names_one(collection_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever looks into every file sees that none would be missed."""
    for item in items:
        if any(item.get_closest_marker(mark) for mark in MARKS) and not _names_one(item.path):
            raise pytest.UsageError(f"{item.nodeid} would be missed by -m “{ALL_OF_THEM}”: see tests/marks.py")


@cache
def _names_one(file: Path) -> bool:
    text = file.read_text()
    return any(word in text for word in WORDS)
