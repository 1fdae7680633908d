"""Sealing files and opening them. Every opening leaves a custody entry before the first byte is released.

Who may open what is asked above, by the capability whose paper it is: NDA in force and a grant.

What happens to the sealed bytes when a transaction fails: they are moved into place before the row is
written, so a row never stands without its file. When the row's transaction is undone, the bytes stay behind
without the key that stood in the row: unreadable, and removed by `vendors.vault.orphans` after an hour.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vendors.people.actors import Actor
from vendors.sealing.errors import SealBroken
from vendors.sealing.keyring import keyring
from vendors.sealing.streams import open_stream as open_sealed
from vendors.vault import page_images, page_text
from vendors.vault.custody import record
from vendors.vault.documents import check_document
from vendors.vault.models import CustodyAction, StoredFile
from vendors.vault.names import clean_name
from vendors.vault.opening import CannotOpen, key_context, not_as_sealed, opened_key, plain_chunks
from vendors.vault.spool import SealedSpool
from vendors.vault.storage import vault_storage
from vendors.vault.validation import check_pdf

# "application/octet-stream": kept to be read again, never handed out
CONTENT_TYPES = frozenset({"application/pdf", "application/json", "text/plain", "application/octet-stream"})


def seal_upload(
    *,
    upload: UploadedFile,
    purpose: str,
    vendor_id: int | None,
    by: Actor,
    at: datetime,
    name: str = "",
    ip: str | None = None,
    max_bytes: int | None = None,
    takes_pictures: bool = False,
) -> StoredFile:
    """Keep an uploaded PDF. Raises validation.FileRefused; after a form's `check_pdf` nothing is read twice.

    purpose    in a word: "report", "bridge_letter"
    vendor_id  the vendor it is kept for; the seal is bound to it
    name       for people, instead of the upload's own
    takes_pictures  a PNG or JPEG is kept as well (`check_document`)
    """
    check = check_document if takes_pictures else check_pdf
    checked = check(upload, max_bytes=max_bytes)
    assert checked.upload.spool is not None
    stored = StoredFile(
        purpose=purpose,
        vendor_id=vendor_id,
        name=clean_name(name) if name else checked.name,
        content_type=checked.content_type,
        page_count=checked.page_count,
    )
    return _keep(stored, checked.upload.spool, by=by, at=at, ip=ip)


def seal_bytes(
    content: bytes,
    *,
    name: str,
    purpose: str,
    content_type: str,
    vendor_id: int | None,
    by: Actor,
    at: datetime,
    page_count: int | None = None,
) -> StoredFile:
    """Keep what we made ourselves, or took in to read: a memo, a certificate, a table. Only the type is checked."""
    if content_type not in CONTENT_TYPES:
        raise ValueError(f"The vault keeps no {content_type}.")
    spool = SealedSpool()
    try:
        spool.write(content)
        spool.finish()
        stored = StoredFile(
            purpose=purpose,
            vendor_id=vendor_id,
            name=clean_name(name),
            content_type=content_type,
            page_count=page_count,
        )
        return _keep(stored, spool, by=by, at=at, ip=None)
    finally:
        spool.close()


def open_for_reading(
    stored: StoredFile, *, by: Actor, purpose: str, at: datetime, ip: str | None = None
) -> Callable[[], Iterator[bytes]]:
    """The file from its beginning, each time the result is called, for a reader that releases nothing before the end.

    Leaves one custody entry. Raises CannotOpen, now or while the bytes come.
    """
    with opened_key(stored):
        record(stored, by=by, at=at, action=CustodyAction.OPENED, purpose=purpose, ip=ip)
    return partial(plain_chunks, stored)


def open_stream(
    stored: StoredFile,
    *,
    by: Actor,
    purpose: str,
    at: datetime,
    ip: str | None = None,
    action: CustodyAction = CustodyAction.DOWNLOADED,
) -> "PlainStream":
    """The file's bytes, to be sent as they come. All of it is verified before the first byte is released.

    Raises CannotOpen. `purpose` is why, in words the vendor may read.
    """
    with opened_key(stored) as key:
        source = vault_storage().open(stored.storage_name)
        try:
            size = sum(len(chunk) for chunk in open_sealed(source, key, stored.pk))
            if size != stored.size:
                raise SealBroken("The seal is broken.")
        except BaseException:
            source.close()
            raise
    record(stored, by=by, at=at, action=action, purpose=purpose, ip=ip)
    source.seek(0)
    return PlainStream(source, key, stored)


def read_bytes(
    stored: StoredFile,
    *,
    by: Actor,
    purpose: str,
    at: datetime,
    ip: str | None = None,
    action: CustodyAction = CustodyAction.OPENED,
) -> bytes:
    """The whole file at once, for small ones. Raises CannotOpen."""
    content = b"".join(plain_chunks(stored))
    record(stored, by=by, at=at, action=action, purpose=purpose, ip=ip)
    return content


def verify(stored: StoredFile) -> None:
    """Read the file through and compare size and SHA-256 with what was sealed. Raises CannotOpen."""
    digest, size = hashlib.sha256(), 0
    for chunk in plain_chunks(stored):
        digest.update(chunk)
        size += len(chunk)
    if size != stored.size or digest.hexdigest() != stored.sha256:
        raise CannotOpen(not_as_sealed(stored))


def destroy(*, stored: StoredFile, by: Actor, at: datetime, purpose: str) -> None:
    """Make the content unreadable for ever: the key goes now, the sealed bytes with page pictures and text after it.

    The row stays, with name, size and SHA-256, and so does its custody. Whether the file may be destroyed (an
    NDA's end, a hold) is asked above. Destroying twice changes nothing.
    """
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=stored.pk)
        if row.destroyed_at is not None:
            return
        row.wrapped_key, row.key_id, row.destroyed_at = b"", "", at
        row.save(update_fields=["wrapped_key", "key_id", "destroyed_at"])
        transaction.on_commit(partial(vault_storage().delete, row.storage_name), robust=True)
        page_images.forget(row)
        page_text.forget(row)
        record(row, by=by, at=at, action=CustodyAction.DESTROYED, purpose=purpose, ip=None)


class PlainStream:
    """Iterates over a verified file's bytes and closes its source; Django's responses call `close`."""

    def __init__(self, source: File, key: bytes, stored: StoredFile) -> None:
        self.size = stored.size
        self._source = source
        self._chunks = open_sealed(source, key, stored.pk)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._chunks)

    def close(self) -> None:
        self._source.close()


def _keep(stored: StoredFile, spool: SealedSpool, *, by: Actor, at: datetime, ip: str | None) -> StoredFile:
    stored.pk = spool.id
    stored.size, stored.sha256 = spool.size, spool.sha256
    stored.key_id, stored.wrapped_key = keyring().wrap(spool.data_key, context=key_context(stored))
    stored.sealed_at, stored.sealed_by = at, by.label
    name = secrets.token_hex(16)
    with spool.sealed_part() as part:
        stored.storage_name = vault_storage().save(f"{name[:2]}/{name}", part)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
            record(stored, by=by, at=at, action=CustodyAction.SEALED, purpose="", ip=ip)
    except BaseException:
        vault_storage().delete(stored.storage_name)
        raise
    return stored
