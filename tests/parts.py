"""`make test`: its parts in turn, then their times, and last what was skipped.

    python -m tests.parts [PART …] [--coverage] [--no-skips]

Without a name: the parts that a developer waits for. `long`, seeded samples of the long campaigns and whatever else
takes its time, is asked for by its name (`make test-long`, which `.ci/run` does too). A part that fails does not stop
the next one. Exit 1 when a test failed, or, with --no-skips (the default where CI is set), when anything was skipped.

With --coverage (`make coverage`) all parts run, and every line they went is counted, in the workers, children and
servers they start as well, which takes nearly as long again; exit 1 when all together are below the bar of
pyproject.toml.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.marks import ALL_OF_THEM

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "test"
# What a developer has set for a demo or a server of their own is not what the tests run on.
NOT_OURS = ("BASE_URL", "BROKER_URL", "DATABASE_URL", "EMAIL_URL", "STORAGE_ROOT", "VAULT_KEYS", "SECRET_KEY")
PASSED, FAILED_TESTS, NOTHING_FOUND = 0, 1, 5

NOTHING_BESIDE = f"not ({ALL_OF_THEM})"
TWO_AT_ONCE = ("-n", "2", "--dist", "worksteal")
# Some of these take a hundred times as long as others: they begin (tests/longest_first.py), each when there is room.
# They wait for servers and browsers half of their time, so that there is room for a third one.
LONGEST_FIRST = ("-n", "3", "--dist", "load", "--maxschedchunk", "1", "-p", "tests.longest_first")
# Its tests are made from the API's description while they are collected, which takes a third of the time of that.
ONLY_WITH_THE_LONG = ("--ignore", "tests/procurement/api/test_every_operation.py")


@dataclass(frozen=True)
class Part:
    """Tests by their marks.

    at_once      how they are handed to processes
    is_awaited   `make test` runs it
    """

    name: str
    marked: str
    at_once: tuple[str, ...] = TWO_AT_ONCE
    is_awaited: bool = True


PARTS = (
    Part("fast", f"{NOTHING_BESIDE} and not slow"),
    # Browser, broker and PostgreSQL together: one start, one search for the tests.
    Part("real", ALL_OF_THEM, LONGEST_FIRST),
    Part("long", f"{NOTHING_BESIDE} and slow", is_awaited=False),
)


@dataclass(frozen=True)
class Outcome:
    part: Part
    code: int
    seconds: float
    skips: dict[str, str]

    @property
    def says(self) -> str:
        return {PASSED: "passed", FAILED_TESTS: "FAILED", NOTHING_FOUND: "no test found"}.get(
            self.code, f"stopped with {self.code}"
        )


def environment(part: Part) -> dict[str, str]:
    from tests import machine

    ours = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    ours |= {
        "COUNTERSIGN_MODE": "test",
        "COVERAGE_FILE": str(VAR / "coverage" / "data"),
        "SKIPS_FILE": str(VAR / f"skips-{part.name}.json"),
    }
    browser = machine.chromium()
    if browser:
        ours["CHROMIUM"] = browser
    return ours


def run(part: Part, *, measuring_lines: bool) -> Outcome:
    print(f"\n── {part.name} ──", flush=True)
    started = time.monotonic()
    measuring = ["-m", "coverage", "run"] if measuring_lines else []
    command = [sys.executable, *measuring, "-m", "pytest", "-q", "--tb=short", "-p", "tests.skips"]
    command += [*part.at_once, *(ONLY_WITH_THE_LONG if part.is_awaited else ()), "-m", part.marked]
    code = subprocess.run(command, cwd=ROOT, env=environment(part), check=False).returncode
    file = VAR / f"skips-{part.name}.json"
    skips = json.loads(file.read_text()) if file.exists() else {}
    return Outcome(part, code, time.monotonic() - started, skips)


def coverage() -> tuple[str, bool]:
    """Combines what every part measured. Returns the total in words, and whether it reaches the bar."""
    tool = [sys.executable, "-m", "coverage"]
    ours = {**os.environ, "COVERAGE_FILE": str(VAR / "coverage" / "data")}
    # It warns about every process that a test killed in the middle of writing.
    subprocess.run([*tool, "combine", "--quiet"], cwd=ROOT, env=ours, check=False, capture_output=True)
    report = subprocess.run([*tool, "report"], cwd=ROOT, env=ours, check=False, capture_output=True, text=True)
    (VAR / "coverage.txt").write_text(report.stdout + report.stderr)
    total = next((line.split()[-1] for line in report.stdout.splitlines() if line.startswith("TOTAL")), "unknown")
    return f"{total}, branches included; line by line in var/test/coverage.txt", report.returncode == 0


def table_of_skips(outcomes: list[Outcome]) -> list[str]:
    """One row for each reason, with the command that ends it: a skipped test is not a passed one."""
    from tests.machine import TO_RUN_IT

    counted = Counter((outcome.part.name, reason) for outcome in outcomes for reason in outcome.skips.values())
    rows = []
    for (part, reason), count in sorted(counted.items()):
        why, _, command = reason.partition(TO_RUN_IT)
        rows.append(f"  {count:>4}  {part:<9}  {why}")
        if command:
            rows.append(f"{'':19}{command}")
    return rows


def main(arguments: list[str]) -> int:
    no_skips = "--no-skips" in arguments or bool(os.environ.get("CI"))
    measuring_lines = "--coverage" in arguments
    names = [argument for argument in arguments if argument not in {"--no-skips", "--coverage"}]
    if not set(names) <= {part.name for part in PARTS}:
        print(
            f"usage: python -m tests.parts [{' | '.join(part.name for part in PARTS)}] [--coverage] [--no-skips]",
            file=sys.stderr,
        )
        return 2
    shutil.rmtree(VAR, ignore_errors=True)
    (VAR / "coverage").mkdir(parents=True)
    wanted = [part for part in PARTS if (part.name in names if names else part.is_awaited or measuring_lines)]
    outcomes = [run(part, measuring_lines=measuring_lines) for part in wanted]
    skipped = table_of_skips(outcomes)
    failed = any(outcome.code != PASSED for outcome in outcomes)

    print("\n── all parts ──")
    for outcome in outcomes:
        print(f"  {outcome.part.name:<9}  {outcome.seconds:>6.1f} s  {outcome.says}")
    if measuring_lines and not names:
        total, reached = coverage()
        print(f"  coverage   {total}")
        if not reached:
            # Tests that could not run leave lines untouched: the bar is held where everything ran.
            print("  The coverage is below the bar of pyproject.toml.")
            failed = failed or not skipped
    if skipped:
        print("\nSkipped, and the command that ends it:")
        print(*skipped, sep="\n")
        failed = failed or no_skips
    else:
        print("\nNothing was skipped.")
    return 1 if failed else 0


if __name__ == "__main__":
    os.environ["COUNTERSIGN_MODE"] = "test"
    sys.exit(main(sys.argv[1:]))
