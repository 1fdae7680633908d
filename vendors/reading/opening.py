"""Bytes → an open document, or why it cannot be read: a password, damage, not a PDF at all."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from vendors.reading.facts import Unreadable

HEAD = 1024  # readers accept a PDF whose first bytes are something else, as long as the mark stands in here
TAIL = 4096


class CannotRead(Exception):
    """The file is no document that can be read whole."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


@contextmanager
def opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document, opened. Raises CannotRead.

    A file that was cut off is damaged, even where PDFium finds some of its pages: what it lacks, nobody knows.
    """
    if b"%PDF-" not in data[:HEAD]:
        raise CannotRead(Unreadable.NOT_A_PDF)
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        password = error.err_code == pdfium.FPDF_ERR_PASSWORD
        raise CannotRead(Unreadable.ENCRYPTED if password else Unreadable.DAMAGED) from error
    try:
        if b"%%EOF" not in data.rstrip(b"\0\r\n\t ")[-TAIL:] or len(document) == 0:
            raise CannotRead(Unreadable.DAMAGED)
        yield document
    finally:
        document.close()


def is_restricted(document: pypdfium2.PdfDocument) -> bool:
    """Whether the owner restricted printing or copying. Such a file opens without a password and may be read."""
    return bool(pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0)
