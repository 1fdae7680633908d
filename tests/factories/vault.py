"""Files as they come in, and as they are kept."""

import io
from datetime import UTC, datetime
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from vendors.people.actors import SYSTEM, Actor
from vendors.vault import services
from vendors.vault.models import StoredFile

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@cache
def pdf_bytes(pages: int = 1, text: str = "") -> bytes:
    """A small, sound PDF, each page saying `text`."""
    return written(writer(pages, text))


def writer(pages: int = 1, text: str = "") -> PdfWriter:
    """A PDF in the making, for tests that add something to it."""
    made = PdfWriter()
    for _number in range(pages):
        page = made.add_blank_page(width=595, height=842)
        if text:
            helvetica = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
            font = DictionaryObject({NameObject(key): NameObject(value) for key, value in helvetica.items()})
            fonts = DictionaryObject({NameObject("/F1"): font})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            content = DecodedStreamObject()
            content.set_data(f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode("latin-1"))
            page[NameObject("/Contents")] = made._add_object(content)
    return made


def written(made: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    made.write(buffer)
    return buffer.getvalue()


def upload(
    content: bytes | None = None, *, name: str = "report.pdf", content_type: str = "application/pdf"
) -> SimpleUploadedFile:
    """What a command or a test hands to a service; a request's own files are sealed already."""
    return SimpleUploadedFile(name, pdf_bytes() if content is None else content, content_type)


def stored_file(
    content: bytes | None = None,
    *,
    name: str = "report.pdf",
    purpose: str = "report",
    content_type: str = "application/pdf",
    vendor_id: int | None = None,
    by: Actor = SYSTEM,
    at: datetime = NINE,
) -> StoredFile:
    """A file in the vault. Anything may be its content: nothing is checked, as for what we make ourselves."""
    return services.seal_bytes(
        pdf_bytes() if content is None else content,
        name=name,
        purpose=purpose,
        content_type=content_type,
        vendor_id=vendor_id,
        by=by,
        at=at,
    )
