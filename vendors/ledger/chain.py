"""How an entry is hashed (SECURITY.md, section 6): the same entry gives the same hash on every database."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise

GENESIS = "0" * 64
FORMAT = 1


class Sealable(Protocol):
    """The columns an entry's hash covers: all of them but the hash."""

    seq: int
    at: datetime
    actor_label: str
    actor_kind: str
    actor_id: int | None
    verb: str
    vendor_id: int | None
    subject_type: str
    subject_id: str
    sentence: str
    details: Any
    prev_hash: str


def digest(entry: Sealable) -> str:
    """SHA-256 over the entry's canonical JSON. Quotes and escapes make it unambiguous where one column ends."""
    content = {
        "format": FORMAT,
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_label": entry.actor_label,
        "actor_kind": entry.actor_kind,
        "actor_id": entry.actor_id,
        "verb": entry.verb,
        "vendor_id": entry.vendor_id,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "sentence": entry.sentence,
        "details": entry.details,
        "prev_hash": entry.prev_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def printable(text: str) -> str:
    """The text on one line: control characters and unpaired surrogates would read differently than they hash."""
    characters = (c if c.isprintable() or c == "\u00a0" else " " for c in text)
    return " ".join("".join(characters).split())


def plain(value: Any) -> Any:
    """The value as JSON that every database gives back unchanged: dates, decimals and ids become text.

    Raises TypeError for a float (databases round them differently) and for anything else JSON does not know.
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise):
        return str(value).replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(each) for each in ordered]
    raise TypeError(f"The ledger cannot hold a {type(value).__name__}; write it as text.")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"The ledger names details by text, not by {type(key).__name__}.")
    return str(plain(key))
