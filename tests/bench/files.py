"""Files of the size of a report: sealed and opened, beside plain copies; an upload, beside Django's own handler."""

import io
import os
import secrets
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

from tests.bench.figures import Amounts, Figure, Figures, in_turns
from vendors.sealing.streams import StreamSealer, open_stream

MEGABYTE = 1024 * 1024
PIECE = 64 * 1024
DJANGOS_OWN = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]


def files(amounts: Amounts) -> Figures:
    """Megabytes a second, with everything on the disk at the end of each try."""
    folder = Path(settings.VAR) / "bench"
    size = amounts.upload_mb * MEGABYTE
    plain, copy, sealed, opened = (folder / name for name in ("plain", "copy", "sealed", "opened"))
    plain.write_bytes(os.urandom(size))
    key, identity = secrets.token_bytes(32), uuid.uuid4()

    def seal() -> None:
        sealer = StreamSealer(key, identity)
        with plain.open("rb") as source, sealed.open("wb") as target:
            target.write(sealer.start())
            while piece := source.read(PIECE):
                target.write(sealer.update(piece))
            target.write(sealer.finish())
            _to_disk(target)

    def unseal() -> None:
        with sealed.open("rb") as source, opened.open("wb") as target:
            for piece in open_stream(source, key, identity):
                target.write(piece)
            _to_disk(target)

    for work, act in (("seal", seal), ("open", unseal)):
        floor, ours = in_turns(lambda: _copied(plain, copy), act, repeats=amounts.repeats)
        yield Figure(
            work=f"{work} {amounts.upload_mb} MB",
            unit="MB/s",
            floor=amounts.upload_mb / floor * 1000,
            ours=amounts.upload_mb / ours * 1000,
            goal=0.7,
            at_least=True,
        )
    assert opened.read_bytes() == plain.read_bytes()
    body = RequestFactory().post("/", {"file": SimpleUploadedFile("report.pdf", plain.read_bytes())})
    content, kind = body.read(), body.META["CONTENT_TYPE"]
    floor, ours = in_turns(
        lambda: _received(content, kind, DJANGOS_OWN),
        lambda: _received(content, kind, settings.FILE_UPLOAD_HANDLERS),
        repeats=amounts.repeats,
    )
    yield Figure(work=f"upload of {amounts.upload_mb} MB, sealed on its way", floor=floor, ours=ours, goal=1.5)
    for file in (plain, copy, sealed, opened):
        file.unlink()


def _copied(source: Path, target: Path) -> None:
    with source.open("rb") as plain, target.open("wb") as file:
        while piece := plain.read(PIECE):
            file.write(piece)
        _to_disk(file)


def _to_disk(file: io.BufferedWriter) -> None:
    file.flush()
    os.fsync(file.fileno())


def _received(content: bytes, kind: str, handlers: list[str]) -> None:
    before, settings.FILE_UPLOAD_HANDLERS = settings.FILE_UPLOAD_HANDLERS, handlers
    try:
        request: HttpRequest = RequestFactory().generic("POST", "/", content, content_type=kind)
        (file,) = request.FILES.values()
        assert file.size > MEGABYTE // 2
        file.close()
    finally:
        settings.FILE_UPLOAD_HANDLERS = before
