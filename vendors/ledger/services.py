"""Writing to the ledger: the last statement of every business act."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vendors.ledger.chain import GENESIS, digest, plain, printable
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Actor

# Any fixed number: whoever holds this lock on PostgreSQL writes the next entry.
WRITING_THE_LEDGER = 0x6C6564676572


def record(
    *,
    by: Actor,
    verb: str,
    sentence: str,
    at: datetime,
    vendor_id: int | None = None,
    subject: tuple[str, int | str] | None = None,
    details: Mapping[str, Any] | None = None,
) -> LedgerEntry:
    """Append one entry to the installation's chain, in the caller's transaction.

    verb      what happened as a program reads it: "report.accepted"
    sentence  what happened as a person reads it, without the actor: "SOC 2 Type II report of Quillhaven accepted"
    subject   the object it happened to: ("report", 12)
    details   further facts as JSON; no float, no secret, no report content

    Writers wait for each other until the transaction ends (an advisory lock on PostgreSQL, IMMEDIATE on SQLite).
    So take every row lock of the act first and record last, or two acts may wait for each other.
    Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The ledger is written inside the transaction of the act it records."
        )
    _wait_for_my_turn()
    last = LedgerEntry.objects.order_by("-seq").only("seq", "hash").first()
    subject_type, subject_id = subject or ("", "")
    entry = LedgerEntry(
        seq=last.seq + 1 if last else 1,
        at=at,
        actor_label=printable(by.label)[:160],
        actor_kind=str(by.kind),
        actor_id=by.pk,
        verb=verb,
        vendor_id=vendor_id,
        subject_type=subject_type,
        subject_id=str(subject_id),
        sentence=printable(str(sentence)),
        details=plain(details or {}),
        prev_hash=last.hash if last else GENESIS,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry


def _wait_for_my_turn() -> None:
    """One writer at a time until commit. On SQLite an IMMEDIATE transaction holds the write lock already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING_THE_LEDGER])
