"""Runs in the confined child: the bytes of a file → its reading, or where words stand in it. Imports no framework."""

from dataclasses import asdict
from typing import Any

from vendors.reading import search
from vendors.reading.contract import as_json
from vendors.reading.opening import CannotRead, opened
from vendors.reading.reader import read_report


def read(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one report; a file that cannot be read is an answer as well."""
    return as_json(read_report(data)), b""


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
