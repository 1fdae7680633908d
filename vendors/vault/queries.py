"""Reading the vault's registers: custody, and every file there is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from vendors.people.actors import Kind
from vendors.vault.models import CustodyAction, CustodyEntry, StoredFile

# What lets somebody know the content of a file.
OPENINGS = (CustodyAction.OPENED, CustodyAction.PAGE_OPENED, CustodyAction.DOWNLOADED)


@dataclass(frozen=True)
class OpenedOnADay:
    """Who opened files of a vendor on one day, how and what for."""

    day: date
    who: str
    action: CustodyAction
    pages: int
    purpose: str

    @property
    def words(self) -> str:
        """The action; pages turned in a viewer are counted, each once."""
        if self.action == CustodyAction.PAGE_OPENED:
            return ngettext("Opened one page", "Opened %(n)s pages", self.pages) % {"n": self.pages}
        return str(self.action.label)


def custody_of(stored: StoredFile) -> QuerySet[CustodyEntry]:
    """Who touched the file, newest first: shown to staff and to the vendor whose file it is."""
    return CustodyEntry.objects.filter(file=stored)


def custody_for_vendor(vendor_id: int) -> QuerySet[CustodyEntry]:
    """Who touched any file of this vendor, newest first."""
    return CustodyEntry.objects.filter(file__vendor_id=vendor_id).select_related("file")


def opened_by_day(vendor_id: int, *, purpose: str, most: int = 10) -> list[OpenedOnADay]:
    """Who opened this vendor's files of one purpose, newest day first; a day's reading is one line."""
    rows = (
        CustodyEntry.objects.filter(file__vendor_id=vendor_id, file__purpose=purpose, action__in=OPENINGS)
        .values("who", "action", "purpose", day=TruncDate("at"))
        .annotate(pages=Count("page", distinct=True))
        .order_by("-day", "who", "action")[:most]
    )
    return [
        OpenedOnADay(row["day"], row["who"], CustodyAction(row["action"]), row["pages"], row["purpose"]) for row in rows
    ]


def files_in_keeping() -> QuerySet[StoredFile]:
    """Every file that was not destroyed, oldest first."""
    return StoredFile.objects.filter(destroyed_at__isnull=True).order_by("sealed_at", "pk")


def number_of_openers(file: OuterRef) -> QuerySet[CustodyEntry, Any]:
    """How many people have opened the file of a row, for a subquery; nothing where nobody has. That Countersign reads
    it is in the log as well, but it is nobody."""
    by_people = CustodyEntry.objects.filter(file=file, action__in=OPENINGS).exclude(who_kind=Kind.SYSTEM)
    opened = by_people.order_by().values("file")
    return opened.annotate(n=Count("who", distinct=True)).values("n")
