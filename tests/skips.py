"""A pytest plugin: skips what this machine cannot run, and keeps every skip for the end of `make test`."""

import json
import os
from pathlib import Path

import pytest

from tests.machine import lack, postgres_url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker in ("browser", "postgres", "broker"):
        marked = [item for item in items if item.get_closest_marker(marker)]
        reason = lack(marker) if marked else None
        if marker == "postgres" and marked and not reason:
            os.environ.setdefault("TEST_POSTGRES_URL", postgres_url() or "")
        for item in marked if reason else []:
            item.add_marker(pytest.mark.skip(reason=reason))


class SkipsKept:
    """Collects the skips of all xdist workers, in the process that reports them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.reasons: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._keep(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._keep(report)

    def _keep(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.reasons[report.nodeid] = reason.removeprefix("Skipped: ")

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.reasons, indent=1))


def pytest_configure(config: pytest.Config) -> None:
    file = os.environ.get("SKIPS_FILE")
    if file and not hasattr(config, "workerinput"):
        config.pluginmanager.register(SkipsKept(Path(file)))
