"""An uploaded file whose bytes lie sealed, whichever way it came."""

import io
from collections.abc import Iterator
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile

from vendors.vault.spool import SealedSpool


class SealedUpload(UploadedFile):
    """What `request.FILES` holds. `problem` says why there is no spool: "too large" or "not stored"."""

    spool: SealedSpool | None
    page_count: int | None = None
    picture: str = ""  # what a picture was found to be

    def __init__(
        self, *, spool: SealedSpool | None, name: str, content_type: str, size: int, problem: str = ""
    ) -> None:
        # Django replaces a name it cannot use as a path; the name for people is made by `names.clean_name`.
        super().__init__(cast(IO[bytes], _PlainReader(self)), name, content_type, size)
        self.spool = spool
        self.problem = problem

    def chunks(self, _chunk_size: int | None = None) -> Iterator[bytes]:
        return self.spool.chunks() if self.spool else iter(())

    def close(self) -> None:
        if self.spool is not None:
            self.spool.close()


class _PlainReader(io.RawIOBase):
    """Reads an upload once, from the start, for whoever wants a file and not chunks."""

    def __init__(self, upload: SealedUpload) -> None:
        self._upload = upload
        self._chunks: Iterator[bytes] | None = None
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._chunks = self._chunks or self._upload.chunks()
        self._rest = self._rest or next(self._chunks, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


def as_sealed(upload: UploadedFile, *, max_bytes: int) -> SealedUpload:
    """The upload as a sealed one.

    One that did not come through the upload handler (a command, a test) is sealed now, once: asked again, the
    same sealed upload comes back.
    """
    if isinstance(upload, SealedUpload):
        return upload
    sealed: SealedUpload | None = getattr(upload, "sealed", None)
    if sealed is None:
        sealed = _sealed_now(upload, max_bytes)
        upload.sealed = sealed  # type: ignore[attr-defined]
    return sealed


def _sealed_now(upload: UploadedFile, max_bytes: int) -> SealedUpload:
    spool = SealedSpool()
    facts = {"name": upload.name or "unnamed", "content_type": upload.content_type or ""}
    for chunk in upload.chunks():
        spool.write(chunk)
        if spool.size > max_bytes:
            spool.close()
            return SealedUpload(spool=None, size=spool.size, problem="too large", **facts)
    spool.finish()
    return SealedUpload(spool=spool, size=spool.size, **facts)
