"""Reading a report whole: the confined reader, and, where the administrator switched it on, tesseract for pages that
are pictures. Off unless TESSERACT says otherwise.

The confined child may start no program, so tesseract is a step of its own between two readings: it gets the picture
of one page on its standard input, behind walls like the child's (`vendors.confinement.programs`).
"""

import logging
import shutil
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined, run_program_confined
from vendors.reading.recognised import Picture, read_tsv

log = logging.getLogger(__name__)

WIDTH = 1600  # pixels, 190 to the inch of a letter: coarse scans of 80 are read better than at twice that
MOST_PAGES = 80  # three seconds each
SECONDS = 30

Pieces = Callable[[], Iterable[bytes]]


def read_whole(pieces: Pieces, *, timeout: float) -> dict[str, Any]:
    """The JSON of a reading (`vendors.reading.jobs.read`), pictures of pages recognised where that is switched on.

    pieces  gives the file from its beginning each time it is asked
    Raises ConfinedJobFailed as `run_confined` does.
    """
    content, _ = run_confined("vendors.reading.jobs:read", params={}, data=pieces(), timeout=timeout)
    pages = content["pages_without_text"] if can_recognise() else []
    recognised = {str(page): picture.as_json() for page in pages[:MOST_PAGES] if (picture := _recognised(pieces, page))}
    if not recognised:
        return content
    params = {"recognised": recognised}
    content, _ = run_confined("vendors.reading.jobs:read", params=params, data=pieces(), timeout=timeout)
    return content


def can_recognise() -> bool:
    """Whether pictures of pages are recognised here: switched on, and the program is there."""
    return bool(settings.TESSERACT) and shutil.which("tesseract") is not None


def _recognised(pieces: Pieces, page: int) -> Picture | None:
    """The words of one page; None where it cannot be drawn or recognised, which leaves it to the reviewer's eyes."""
    try:
        size, png = run_confined(
            "vendors.vault.pdf_jobs:page_image", params={"page": page, "width": WIDTH}, data=pieces()
        )
        return read_tsv(_tesseract(png), size["width"])
    except (ConfinedJobFailed, OSError, ValueError) as problem:
        log.warning("Page %s was not recognised: %s", page, type(problem).__name__)
        return None


def _tesseract(png: bytes) -> str:
    """What it prints of the picture. Raises ConfinedJobFailed."""
    program = shutil.which("tesseract")
    assert program is not None
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", "3", "tsv"]
    printed = run_program_confined(command, data=png, timeout=SECONDS, environment={"OMP_THREAD_LIMIT": "1"})
    return printed.decode("utf-8", "replace")
