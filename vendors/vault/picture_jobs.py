"""Runs in the confined child: whether bytes are a picture that opens to its last pixel. Imports no framework.

Nothing of what a camera writes beside the pixels (place, time, owner) is read or handed on.
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image, ImageFile, UnidentifiedImageError

from vendors.confinement.errors import JobRefused
from vendors.vault.picture_limits import MAX_PIXELS, MAX_SIDE

PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND"
JPEG_END = b"\xff\xd9"
ZIP_END, LONGEST_ZIP_END = b"PK\x05\x06", 65_557  # where a ZIP is told: at its end, before a comment
PDF_START, LOOKED_AT = b"%PDF-", 1024  # where a reader of PDFs looks for it
PADDING = b"\x00\r\n\t "
# A photo with a second picture inside, as phones make them, is a JPEG to everybody who does not know it.
FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}


def inspect(_params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Open the picture and every pixel of it. Returns {"type": "image/png", "width": n, "height": n}.

    Raises JobRefused with what was found: "unreadable", "pixels", "animated", or "ending" where something that is no
    picture stands behind it or inside.
    """
    try:
        with _nothing_cut_off(), Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            width, height = picture.size
            if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
                raise JobRefused("pixels")
            found = FORMATS[str(picture.format)]
            if found == "image/png" and getattr(picture, "is_animated", False):
                raise JobRefused("animated")
            picture.load()
    except Image.DecompressionBombError as error:
        raise JobRefused("pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, struct.error) as error:
        raise JobRefused("unreadable") from error
    if _is_two_things(data, found):
        raise JobRefused("ending")
    return {"type": found, "width": width, "height": height}, b""


@contextmanager
def _nothing_cut_off() -> Iterator[None]:
    """WeasyPrint, which prints in the same child, tells Pillow to make do with what is there of a picture."""
    makes_do = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = makes_do


def _is_two_things(data: bytes, found: str) -> bool:
    """Whether the bytes may be taken for another kind of file as well."""
    if PDF_START in data[:LOOKED_AT] or ZIP_END in data[-LONGEST_ZIP_END:]:
        return True
    end = _end_of_png(data) if found == "image/png" else data.rfind(JPEG_END) + len(JPEG_END)
    return bool(data[end:].strip(PADDING))


def _end_of_png(data: bytes) -> int:
    """Where the last chunk ends. The picture was read already, so the chunks are sound up to there."""
    place, kind = len(PNG_START), b""
    while kind != PNG_END and place + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[place : place + 8])
        place += 12 + size
    return place
