"""Bad days by the dozen, on SQLite and PostgreSQL in turn, the long campaigns in full, then the deployment.

    python -m tests.soak [--runs 50] [--reminders 200] [--only NAME …] [--afresh] [--without-campaigns]
                         [--without-deployment]

What was lived through is kept in var/soak/lived-through.jsonl, so that a second call goes on where the first one was
stopped. Exit 1 when a reminder was lost, one arrived more often than the fault allows, or a later part failed.
"""

import argparse
import base64
import json
import os
import secrets
import sys
import time
from dataclasses import asdict, fields
from itertools import product
from pathlib import Path

os.environ["COUNTERSIGN_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
for name in ("DATABASE_URL", "BROKER_URL", "EMAIL_URL", "STORAGE_ROOT", "BASE_URL"):
    os.environ.pop(name, None)
os.environ["VAULT_KEYS"] = f"soak:{base64.b64encode(secrets.token_bytes(32)).decode()}"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests import machine  # noqa: E402
from tests.soak.bad_days import backends_of, live_through  # noqa: E402
from tests.soak.databases import Shelf  # noqa: E402
from tests.soak.faults import AT_MOST, FAULTS, TWICE_ALLOWED, why_not  # noqa: E402
from tests.soak.stage import Verdict  # noqa: E402

FIRST_SEED = 20_261_123


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__.splitlines()[0])
    asked.add_argument("--runs", type=int, default=50, help="of each fault")
    asked.add_argument("--reminders", type=int, default=200, help="in each run")
    asked.add_argument("--only", action="append", choices=FAULTS, metavar="NAME", help=", ".join(FAULTS))
    asked.add_argument("--afresh", action="store_true", help="forget what was lived through before")
    asked.add_argument("--without-campaigns", action="store_true", help="leave out tests with their full amounts")
    asked.add_argument("--without-deployment", action="store_true")
    options = asked.parse_args(arguments)
    folder = Path(settings.VAR) / "soak"
    folder.mkdir(parents=True, exist_ok=True)
    settings.STORAGE_ROOT = folder / "files"
    book = folder / "lived-through.jsonl"
    if options.afresh:
        book.unlink(missing_ok=True)
    shelf = Shelf(folder)
    try:
        for fault in options.only or FAULTS:
            _live_through_all(fault, options, shelf, book, folder)
    finally:
        shelf.clear()
    went_well = _print_table(_lived(book, options.reminders))
    if not options.without_campaigns and not options.only:
        from tests.soak import in_full

        went_well = in_full.main() == 0 and went_well
    if not options.without_deployment and not options.only:
        from tests.soak import deployment

        went_well = deployment.main() == 0 and went_well
    return 0 if went_well else 1


def _live_through_all(fault: str, options: argparse.Namespace, shelf: Shelf, book: Path, folder: Path) -> None:
    if reason := why_not(fault):
        print(f"SKIPPED {fault}: {reason}")
        return
    lived = {(row["fault"], row["seed"]) for row in _lived(book, options.reminders)}
    backends = backends_of(fault, has_postgres=machine.postgres_url() is not None)
    for run in range(options.runs):
        seed = FIRST_SEED + run
        if (fault, seed) in lived:
            continue
        backend, started = backends[run % len(backends)], time.monotonic()
        verdict = live_through(
            fault, backend, reminders=options.reminders, seed=seed, shelf=shelf, folder=folder / "day"
        )
        row = {"fault": fault, "seed": seed, "asked": options.reminders, "backend": backend, **asdict(verdict)}
        row["seconds"] = round(time.monotonic() - started, 1)
        with book.open("a") as lines:
            lines.write(json.dumps(row) + "\n")
        print(f"  {fault} {run + 1} of {options.runs} on {backend}: {verdict}, {row['seconds']} s", flush=True)


def _lived(book: Path, reminders: int) -> list[dict]:
    """What was lived through so far with as many reminders. A verdict that knows less than today's is not counted."""
    rows = [json.loads(line) for line in book.read_text().splitlines()] if book.exists() else []
    return [row for row in rows if row["asked"] == reminders and row.keys() >= {one.name for one in fields(Verdict)}]


def _print_table(rows: list[dict]) -> bool:
    """Whether nothing was lost, nothing doubled beyond what the fault allows, and no mail came a third time."""
    print(
        f"\n{'fault':<24}{'database':<10}{'runs':>6}{'reminders':>11}{'lost':>6}{'doubled':>9}{'allowed':>9}{'seconds':>9}"
    )
    for fault, backend in product(FAULTS, ("sqlite", "postgres")):
        of_it = [row for row in rows if (row["fault"], row["backend"]) == (fault, backend)]
        if not of_it:
            continue
        allowed = TWICE_ALLOWED.get(fault, 0) * len(of_it)
        reminders, lost, doubled, seconds = (
            sum(row[name] for row in of_it) for name in ("reminders", "lost", "doubled", "seconds")
        )
        print(
            f"{fault:<24}{backend:<10}{len(of_it):>6}{reminders:>11,}{lost:>6}{doubled:>9}{allowed:>9}{seconds:>9.0f}"
        )
    return all(
        row["lost"] == 0 and row["doubled"] <= TWICE_ALLOWED.get(row["fault"], 0) and row["most"] <= AT_MOST
        for row in rows
    )


if __name__ == "__main__":
    setup_test_environment()
    sys.exit(main(sys.argv[1:]))
