"""Ledger entries, written through the real service."""

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from vendors.ledger.models import LedgerEntry
from vendors.ledger.services import record
from vendors.people.actors import SYSTEM, Actor


def entry(sentence: str = "Quillhaven added", *, by: Actor = SYSTEM, **kept: Any) -> LedgerEntry:
    """One entry; `kept` are further arguments of `record`."""
    kept = {"verb": "vendor.added", "at": datetime(2026, 11, 23, 9, 0, tzinfo=UTC), **kept}
    with transaction.atomic():
        return record(by=by, sentence=sentence, **kept)
