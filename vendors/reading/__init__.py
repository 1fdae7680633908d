"""PDF → facts with page and quote. Pure: bytes in, data out; no framework, no clock, no network."""

from vendors.reading.reader import read_report

__all__ = ["read_report"]
