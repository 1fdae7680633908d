"""`manage.py read_report FILE --json`: what the reader finds in a report (DESIGN.md, "Contracts").

The file is read in the confined child: a hostile one costs a sentence.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vendors.confinement.errors import ConfinedJobFailed
from vendors.reading.contract import as_json
from vendors.reading.facts import Reading, Unreadable
from vendors.reports.ocr import read_whole

PIECE = 1024 * 1024
TIMEOUT = 60.0  # a report of 3,000 pages; nobody waits at a page for this command


class Command(BaseCommand):
    help = "Read a report. Exit 0 also for a file that cannot be read (its error says why), 2 for wrong usage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="print everything as one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        content = _read(path)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
            return
        for line in _in_words(content):
            self.stdout.write(line)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = read_whole(lambda: _pieces(path), timeout=TIMEOUT)
    except ConfinedJobFailed as failure:
        content = as_json(Reading(error=Unreadable.DAMAGED))
        content["reason"] = str(failure)
    content.pop("fingerprints", None)  # numbers for comparing on file, nothing to read
    return content


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _in_words(content: dict[str, Any]) -> Iterator[str]:
    if content["error"]:
        yield content["reason"]
        return
    for name, ground in content["evidence"].items():
        read_by = ", read by OCR" if ground["ocr"] else ""
        page = f" (page {ground['page']}{read_by})" if ground["page"] else ""
        yield f"{name.replace('_', ' ')}: {_plain(content[name])}{page}"
    for name in ("subservice_organizations", "exceptions", "cuecs"):
        yield f"{name.replace('_', ' ')}: {len(content[name])}"
        for row in content[name]:
            told = " ".join(str(row[key]) for key in ("name", "control", "method", "text") if row.get(key))
            yield f"  page {row['page']}: {told}"
    for note in content["notes"]:
        yield f"note on {note['about'].replace('_', ' ')}: {note['text']}"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "none found"
    return "not found" if value is None else str(value)
