"""Measures floors and product in one run and prints a table.

    python -m tests.bench [--small] [--only NAME …] [--on sqlite | postgres] [--memos N] [--reports N]

Exit 0 when every row has a figure, goals reached or not: figures of a busy machine decide nothing. The data lie in
throw-away databases and in var/bench.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

os.environ["COUNTERSIGN_MODE"] = "test"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
for name in ("DATABASE_URL", "BROKER_URL", "EMAIL_URL", "STORAGE_ROOT", "BASE_URL", "VAULT_KEYS"):
    os.environ.pop(name, None)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests import machine  # noqa: E402
from tests.bench.answering import answering  # noqa: E402
from tests.bench.campaigns import campaigns  # noqa: E402
from tests.bench.figures import SMALL, Amounts, Bench, Figure, Figures, table  # noqa: E402
from tests.bench.files import files  # noqa: E402
from tests.bench.mail import mails  # noqa: E402
from tests.bench.memos import memos  # noqa: E402
from tests.bench.pages import pages  # noqa: E402
from tests.bench.questionnaires import questionnaires  # noqa: E402
from tests.bench.reading import readings  # noqa: E402
from tests.bench.scans import scans  # noqa: E402
from tests.bench.viewer import viewer  # noqa: E402
from tests.databases import this_process_on  # noqa: E402
from tests.factories.correspondence import LETTERS  # noqa: E402
from tests.postgres import Server  # noqa: E402
from tests.sqlite import migrated_file  # noqa: E402

MOST_SECONDS_TO_MIGRATE = 15


def migrate(_amounts: Amounts) -> Figures:
    """An empty database, from nothing."""
    started = time.perf_counter()
    call_command("migrate", verbosity=0)
    took = time.perf_counter() - started
    yield Figure(work="migrate an empty database", unit="s", ours=took, goal=MOST_SECONDS_TO_MIGRATE)


# What is measured, and on which databases.
BENCHES: dict[str, tuple[Bench, tuple[str, ...]]] = {
    "migrate": (migrate, ("sqlite", "postgres")),
    "files": (files, ("sqlite",)),
    "mail": (mails, ("sqlite", "postgres")),
    "pages": (pages, ("sqlite", "postgres")),
    "viewer": (viewer, ("sqlite",)),
    "questionnaires": (questionnaires, ("sqlite",)),
    "memos": (memos, ("sqlite",)),
    "reading": (readings, ("sqlite",)),
    "answering": (answering, ("sqlite", "postgres")),
    "campaigns": (campaigns, ("sqlite", "postgres")),
    "scan": (scans, ("sqlite", "postgres")),
}


class Stages:
    """Throw-away databases. Each starts as a copy of a migrated one."""

    def __init__(self) -> None:
        self._template: str | None = None

    @contextmanager
    def throw_away(self, backend: str, *, migrated: bool) -> Iterator[None]:
        """This process on an empty database, with its tables or without."""
        own = self._sqlite(migrated=migrated) if backend == "sqlite" else self._postgres(migrated=migrated)
        with own as url, this_process_on(url):
            yield

    @contextmanager
    def _sqlite(self, *, migrated: bool) -> Iterator[str]:
        path = settings.VAR / "bench" / "bench.sqlite3"
        for left in path.parent.glob(f"{path.name}*"):
            left.unlink()
        if migrated:
            shutil.copy(migrated_file(), path)
        yield f"sqlite:///{path}"

    @contextmanager
    def _postgres(self, *, migrated: bool) -> Iterator[str]:
        server = _server()
        if migrated and self._template is None:
            self._template = server.create()
            _migrate(server.address(self._template))
        name = server.create(template=self._template) if migrated and self._template else server.create()
        try:
            yield server.address(name)
        finally:
            server.drop(name)

    def close(self) -> None:
        if self._template is not None:
            _server().drop(self._template)


def _server() -> Server:
    return Server(machine.postgres_url() or "")


def _migrate(url: str) -> None:
    with this_process_on(url):
        call_command("migrate", verbosity=0)


def measured(names: list[str], amounts: Amounts, *, only_on: str | None = None) -> Iterator[Figure]:
    stages = Stages()
    try:
        for name in names:
            for backend in (one for one in BENCHES[name][1] if only_on in (None, one)):
                for figure in _figures(name, backend, stages, amounts):
                    print("  …", *filter(None, figure.row()), sep="  ", file=sys.stderr, flush=True)
                    yield figure
    finally:
        stages.close()


def _figures(name: str, backend: str, stages: Stages, amounts: Amounts) -> Iterator[Figure]:
    bench, backends = BENCHES[name]
    where = f" [{backend}]" if len(backends) > 1 else ""
    if backend == "postgres" and not machine.postgres_url():
        yield Figure(work=f"{name}{where}", missing=machine.lack("postgres") or "")
        return
    with stages.throw_away(backend, migrated=name != "migrate"):
        for figure in bench(amounts):
            yield replace(figure, work=figure.work + where)


def main(arguments: list[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    asked.add_argument("--small", action="store_true", help="little of everything: shows only that it runs")
    asked.add_argument("--only", action="append", choices=BENCHES, metavar="NAME", help=", ".join(BENCHES))
    asked.add_argument("--on", choices=("sqlite", "postgres"), help="one database instead of both")
    asked.add_argument("--memos", type=int)
    asked.add_argument("--reports", type=int)
    options = asked.parse_args(arguments)
    amounts = SMALL if options.small else Amounts()
    changes = {name: value for name in ("memos", "reports") if (value := getattr(options, name))}
    folder = Path(settings.VAR) / "bench"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings.STORAGE_ROOT = folder / "files"
    settings.TEMPLATES[0]["DIRS"].append(LETTERS)
    figures = list(measured(options.only or list(BENCHES), replace(amounts, **changes), only_on=options.on))
    print(table(figures))
    lasts = [figure for figure in figures if figure.is_reached is False]
    print(f"\n{sum(figure.is_reached is True for figure in figures)} goals reached, {len(lasts)} not, of this run.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
