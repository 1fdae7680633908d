"""What was worked out of a file and is kept sealed beside it: pictures of its pages, the text of them.

Each is sealed under a key made from the file's own: when that key goes, no copy of it opens again, wherever it lies.
Everything kept can be worked out anew, so whatever is wrong with it (damaged, missing, no room) only costs time.
"""

import logging
import secrets
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Sum

from vendors.sealing.errors import SealingError
from vendors.sealing.keyring import derived_key
from vendors.sealing.streams import StreamSealer, open_stream
from vendors.vault.models import PageImage, PageText
from vendors.vault.storage import vault_storage

log = logging.getLogger(__name__)

Kept = PageImage | PageText
PURPOSE = {PageImage: "page image", PageText: "page text"}


def keep(row: Kept, key: bytes, content: bytes) -> None:
    """Seal the content and put the row on file. That it is not kept (a full disk, somebody was faster) harms nobody.

    key  of the file
    """
    sealer = StreamSealer(_key_of(row.pk, PURPOSE[type(row)], key), row.pk)
    sealed = sealer.start() + sealer.update(content) + sealer.finish()
    row.size = len(sealed)
    name = secrets.token_hex(16)
    try:
        row.storage_name = vault_storage().save(f"{name[:2]}/{name}", ContentFile(sealed))
    except OSError as error:
        log.warning("A %s of file %s was not kept: %s", PURPOSE[type(row)], row.file_id, type(error).__name__)
        return
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        vault_storage().delete(row.storage_name)


def content_of(row: Kept, key: bytes) -> bytes | None:
    """What was kept; None where it is missing or broken, and then it is no longer kept."""
    try:
        with vault_storage().open(row.storage_name) as source:
            return b"".join(open_stream(source, _key_of(row.pk, PURPOSE[type(row)], key), row.pk))
    except (SealingError, FileNotFoundError) as error:
        log.warning("A %s of file %s is made anew: %s", PURPOSE[type(row)], row.file_id, type(error).__name__)
        remove([row])
        return None


def remove(rows: Iterable[Kept]) -> int:
    """Let go of them: rows now, bytes after the commit. How many went."""
    names: dict[type[Kept], dict[UUID, str]] = {}
    for row in rows:
        names.setdefault(type(row), {})[row.pk] = row.storage_name
    with transaction.atomic():
        for kind, gone in names.items():
            kind.objects.filter(pk__in=gone).delete()
            for name in gone.values():
                transaction.on_commit(partial(vault_storage().delete, name), robust=True)
    return sum(map(len, names.values()))


def remove_unused(kept: Any, *, most_bytes: int) -> int:
    """Let go of the longest unused rows of one kind beyond so many bytes."""
    over = bytes_of(kept) - most_bytes
    spare = []
    for row in kept.objects.order_by("used_at", "pk").iterator():
        if over <= 0:
            break
        spare.append(row)
        over -= row.size
    return remove(spare)


def bytes_of(kept: Any) -> int:
    """How many bytes the rows of one kind hold."""
    total: int | None = kept.objects.aggregate(bytes=Sum("size"))["bytes"]
    return total or 0


def _key_of(id: UUID, purpose: str, key: bytes) -> bytes:
    return derived_key(key, purpose=f"{purpose} {id}")
