"""One validator for every door (portal, staff page, API, command): is this a PDF that we can keep and read?

Each refusal is a sentence for whoever sent the file: what it is, and what to send instead. The file itself is
opened in the confined child only. A PDF that is restricted by its owner (no printing, no copying) is
accepted: it opens.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.people.actors import Refused
from vendors.vault.names import clean_name
from vendors.vault.pdf_limits import MAX_PAGES
from vendors.vault.uploads import SealedUpload, as_sealed

MEBIBYTE = 1024 * 1024
CONTENT_TYPES = {"", "application/pdf", "application/x-pdf", "application/octet-stream"}
# What may stand before "%PDF-": a byte order mark and white space, 16 bytes at most. Anything else may be two
# file types in one.
PDF_START = re.compile(rb"(?:\xef\xbb\xbf)?[\s\x00]*%PDF-\d")
BEFORE_START = 16
END, AFTER_END = b"%%EOF", 1024


class FileRefused(Refused):
    """This file is not kept. The text is a sentence for whoever sent it; `code` tells the reasons apart."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence, field="file")
        self.code = code


@dataclass(frozen=True)
class CheckedPdf:
    """An upload that passed. `name` is clean; `upload` goes to `services.seal_upload`."""

    upload: SealedUpload
    name: str
    page_count: int
    content_type: str = "application/pdf"


def check_pdf(upload: UploadedFile, *, max_bytes: int | None = None) -> CheckedPdf:
    """Check an upload. Raises FileRefused.

    Opens the file in the confined child, which may take seconds: call it from the form, before a transaction.
    Asked again about the same upload, it answers at once.
    """
    limit = max_bytes or settings.MAX_UPLOAD_BYTES
    sealed = as_sealed(upload, max_bytes=limit)
    name = clean_name(sealed.name or "")
    check_arrival(sealed, limit)
    _check_kind(sealed, name)
    _check_ends(sealed)
    if sealed.page_count is None:
        sealed.page_count = _pages(sealed)
    return CheckedPdf(sealed, name, sealed.page_count)


def check_arrival(sealed: SealedUpload, limit: int) -> None:
    """Whether anything arrived, whole and not too large, whatever it is. Raises FileRefused."""
    if sealed.problem == "not stored":
        raise FileRefused(
            "not_stored",
            _("We could not store the file just now, and kept nothing of it. Send it again in a few minutes."),
        )
    if sealed.problem == "too large" or (sealed.size or 0) > limit:
        raise FileRefused(
            "too_large",
            _("This file is larger than %(limit)d MB. Save it at a smaller size, or split it, and send that.")
            % {"limit": limit // MEBIBYTE},
        )
    if not sealed.size:
        raise FileRefused("empty", _("This file is empty (0 bytes). Save the report again as PDF and send that file."))


def _check_kind(sealed: SealedUpload, name: str) -> None:
    if not name.lower().endswith(".pdf"):
        raise FileRefused(
            "not_pdf",
            _("“%(name)s” is not a PDF. Save or print it as PDF and send that file.") % {"name": name},
        )
    start = PDF_START.match(_head(sealed))
    if start is None or start.end() - len(b"%PDF-0") > BEFORE_START:
        raise FileRefused("not_pdf", _what_it_is_instead(_head(sealed)))
    if (sealed.content_type or "").lower() not in CONTENT_TYPES:
        raise FileRefused(
            "content_type",
            _("This file was sent as “%(type)s”, not as PDF. Save it as PDF and send that file.")
            % {"type": clean_name(sealed.content_type or "", fallback="?")},
        )


def _what_it_is_instead(head: bytes) -> str:
    """The commonest wrong files, by their first bytes."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
    if start.startswith(b"pk\x03\x04"):
        return _("This is a ZIP or Office file, not a PDF. Save or print the report as PDF and send that file.")
    if start.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8", b"ii*\x00", b"mm\x00*")):
        return _("This is a picture, not a PDF. Send the report itself, as PDF.")
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return _(
            "This is a web page, not a PDF: a download that asks for a sign-in often saves that page. "
            "Open the file, check that it shows the report, and send the PDF."
        )
    if b"%pdf-" in start:
        return _("Something stands before the start of this PDF. Open it, save it again as PDF, and send that file.")
    return _("This is not a PDF. Save or print the report as PDF and send that file.")


def _check_ends(sealed: SealedUpload) -> None:
    tail = sealed.spool.tail if sealed.spool else b""
    end = tail.rfind(END)
    if end < 0 or len(tail) - end - len(END) > AFTER_END:
        raise FileRefused(
            "ending",
            _(
                "The end of this PDF is missing, or something was added after it. "
                "Open it, save it again as PDF, and send that file."
            ),
        )


def _pages(sealed: SealedUpload) -> int:
    try:
        result, _nothing = run_confined("vendors.vault.pdf_jobs:inspect", params={}, data=sealed.chunks())
    except ConfinedJobFailed as failure:
        raise FileRefused(failure.code.partition(":")[0], _reason(failure.code)) from failure
    return int(result["pages"])


def _reason(code: str) -> str:
    kind, _colon, page = code.partition(":")
    if kind == "page":
        return _("Page %(page)s of this PDF cannot be read. Open it, save it again as PDF, and send that file.") % {
            "page": page
        }
    reasons = {
        "password": _("This PDF asks for a password. Send it without one: it is encrypted as soon as it arrives here."),
        "unreadable": _(
            "This PDF cannot be opened; it may have been cut off. "
            "Open it in your PDF program, save it again, and send that file."
        ),
        "pages": _("This PDF has more than %(pages)d pages. Send the report alone, or in parts.")
        % {"pages": MAX_PAGES},
        "attachments": _("This PDF carries other files inside. Send each document as a PDF of its own."),
        "programs": _("This PDF has links that start a program. Print it to a new PDF and send that file."),
        "forms": _("This PDF is a form that only some programs can show. Print it to a new PDF and send that file."),
        "busy": _("Many files are being read just now. Send this one again in a minute."),
    }
    unread = _("We could not read this PDF: it is too complex or damaged. Print it to a new PDF and send that file.")
    return reasons.get(kind, unread)


def _head(sealed: SealedUpload) -> bytes:
    return sealed.spool.head if sealed.spool else b""
