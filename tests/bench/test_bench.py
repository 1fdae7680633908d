"""A little of every bench: the table has a row for each figure, and every row says what it found."""

import os
import subprocess
import sys

import pytest

from tests.bench.figures import Figure, table
from tests.repository.tree import ROOT


def bench(*arguments: str) -> str:
    """What it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", *arguments],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_for(work: str, printed: str) -> list[str]:
    """The rows of a work; each says whether its goal is reached."""
    rows = [line for line in printed.splitlines() if line.startswith(work) or f" {work}" in line]
    assert rows, f"no row for {work}:\n{printed}"
    assert all(line.rstrip().endswith(("yes", "NO")) for line in rows), rows
    return rows


@pytest.mark.slow
def test_little_of_everything_runs_and_prints_goal_and_figure_per_row():
    printed = bench("--small", "--on", "sqlite")
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
        assert rows_for(work, printed)


@pytest.mark.postgres
def test_one_bench_alone_on_one_database_prints_its_rows_and_no_others():
    printed = bench("--small", "--only", "scan", "--on", "postgres")
    assert [row.split("  ")[0] for row in rows_for("due scan", printed)] == [
        "due scan: 6 of 500 reports, PostgreSQL [postgres]"
    ]
    assert "[sqlite]" not in printed


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
