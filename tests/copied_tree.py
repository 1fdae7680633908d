"""`make run` in a copy of the tree: the demo as a newcomer gets it, beside whatever runs in this one."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from procurement.demo import house
from procurement.demo.record import Ports, write_ports
from tests.repository.tree import ROOT, files
from tests.sqlite import migrated_file

NOT_OURS = ("BASE_URL", "BROKER_URL", "DATABASE_URL", "EMAIL_URL", "STORAGE_ROOT", "VAULT_KEYS", "SECRET_KEY")
PATIENCE = 180


def surroundings(tree: Path) -> dict[str, str]:
    """The environment of a newcomer's terminal. Where coverage is measured, it measures the copy."""
    found = {**os.environ, "COUNTERSIGN_MODE": "demo", "DJANGO_SETTINGS_MODULE": "procurement.settings"}
    if found.pop("COVERAGE_PROCESS_CONFIG", None):
        found["COVERAGE_PROCESS_START"] = str(tree / "pyproject.toml")
    return found


class Run:
    """`make run`'s own command in a copy of the tree, as in a terminal of its own."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.printed = tree / "printed.txt"
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        with self.printed.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "procurement.demo.house"],
                cwd=self.tree,
                env=surroundings(self.tree),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def with_tables(self) -> None:
        """The database is made already, as after an earlier start that came no further."""
        var = self.tree / "var"
        var.mkdir(exist_ok=True)
        shutil.copy(migrated_file(), var / "countersign.sqlite3")

    def wait_for(self, words: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            text = self.printed.read_text()
            if words in text:
                return text
            assert self.process is not None
            assert self.process.poll() is None, text
            time.sleep(0.1)
        raise AssertionError(f"“{words}” did not come:\n{self.printed.read_text()}")

    def end(self, how: signal.Signals) -> int:
        assert self.process is not None
        os.killpg(self.process.pid, how)
        return self.process.wait(PATIENCE)

    def left_behind(self) -> list[str]:
        """The processes that still work in this copy."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if (folder / "cwd").resolve() == self.tree.resolve():
                    found.append((folder / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found


@pytest.fixture
def copy_of_the_tree(tmp_path, worker_id: str) -> Iterator[Run]:
    tree = tmp_path / "copy-of-the-tree"
    for file in files():
        target = tree / file.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)
    others = re.sub(r"\D", "", worker_id)
    if others and int(others):
        # Two newcomers on one machine at once would take each other's ports again and again.
        (tree / "var").mkdir()
        write_ports(tree / "var", Ports(*(port + 100 * int(others) for port in asdict(house.PREFERRED).values())))
    run = Run(tree)
    yield run
    if run.process is not None and run.process.poll() is None:
        run.end(signal.SIGKILL)
