"""Reading the vault's registers: custody, and every file there is."""

from django.db.models import QuerySet

from vendors.vault.models import CustodyEntry, StoredFile


def custody_of(stored: StoredFile) -> QuerySet[CustodyEntry]:
    """Who touched the file, newest first: shown to staff and to the vendor whose file it is."""
    return CustodyEntry.objects.filter(file=stored)


def custody_for_vendor(vendor_id: int) -> QuerySet[CustodyEntry]:
    """Who touched any file of this vendor, newest first."""
    return CustodyEntry.objects.filter(file__vendor_id=vendor_id).select_related("file")


def files_in_keeping() -> QuerySet[StoredFile]:
    """Every file that was not destroyed, oldest first."""
    return StoredFile.objects.filter(destroyed_at__isnull=True).order_by("sealed_at", "pk")
