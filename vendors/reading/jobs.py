"""Runs in the confined child: the bytes of a file → its reading, or where words stand in it. Imports no framework."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from vendors.reading import search
from vendors.reading.contract import as_json
from vendors.reading.opening import CannotRead, opened
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


def find(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Where the words stand: {"hits": [`search.Hit` as a dictionary, …], "error": None, or why nothing was read}.

    words  as typed; nothing of them is read as a pattern
    most   so many places and no more
    page   the one page to look at; None stands for all of them
    """
    try:
        with opened(data) as document:
            hits = search.find(document, params["words"], most=params["most"], page=params["page"])
    except CannotRead as problem:
        return {"hits": [], "error": problem.why.value}, b""
    return {"hits": [asdict(hit) for hit in hits], "error": None}, b""


def text(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The text of all pages, packed for `find_in_text`: {"error": None, or why nothing was read}."""
    try:
        with opened(data) as document:
            return {"error": None}, search.packed(document)
    except CannotRead as problem:
        return {"error": problem.why.value}, b""


def find_in_text(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """As `find`, over all pages of a text that was packed before: the hits have no boxes."""
    hits = search.find_in_text(data, params["words"], most=params["most"])
    return {"hits": [asdict(hit) for hit in hits], "error": None}, b""


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
