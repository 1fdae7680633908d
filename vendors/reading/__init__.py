"""PDF → facts with page and quote. Pure: bytes in, data out; no framework, no clock, no network."""

from vendors.reading.reader import read_report

# Raised whenever a rule changes what is found, so that reports on file are read again.
RULES_VERSION = 4

__all__ = ["RULES_VERSION", "read_report"]
