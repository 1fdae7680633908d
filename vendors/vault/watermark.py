"""Runs in the confined child: who reads a page, and when, over its picture. Imports no framework.

The picture comes from a PDF of somebody else's, so nothing of ours decodes it outside the child. DejaVu Sans writes
the names: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters. What it has no letter for is left
out; the reader's address, which stands below the name, is always there.
"""

import io
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFont

from vendors.confinement.errors import JobRefused

FONT = Path(__file__).with_name("fonts") / "dejavu-sans.woff2"
# Strong enough to be read on a photograph of the screen, light enough to read the page through it. The dark letters
# have a light shadow, which shows where the page itself is dark.
INK, SHADOW, STRENGTH = (70, 82, 100), (255, 255, 255), 42
ANGLE = 28
SMALLEST, OF_THE_WIDTH = 9, 60
NO_CHARACTER = "\U0010fffe"


def stamp(params: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """The PNG in `data` with the texts of `params["lines"]` over it, slanting and repeated. Returns the PNG.

    Raises JobRefused("no watermark") when no letter of the lines can be drawn: a page never leaves unmarked.
    """
    picture: Image.Image = Image.open(io.BytesIO(data), formats=["PNG"])
    if picture.mode != "RGB":
        picture = picture.convert("RGB")
    font = _font(max(SMALLEST, picture.width // OF_THE_WIDTH))
    lines = [line for text in params["lines"] if (line := _drawable(font, text))]
    if not lines:
        raise JobRefused("no watermark", "The page could not be marked with its reader, so it is not shown.")
    tile = _tile(font, "\n".join(lines))
    veil = Image.new("L", picture.size)
    for place in _places(picture.size, tile.size):
        veil.paste(tile, place)
    picture.paste(SHADOW, mask=ImageChops.offset(veil, 1))
    picture.paste(INK, mask=veil)
    png = io.BytesIO()
    picture.save(png, "PNG", compress_level=3)
    return {}, png.getvalue()


@lru_cache(maxsize=8)
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


def _drawable(font: ImageFont.FreeTypeFont, text: str) -> str:
    """The text without what the font has no letter for; empty when nothing but spaces and signs is left."""
    missing = bytes(font.getmask(NO_CHARACTER))
    kept = "".join(letter for letter in text if letter.isspace() or bytes(font.getmask(letter)) != missing)
    return kept.strip() if any(letter.isalnum() for letter in kept) else ""


def _tile(font: ImageFont.FreeTypeFont, text: str) -> Image.Image:
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).multiline_textbbox((0, 0), text, font=font)
    flat = Image.new("L", (int(right - left) + 4, int(bottom - top) + 4))
    ImageDraw.Draw(flat).multiline_text((2 - left, 2 - top), text, font=font, fill=STRENGTH, align="center")
    return flat.rotate(ANGLE, expand=True, resample=Image.Resampling.BICUBIC)


def _places(page: tuple[int, int], tile: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """Rows of tiles that touch nowhere, every other row moved by half a tile; the middle of the page has one."""
    step_x, step_y = int(tile[0] * 1.5), int(tile[1] * 1.4)
    middle_x, middle_y = (page[0] - tile[0]) // 2, (page[1] - tile[1]) // 2
    rows, columns = page[1] // step_y // 2 + 1, page[0] // step_x // 2 + 2
    for row in range(-rows, rows + 1):
        for column in range(-columns, columns + 1):
            yield middle_x + column * step_x + (row % 2) * step_x // 2, middle_y + row * step_y
