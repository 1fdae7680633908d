"""Handing a stored file to a browser: always an attachment, never guessed at, never kept (SECURITY.md F7, F8)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from vendors.people.actors import Actor
from vendors.vault import services
from vendors.vault.models import StoredFile

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_attachment(
    stored: StoredFile, *, by: Actor, purpose: str, at: datetime, ip: str | None = None
) -> StreamingHttpResponse:
    """The file as a download, after its custody entry is written. Raises `services.CannotOpen`.

    purpose  why, in words the vendor may read
    """
    stream = services.open_stream(stored, by=by, purpose=purpose, at=at, ip=ip)
    response = _attachment(stream, stored.content_type, stored.name)
    response["Content-Length"] = str(stored.size)
    return response


def zip_attachment(stream: Iterator[bytes], *, name: str) -> StreamingHttpResponse:
    """A ZIP that is made while it is sent; whoever makes it writes the custody entries of what it holds."""
    return _attachment(stream, "application/zip", name)


def made_attachment(content: bytes, *, content_type: str, name: str) -> HttpResponse:
    """A file that was made for this answer and is kept nowhere; whoever makes it records that it was taken."""
    response = HttpResponse(content, content_type=content_type)
    _as_a_file(response, name)
    return response


def workbook_attachment(data: bytes, *, name: str) -> HttpResponse:
    """The same for a workbook."""
    return made_attachment(data, content_type=WORKBOOK, name=name)


def _attachment(stream: Iterable[bytes], content_type: str, name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(stream, content_type=content_type)
    _as_a_file(response, name)
    return response


def _as_a_file(response: HttpResponseBase, name: str) -> None:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
