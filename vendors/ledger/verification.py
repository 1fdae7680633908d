"""Is the ledger whole? Reads the chain from its first entry and names the first place where it does not hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from vendors.ledger.append_only import Guard
from vendors.ledger.chain import GENESIS, digest
from vendors.ledger.models import LedgerEntry


@dataclass(frozen=True)
class Fault:
    """The first entry that is not as it was written; `seq` is None when the table around them is not."""

    seq: int | None
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """How many entries hold, the last of them, and the first fault if there is one."""

    count: int
    head: str
    fault: Fault | None


def verify(known: tuple[int, str] | None = None) -> Verdict:
    """Check every entry, then the triggers that keep them.

    `known` is a sequence number with its hash that somebody noted earlier outside this database: a chain cannot
    tell by itself that its tail was cut off or that it was written anew from the start.
    """
    count, head, fault = _first_broken_link(LedgerEntry.objects.order_by("seq").iterator(chunk_size=2000))
    return Verdict(count, head, fault or _missing_known_entry(known) or _missing_guard())


def _first_broken_link(entries: Iterable[LedgerEntry]) -> tuple[int, str, Fault | None]:
    count, head = 0, GENESIS
    for entry in entries:
        due = count + 1
        if entry.seq != due:
            return count, head, Fault(due, _("Entry %(seq)s is missing.") % {"seq": due})
        if entry.hash != digest(entry):
            return count, head, Fault(due, _("Entry %(seq)s is not what was written.") % {"seq": due})
        if entry.prev_hash != head:
            return count, head, Fault(due, _("Entry %(seq)s does not follow the one before it.") % {"seq": due})
        count, head = due, entry.hash
    return count, head, None


def _missing_known_entry(known: tuple[int, str] | None) -> Fault | None:
    if known is None:
        return None
    seq, noted = known
    if LedgerEntry.objects.filter(seq=seq, hash=noted).exists():
        return None
    return Fault(seq, _("Entry %(seq)s is not the one whose hash was noted.") % {"seq": seq})


def _missing_guard() -> Fault | None:
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question, [LedgerEntry._meta.db_table])
        present = {name for (name,) in cursor.fetchall()}
    guards = (each for each in LedgerEntry._meta.constraints if isinstance(each, Guard))
    missing = sorted(frozenset().union(*(each.trigger_names(connection.vendor) for each in guards)) - present)
    if not missing:
        return None
    return Fault(None, _("The database no longer guards the ledger: %(names)s.") % {"names": ", ".join(missing)})
