"""Sealed files: AES-256-GCM in chunks of 64 KiB, in the STREAM construction.

A file is a header and its chunks. The header (magic, version, id of the object, random prefix) is
authenticated with every chunk; the nonce of a chunk is prefix, number and whether it is the last. So a chunk
that was changed, cut off, added, moved, or taken from another file does not open, and neither does a file
that ends early. Reading is sequential; a chunk is released only after it was verified.
"""

import secrets
from collections.abc import Iterator
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vendors.sealing.errors import SealBroken

CHUNK = 64 * 1024
TAG = 16
MAGIC = b"CSGN\x01"
PREFIX = 7
HEADER = len(MAGIC) + 16 + PREFIX


class Source(Protocol):
    """A file to read from. Returns as many bytes as asked for, fewer only at its end."""

    def read(self, size: int, /) -> bytes: ...


def _nonce(header: bytes, number: int, *, last: bool) -> bytes:
    return header[-PREFIX:] + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


class StreamSealer:
    """Seals one file; a data key seals one only. Write what its three methods return, in order."""

    def __init__(self, data_key: bytes, object_id: UUID) -> None:
        self._cipher = AESGCM(data_key)
        self._header = MAGIC + object_id.bytes + secrets.token_bytes(PREFIX)
        self._pending = b""
        self._number = 0

    def start(self) -> bytes:
        return self._header

    def update(self, plain: bytes) -> bytes:
        """Take more plain bytes; returns the chunks that became full (never the last: more may follow)."""
        if len(self._pending) == CHUNK and 0 < len(plain) <= CHUNK:
            # How files come in: piece by piece of this size. Nothing has to be put together, so nothing is copied.
            full, self._pending = self._pending, plain
            return self._seal(full, last=False)
        plain = self._pending + plain if self._pending else plain
        # The last chunk stays behind, also when it is full: only the end tells that it was the last.
        borders = range(0, max(0, len(plain) - 1) // CHUNK * CHUNK, CHUNK)
        sealed = [self._seal(plain[start : start + CHUNK], last=False) for start in borders]
        self._pending = plain[len(borders) * CHUNK :]
        return b"".join(sealed)

    def finish(self) -> bytes:
        return self._seal(self._pending, last=True)

    def _seal(self, plain: bytes, *, last: bool) -> bytes:
        nonce = _nonce(self._header, self._number, last=last)
        self._number += 1
        return self._cipher.encrypt(nonce, plain, self._header)


def open_stream(source: Source, data_key: bytes, object_id: UUID) -> Iterator[bytes]:
    """The plain bytes, chunk by chunk, each verified before it is released. Raises SealBroken."""
    header = source.read(HEADER)
    if len(header) != HEADER or header[:-PREFIX] != MAGIC + object_id.bytes:
        raise SealBroken("The seal is broken.")
    cipher = AESGCM(data_key)
    number, chunk = 0, source.read(CHUNK + TAG)
    while True:
        following = source.read(CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(header, number, last=not following), chunk, header)
        except (InvalidTag, ValueError):
            raise SealBroken("The seal is broken.") from None
        yield plain
        if not following:
            return
        number, chunk = number + 1, following
