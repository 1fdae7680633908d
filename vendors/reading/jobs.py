"""Runs in the confined child: the bytes of a file → the JSON of its reading. Imports no framework."""

from typing import Any

from vendors.reading.contract import as_json
from vendors.reading.reader import read_report


def read(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one report; a file that cannot be read is an answer as well.

    Beside the contract: `fingerprints` of the long parts, by their names.
    """
    reading = read_report(data)
    prints = {part: print_.as_json() for part, print_ in reading.fingerprints.items()}
    return as_json(reading) | {"fingerprints": prints}, b""
