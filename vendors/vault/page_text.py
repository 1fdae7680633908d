"""The text of a PDF's pages, as words are searched in it: taken out once, kept sealed, read by the confined child only.

Taking the text out of a hundred pages costs a search its time; the words in it are found at once.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.vault import keeping
from vendors.vault.models import PageText, StoredFile
from vendors.vault.opening import opened_key, plain_chunks

# Some 400 long reports.
MOST_BYTES = 128 * 1024 * 1024
KEPT_UNUSED = timedelta(days=30)
USE_NOTED_AFTER = timedelta(hours=1)


def page_text(stored: StoredFile, *, at: datetime) -> bytes:
    """The packed text (`vendors.reading.search.packed`) for a job of the confined child. Raises CannotOpen,
    ConfinedJobFailed."""
    with opened_key(stored) as key:
        kept = PageText.objects.filter(file=stored).first()
        content = keeping.content_of(kept, key) if kept else None
        if kept and content is not None:
            if at - kept.used_at >= USE_NOTED_AFTER:
                PageText.objects.filter(pk=kept.pk).update(used_at=at)
            return content
        result, content = run_confined("vendors.reading.jobs:text", params={}, data=plain_chunks(stored))
        if result["error"]:
            raise ConfinedJobFailed(result["error"], "The file could not be read.")
        if keeping.bytes_of(PageText) <= 2 * MOST_BYTES:
            keeping.keep(PageText(file=stored, used_at=at), key, content)
        return content


def forget(stored: StoredFile) -> None:
    """Let go of the text of a file that is being destroyed: the row now, bytes after the commit."""
    keeping.remove(PageText.objects.filter(file=stored))


def tidy(*, now: datetime) -> int:
    """Let go of what nobody searched for a month, then of the longest unused beyond `MOST_BYTES`. How many went."""
    idle = Q(used_at__lt=now - KEPT_UNUSED) | Q(file__destroyed_at__isnull=False)
    return keeping.remove(PageText.objects.filter(idle)) + keeping.remove_unused(PageText, most_bytes=MOST_BYTES)
