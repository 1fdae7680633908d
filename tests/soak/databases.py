"""Databases full of reminders: made once for each number of reminders, then copied for every bad day."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command

from tests import machine
from tests.databases import this_process_on
from tests.postgres import Server
from tests.soak.stage import fill
from tests.sqlite import migrated_file

SMALL_DISK = "size=48m"


@dataclass
class Shelf:
    """`with shelf.database("sqlite", 200) as (url, expected)`: a copy for this bad day alone."""

    folder: Path
    _files: dict[int, tuple[Path, int]] = field(default_factory=dict)
    _templates: dict[int, tuple[str, int]] = field(default_factory=dict)

    @contextmanager
    def database(self, backend: str, reminders: int, folder: Path) -> Iterator[tuple[str, int]]:
        if backend == "postgres":
            server, (template, expected) = self._server(), self._template(reminders)
            name = server.create(template=template)
            try:
                with this_process_on(server.address(name)) as url:
                    yield url, expected
            finally:
                server.drop(name)
        else:
            file, expected = self._file(reminders)
            copy = shutil.copy(file, folder / "countersign.sqlite3")
            with this_process_on(f"sqlite:///{copy}") as url:
                yield url, expected

    def clear(self) -> None:
        for name, _expected in self._templates.values():
            self._server().drop(name)

    def _server(self) -> Server:
        return Server(machine.postgres_url() or "")

    def _file(self, reminders: int) -> tuple[Path, int]:
        if reminders not in self._files:
            path = self.folder / f"{reminders}-reminders.sqlite3"
            shutil.copy(migrated_file(), path)
            with this_process_on(f"sqlite:///{path}"):
                self._files[reminders] = path, fill(reminders)
        return self._files[reminders]

    def _template(self, reminders: int) -> tuple[str, int]:
        if reminders not in self._templates:
            name = self._server().create()
            with this_process_on(self._server().address(name)):
                call_command("migrate", verbosity=0)
                self._templates[reminders] = name, fill(reminders)
        return self._templates[reminders]


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of a few megabytes at this folder. Needs root."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", SMALL_DISK, "countersign-soak", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
