"""A skip is never silent: it says which command ends it, and `make test` lists it last."""

import json
import os
import subprocess
import sys

import pytest

from tests.parts import PARTS, Outcome, table_of_skips
from tests.repository.tree import ROOT

NAMED = {part.name: part for part in PARTS}
TESTS = """
import pytest

@pytest.mark.browser
@pytest.mark.parametrize("page", ["vendor", "memo"])
def test_a_page_in_a_browser(page):
    raise AssertionError("there is no browser here")

def test_something_else():
    pytest.skip("only on Sundays")

@pytest.mark.xfail(reason="known")
def test_known_to_fail():
    raise AssertionError
"""


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "2"])
def test_tests_that_a_machine_cannot_run_are_kept_with_the_command_that_ends_the_skip(tmp_path, workers):
    (tmp_path / "test_pages.py").write_text(TESTS)
    kept = tmp_path / "skips.json"
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-p", "no:cacheprovider", "-n", workers),
            *("-c", str(ROOT / "pyproject.toml"), str(tmp_path / "test_pages.py")),
        ],
        cwd=ROOT,
        env={**os.environ, "COUNTERSIGN_MODE": "test", "CHROMIUM": "/nowhere/chromium", "SKIPS_FILE": str(kept)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    skips = json.loads(kept.read_text())
    reasons = sorted(skips.values())
    assert len(skips) == 3, "an expected failure is not a skip"
    assert reasons[0] == reasons[1]
    assert reasons[0].startswith("No Chromium that can be driven on this machine. To run it: ")
    assert reasons[2] == "only on Sundays"


def test_the_table_has_a_row_for_each_reason_and_its_command():
    no_browser = "No Chromium on this machine. To run it: sudo apt-get install -y chromium"
    real = Outcome(NAMED["real"], 0, 1.0, {"test_one": no_browser, "test_two": no_browser})
    fast = Outcome(NAMED["fast"], 0, 1.0, {"test_three": "only on Sundays"})
    assert [line.split() for line in table_of_skips([fast, real])] == [
        ["1", "fast", "only", "on", "Sundays"],
        ["2", "real", "No", "Chromium", "on", "this", "machine."],
        ["sudo", "apt-get", "install", "-y", "chromium"],
    ]


def test_every_test_belongs_to_exactly_one_part():
    for browser in (True, False):
        for broker in (True, False):
            for postgres in (True, False):
                for slow in (True, False):
                    marks = {"browser": browser, "broker": broker, "postgres": postgres, "slow": slow}
                    chosen = [part.name for part in PARTS if eval(part.marked, {}, marks)]
                    assert len(chosen) == 1, f"{marks}: {chosen}"
