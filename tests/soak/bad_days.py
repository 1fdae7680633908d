"""One bad day from its beginning to its verdict."""

import contextlib
import shutil
from pathlib import Path

from tests.soak.databases import Shelf, small_disk
from tests.soak.faults import FAULTS, ON_SQLITE_ONLY
from tests.soak.stage import Verdict, stage


def backends_of(fault: str, *, has_postgres: bool) -> tuple[str, ...]:
    return ("sqlite", "postgres") if has_postgres and fault not in ON_SQLITE_ONLY else ("sqlite",)


def live_through(fault: str, backend: str, *, reminders: int, seed: int, shelf: Shelf, folder: Path) -> Verdict:
    """Fill the stage, let the fault happen, mend it, wait until life has gone on. Returns what became of it."""
    disk = folder / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as day:
        day.callback(shutil.rmtree, folder, ignore_errors=True)
        if fault == "disk_full":
            day.enter_context(small_disk(disk))
        url, expected = day.enter_context(shelf.database(backend, reminders, disk))
        house = day.enter_context(stage(url, folder / "log", expected=expected, seed=seed))
        FAULTS[fault](house)
        house.recover()
        verdict = house.verdict()
        if verdict.lost:
            kept = folder.with_name(f"lost-{fault}-{backend}-{seed}")
            shutil.copytree(folder / "log", kept, dirs_exist_ok=True)
            print(f"  {verdict.lost} lost: what the processes said is kept in {kept}", flush=True)
        return verdict
