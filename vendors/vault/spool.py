"""Bytes on their way in: sealed as they come, so that no plain copy ever lies on a disk.

A spool is a file in STORAGE_ROOT/incoming under a key that exists in memory only. Whoever keeps it moves it
into the vault and stores its wrapped key; a spool nobody kept is removed with its object, at the latest when
the process ends. After a power cut a part may stay behind: unreadable for ever, and removed by
`vendors.vault.orphans`.
"""

import hashlib
import os
import secrets
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from django.core.files.base import File

from vendors.sealing.keyring import new_key
from vendors.sealing.streams import StreamSealer, open_stream
from vendors.vault.storage import incoming_folder

HEAD, TAIL = 1024, 2048


class SealedPart(File):
    """The sealed file as a storage takes it: a local one moves it, any other reads it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


class SealedSpool:
    """One file being received. Write, finish, then read it back or keep it.

    id, data_key  what it is sealed under; they become the StoredFile's
    head, tail    its first and last bytes, for the validator
    """

    def __init__(self) -> None:
        self.id = uuid4()
        self.data_key = new_key()
        self.size = 0
        self.head = b""
        self.tail = b""
        self._digest = hashlib.sha256()
        self._sealer = StreamSealer(self.data_key, self.id)
        self._path = incoming_folder() / f"{secrets.token_hex(16)}.part"
        self._file = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._remove = weakref.finalize(self, self._path.unlink, missing_ok=True)
        self._file.write(self._sealer.start())

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, plain: bytes) -> None:
        self.size += len(plain)
        self._digest.update(plain)
        self.head = (self.head + plain)[:HEAD] if len(self.head) < HEAD else self.head
        self.tail = plain[-TAIL:] if len(plain) >= TAIL else (self.tail + plain)[-TAIL:]
        self._file.write(self._sealer.update(plain))

    def finish(self) -> None:
        """No more bytes follow. On disk when this returns."""
        self._file.write(self._sealer.finish())
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def chunks(self) -> Iterator[bytes]:
        """The plain bytes, from the start."""
        with self._path.open("rb") as file:
            yield from open_stream(file, self.data_key, self.id)

    def sealed_part(self) -> SealedPart:
        return SealedPart(self._path)

    def close(self) -> None:
        """Let go: what nobody kept is removed. A full disk does not keep it from being removed."""
        with suppress(OSError):
            self._file.close()
        self._remove()
