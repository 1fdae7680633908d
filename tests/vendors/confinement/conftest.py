from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vendors.confinement import jobs
from vendors.confinement.resident import ResidentChild

JOBS = tuple(f"tests.vendors.confinement.jobs:{name}" for name, job in vars(jobs).items() if callable(job))
MEMORY = 256 * 1024 * 1024


@pytest.fixture
def child(tmp_path: Path) -> Iterator[ResidentChild]:
    """A child with the jobs of these tests."""
    resident = ResidentChild(jobs=JOBS, memory=MEMORY, folder=tmp_path / "confined")
    yield resident
    resident.stop()


@pytest.fixture
def run(child):
    """Run a job of these tests by its name."""

    def run(name: str, data=b"", *, timeout: float = 10, **params):
        return child.run(f"tests.vendors.confinement.jobs:{name}", params, data, timeout=timeout)

    return run
