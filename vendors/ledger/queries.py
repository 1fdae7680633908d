"""Reading the ledger, newest first."""

from django.db.models import QuerySet

from vendors.ledger.models import LedgerEntry


def entries_about(vendor_id: int) -> QuerySet[LedgerEntry]:
    """What happened to this vendor and everything on its file."""
    return LedgerEntry.objects.filter(vendor_id=vendor_id).order_by("-seq")


def entries_on(subject_type: str, subject_id: int | str) -> QuerySet[LedgerEntry]:
    """What happened to one object: `entries_on("report", 12)`."""
    return LedgerEntry.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("-seq")


def latest(count: int) -> list[LedgerEntry]:
    """The entries of the whole installation that were written last, by the moment they tell of."""
    return sorted(LedgerEntry.objects.order_by("-seq")[:count], key=lambda entry: (entry.at, entry.seq), reverse=True)
