"""Pages of a PDF as pictures: drawn once, kept sealed, and marked anew for everybody who looks.

What is kept is the plain picture, under a key made from the file's own: when that key goes, no copy of a picture
opens again, wherever it lies. Everything here can be drawn anew, so whatever is wrong with a kept picture (damaged,
missing, no room for it) only costs the time to draw it.
"""

import logging
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum

from vendors.confinement.services import run_confined
from vendors.people.actors import Actor
from vendors.sealing.errors import SealingError
from vendors.sealing.keyring import derived_key
from vendors.sealing.streams import StreamSealer, open_stream
from vendors.vault.custody import record_page
from vendors.vault.models import PageImage, StoredFile
from vendors.vault.opening import opened_key, plain_chunks
from vendors.vault.storage import vault_storage

log = logging.getLogger(__name__)

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
    _remove(PageImage.objects.filter(file=stored))


def tidy(*, now: datetime) -> int:
    """Let go of what nobody looked at for a month, then of the longest unused beyond `MOST_BYTES`. How many went."""
    idle = Q(used_at__lt=now - KEPT_UNUSED) | Q(file__destroyed_at__isnull=False)
    gone = _remove(PageImage.objects.filter(idle))
    over = _bytes_kept() - MOST_BYTES
    spare = []
    for image in PageImage.objects.order_by("used_at", "pk").iterator():
        if over <= 0:
            break
        spare.append(image)
        over -= image.size
    return gone + _remove(spare)


def _drawn(stored: StoredFile, *, page: int, width: int, at: datetime) -> tuple[PageImage, bytes]:
    """The plain picture and what is known of it: the kept one, or a new one that is kept from now on."""
    with opened_key(stored) as key:
        kept = PageImage.objects.filter(file=stored, page=page, width=width).first()
        if kept is not None:
            png = _plain(kept, key)
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
    """Seal the picture. That it is not kept (a full disk, too much of it, somebody was faster) harms nobody."""
    if _bytes_kept() > 2 * MOST_BYTES:
        return
    sealer = StreamSealer(_key_of(image, key), image.pk)
    sealed = sealer.start() + sealer.update(png) + sealer.finish()
    image.size = len(sealed)
    name = secrets.token_hex(16)
    try:
        image.storage_name = vault_storage().save(f"{name[:2]}/{name}", ContentFile(sealed))
    except OSError as error:
        log.warning("A page of file %s was drawn and not kept: %s", image.file_id, type(error).__name__)
        return
    try:
        with transaction.atomic():
            image.save(force_insert=True)
    except IntegrityError:
        vault_storage().delete(image.storage_name)


def _plain(image: PageImage, key: bytes) -> bytes | None:
    """The kept picture; None where it is missing or broken, and then it is no longer kept."""
    try:
        with vault_storage().open(image.storage_name) as source:
            return b"".join(open_stream(source, _key_of(image, key), image.pk))
    except (SealingError, FileNotFoundError) as error:
        log.warning("Page %s of file %s is drawn anew: %s", image.page, image.file_id, type(error).__name__)
        _remove([image])
        return None


def _key_of(image: PageImage, key: bytes) -> bytes:
    return derived_key(key, purpose=f"page image {image.pk}")


def _note_use(image: PageImage, at: datetime) -> None:
    if at - image.used_at >= USE_NOTED_AFTER:
        PageImage.objects.filter(pk=image.pk).update(used_at=at)


def _bytes_kept() -> int:
    return PageImage.objects.aggregate(bytes=Sum("size"))["bytes"] or 0


def _remove(images: QuerySet[PageImage] | Iterable[PageImage]) -> int:
    names = {image.pk: image.storage_name for image in images}
    with transaction.atomic():
        PageImage.objects.filter(pk__in=names).delete()
        for name in names.values():
            transaction.on_commit(partial(vault_storage().delete, name), robust=True)
    return len(names)
