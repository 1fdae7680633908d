"""Sealed bytes that no row knows: left by an undone transaction or a power cut. Unreadable for ever."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from vendors.vault.models import PageImage, PageText, StoredFile
from vendors.vault.storage import incoming_folder, vault_storage

# A file may be in place a little before its row is committed; an upload may be on its way for a while.
LEFT_ALONE = timedelta(hours=1)


def orphans(*, now: datetime) -> list[str]:
    """Storage names of sealed files older than an hour without a row that can open them."""
    return list(_orphans(now))


def remove_orphans(*, now: datetime) -> int:
    """Remove them, and parts of uploads that a killed process left. Returns how many went."""
    count = 0
    for name in _orphans(now):
        vault_storage().delete(name)
        count += 1
    for part in incoming_folder().glob("*.part"):
        if datetime.fromtimestamp(part.stat().st_mtime, UTC) < now - LEFT_ALONE:
            part.unlink(missing_ok=True)
            count += 1
    return count


def _orphans(now: datetime) -> Iterator[str]:
    storage = vault_storage()
    folders = storage.listdir("")[0] if storage.exists("") else []
    for folder in sorted(folders):
        known = _known_in(folder)
        for file in sorted(storage.listdir(folder)[1]):
            name = f"{folder}/{file}"
            if name not in known and storage.get_modified_time(name) < now - LEFT_ALONE:
                yield name


def _known_in(folder: str) -> set[str]:
    """Files, and what is kept of their pages, that can still be opened."""
    here = {"storage_name__startswith": f"{folder}/"}
    files = StoredFile.objects.filter(**here, destroyed_at__isnull=True).values_list("storage_name", flat=True)
    there = {**here, "file__destroyed_at__isnull": True}
    pages = PageImage.objects.filter(**there).values_list("storage_name", flat=True)
    texts = PageText.objects.filter(**there).values_list("storage_name", flat=True)
    return {*files, *pages, *texts}
