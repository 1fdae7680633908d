"""The validator of doors that take more than PDFs: a PDF, or a picture (PNG, JPEG) such as a screenshot.

What the picture is, is told by its content, in the confined child; its name has to say the same. It is kept as it was
sent, and handed out as a download only: no page of ours shows it, or what a camera wrote into it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from vendors.confinement.errors import ConfinedJobFailed
from vendors.confinement.services import run_confined
from vendors.vault.names import clean_name
from vendors.vault.picture_limits import MAX_BYTES, MAX_PIXELS, MAX_SIDE
from vendors.vault.uploads import SealedUpload, as_sealed
from vendors.vault.validation import MEBIBYTE, CheckedPdf, FileRefused, check_arrival, check_pdf

PNG, JPEG = "image/png", "image/jpeg"
ENDINGS = {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG}
CONTENT_TYPES = {"", PNG, JPEG, "image/jpg", "image/pjpeg", "image/x-png", "application/octet-stream"}


@dataclass(frozen=True)
class CheckedPicture:
    """An upload that passed, as `CheckedPdf`; a picture has no pages."""

    upload: SealedUpload
    name: str
    content_type: str
    page_count: None = None


def check_document(upload: UploadedFile, *, max_bytes: int | None = None) -> CheckedPdf | CheckedPicture:
    """Check an upload by what its name says it is. Raises FileRefused. As `check_pdf`, call it before a transaction."""
    limit = max_bytes or settings.MAX_UPLOAD_BYTES
    sealed = as_sealed(upload, max_bytes=limit)
    name = clean_name(sealed.name or "")
    said = next((found for ending, found in ENDINGS.items() if name.lower().endswith(ending)), "")
    if said:
        return _check_picture(sealed, name, said, limit)
    if not name.lower().endswith(".pdf"):
        raise FileRefused(
            "kind",
            _("“%(name)s” is neither a PDF nor a picture (PNG, JPEG). Save or print it as PDF and send that file.")
            % {"name": name},
        )
    return check_pdf(sealed, max_bytes=max_bytes)


def _check_picture(sealed: SealedUpload, name: str, said: str, limit: int) -> CheckedPicture:
    check_arrival(sealed, limit)
    if (sealed.size or 0) > MAX_BYTES:
        raise FileRefused(
            "too_large",
            _("This picture is larger than %(limit)d MB. Save it at a smaller size, or as PDF, and send that.")
            % {"limit": MAX_BYTES // MEBIBYTE},
        )
    if (sealed.content_type or "").lower() not in CONTENT_TYPES:
        raise FileRefused(
            "content_type",
            _("This file was sent as “%(type)s”, not as a picture. Save it as PNG or JPEG and send that file.")
            % {"type": clean_name(sealed.content_type or "", fallback="?")},
        )
    sealed.picture = sealed.picture or _found(sealed)
    if sealed.picture != said:
        is_called = {PNG: "PNG", JPEG: "JPEG"}[sealed.picture]
        raise FileRefused(
            "name",
            _("“%(name)s” is a %(kind)s by its content. Name it so, with the right ending, and send it again.")
            % {"name": name, "kind": is_called},
        )
    return CheckedPicture(sealed, name, sealed.picture)


def _found(sealed: SealedUpload) -> str:
    try:
        result, _nothing = run_confined("vendors.vault.picture_jobs:inspect", params={}, data=sealed.chunks())
    except ConfinedJobFailed as failure:
        raise FileRefused(failure.code, _reason(failure.code)) from failure
    return str(result["type"])


def _reason(code: str) -> str:
    reasons = {
        "unreadable": _(
            "This is no picture that opens; it may have been cut off. Open it, save it again as PNG or JPEG, and send "
            "that file."
        ),
        "pixels": _(
            "This picture has more than %(pixels)d million pixels, or a side of more than %(side)d. Save a part of it, "
            "or a smaller one, and send that."
        )
        % {"pixels": MAX_PIXELS // 1_000_000, "side": MAX_SIDE},
        "animated": _("This picture moves. Save the part that matters as a plain PNG and send that."),
        "ending": _("Something that is no picture stands in this file. Save the picture again and send that file."),
        "busy": _("Many files are being read just now. Send this one again in a minute."),
    }
    unread = _("We could not read this picture: it is too complex or damaged. Save it again and send that file.")
    return reasons.get(code, unread)
