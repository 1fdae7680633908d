"""Runs in the confined child: the bytes of a file → the JSON of its reading. Imports no framework."""

from typing import Any

from vendors.reading.contract import as_json
from vendors.reading.reader import read_report


def read(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Read one report; a file that cannot be read is an answer as well."""
    return as_json(read_report(data)), b""
