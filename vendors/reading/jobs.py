"""Runs in the confined child: the bytes of a file → the JSON of its reading. Imports no framework."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from vendors.reading.contract import as_json
from vendors.reading.reader import read_report
from vendors.reading.recognised import Picture


def read(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one report; a file that cannot be read is an answer as well.

    `params["recognised"]`, if there: by page number, what was recognised in pictures of pages (`Picture.as_json`).
    Beside the contract: `fingerprints` of the long parts, by their names.
    """
    recognised = {int(page): Picture.from_json(kept) for page, kept in params.get("recognised", {}).items()}
    with _no_search_for_cycles():
        reading = read_report(data, recognised)
    prints = {part: print_.as_json() for part, print_ in reading.fingerprints.items()}
    return as_json(reading) | {"fingerprints": prints}, b""


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Words and lines are many and refer to each other in one direction only: looking for cycles among them, again
    and again, cost a tenth of the time. The child does nothing else meanwhile."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
