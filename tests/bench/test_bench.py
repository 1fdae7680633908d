"""A little of every bench: the table has a row for each figure, and every row says what it found."""

import os
import subprocess
import sys

import pytest

from tests.bench.figures import Figure, table
from tests.repository.tree import ROOT


@pytest.mark.slow
def test_little_of_everything_runs_and_prints_goal_and_figure_per_row():
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--small"],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    works = (
        "migrate",
        "seal",
        "upload",
        "mails",
        "vendor list",
        "review list",
        "vendor page",
        "memo",
        "save one answer",
        "list of sent",
        "page of a campaign",
        "due scan",
    )
    for work in (*works, "first page", "read a report", "import"):
        rows = [line for line in done.stdout.splitlines() if line.startswith(work) or f" {work}" in line]
        assert rows, f"no row for {work}:\n{done.stdout}"
        assert all(line.rstrip().endswith(("yes", "NO")) for line in rows), rows


@pytest.mark.parametrize(
    ("figure", "is_reached"),
    [
        (Figure(work="memo", ours=110, floor=100, goal=1.15), True),
        (Figure(work="memo", ours=120, floor=100, goal=1.15), False),
        (Figure(work="mails", ours=70, floor=100, goal=0.6, at_least=True), True),
        (Figure(work="mails", ours=50, floor=100, goal=0.6, at_least=True), False),
        (Figure(work="list", ours=20, floor=10, goal=3, queries=(12, 12)), True),
        (Figure(work="list", ours=20, floor=10, goal=3, queries=(13, 12)), False),
        (Figure(work="migrate", unit="s", ours=16, goal=15), False),
        (Figure(work="API", missing="not built"), None),
    ],
)
def test_a_goal_is_held_against_the_floor_of_the_same_run(figure, is_reached):
    assert figure.is_reached is is_reached


def test_the_table_shows_floor_figure_ratio_and_goal():
    head, row, missing = table(
        [Figure(work="memo", ours=120, floor=100, goal=1.15), Figure(work="API", missing="not built")]
    ).splitlines()
    assert head.split() == ["work", "floor", "ours", "ratio", "goal", "reached"]
    assert row.split("  ")[0] == "memo"
    assert all(words in row for words in ("100 ms", "120 ms", "1.20 ×", "≤ 1.15 ×"))
    assert row.endswith("NO")
    assert missing.endswith("not built")
