"""Pages of a PDF as pictures: drawn once, kept sealed, and marked anew for everybody who looks.

What is kept is the plain picture (`keeping`): whatever is wrong with it only costs the time to draw it anew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from vendors.confinement.services import run_confined
from vendors.people.actors import Actor
from vendors.vault import keeping
from vendors.vault.custody import record_page
from vendors.vault.models import PageImage, StoredFile
from vendors.vault.opening import opened_key, plain_chunks

# About 1,500 pages. The nightly tidying leaves so much; within a day twice as much may gather.
MOST_BYTES = 512 * 1024 * 1024
KEPT_UNUSED = timedelta(days=30)
# The order of use is told by the hour: a reader who turns pages writes no row for each.
USE_NOTED_AFTER = timedelta(hours=1)


def page_image(
    stored: StoredFile,
    *,
    page: int,
    width: int,
    mark: Sequence[str],
    by: Actor,
    purpose: str,
    at: datetime,
    ip: str | None = None,
) -> bytes:
    """One page as PNG with the lines of `mark` over it. Leaves a custody entry. Raises CannotOpen, ConfinedJobFailed.

    page     counted from 1
    width    in pixels
    purpose  why, in words the vendor may read
    """
    _image, png = _drawn(stored, page=page, width=width, at=at)
    _nothing, marked = run_confined("vendors.vault.watermark:stamp", params={"lines": list(mark)}, data=png)
    record_page(stored, page=page, by=by, at=at, purpose=purpose, ip=ip)
    return marked


def page_size(stored: StoredFile, *, page: int, width: int, at: datetime) -> tuple[float, float]:
    """Width and height of a page in points, as it is shown. Raises CannotOpen, ConfinedJobFailed.

    A page that was never drawn is drawn now, `width` wide: whoever asks is about to show it.
    """
    known = PageImage.objects.filter(file=stored, page=page).first()
    image = known or _drawn(stored, page=page, width=width, at=at)[0]
    return image.points_wide, image.points_high


def forget(stored: StoredFile) -> None:
    """Let go of every picture of a file that is being destroyed: rows now, bytes after the commit."""
    keeping.remove(PageImage.objects.filter(file=stored))


def tidy(*, now: datetime) -> int:
    """Let go of what nobody looked at for a month, then of the longest unused beyond `MOST_BYTES`. How many went."""
    idle = Q(used_at__lt=now - KEPT_UNUSED) | Q(file__destroyed_at__isnull=False)
    return keeping.remove(PageImage.objects.filter(idle)) + keeping.remove_unused(PageImage, most_bytes=MOST_BYTES)


def _drawn(stored: StoredFile, *, page: int, width: int, at: datetime) -> tuple[PageImage, bytes]:
    """The plain picture and what is known of it: the kept one, or a new one that is kept from now on."""
    with opened_key(stored) as key:
        kept = PageImage.objects.filter(file=stored, page=page, width=width).first()
        if kept is not None:
            png = keeping.content_of(kept, key)
            if png is not None:
                _note_use(kept, at)
                return kept, png
        result, png = run_confined(
            "vendors.vault.pdf_jobs:page_image", params={"page": page, "width": width}, data=plain_chunks(stored)
        )
        wide, high = result["points"]
        image = PageImage(
            file=stored, page=page, width=width, points_wide=wide, points_high=high, drawn_at=at, used_at=at
        )
        _keep(image, key, png)
        return image, png


def _keep(image: PageImage, key: bytes, png: bytes) -> None:
    if keeping.bytes_of(PageImage) <= 2 * MOST_BYTES:
        keeping.keep(image, key, png)


def _note_use(image: PageImage, at: datetime) -> None:
    if at - image.used_at >= USE_NOTED_AFTER:
        PageImage.objects.filter(pk=image.pk).update(used_at=at)
