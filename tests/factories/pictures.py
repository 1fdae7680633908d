"""Pictures as people send them: screenshots and photos, and what only looks like one."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

PLACE = "Harbour street 12, Aldmouth"


@cache
def png_bytes(size: tuple[int, int] = (320, 200)) -> bytes:
    return _saved(Image.effect_noise(size, 40).convert("RGB"), "PNG")


@cache
def photo_bytes(size: tuple[int, int] = (320, 200)) -> bytes:
    """A JPEG as a phone writes it: with the place where it was taken."""
    exif = Image.Exif()
    exif[Base.ImageDescription] = PLACE
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (53.0, 33.0, 12.0)
    return _saved(Image.effect_noise(size, 40).convert("RGB"), "JPEG", exif=exif)


def plain_png(width: int, height: int) -> bytes:
    """One colour, with a depth: the most memory for the fewest bytes."""
    return _saved(Image.new("RGBA", (width, height)), "PNG", compress_level=1)


def moving_png() -> bytes:
    first, second = (Image.new("RGB", (20, 20), colour) for colour in ("red", "blue"))
    return _saved(first, "PNG", save_all=True, append_images=[second])


def gif_bytes() -> bytes:
    return _saved(Image.new("P", (20, 20)), "GIF")


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that say they unfold into a picture of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(b"\0" * 1000)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def with_words(text: bytes) -> bytes:
    """A sound PNG with a chunk of text in front of its pixels."""
    sound = png_bytes()
    place = 8 + 25  # behind the signature and the first chunk
    return sound[:place] + _chunk(b"tEXt", b"Comment\0" + text) + sound[place:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _saved(picture: Image.Image, form: str, **how: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **how)
    return buffer.getvalue()
