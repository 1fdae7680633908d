"""Words in a document: where they stand, whatever their case, and wherever a line broke them."""

import ctypes
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium

from vendors.reading.facts import Box
from vendors.reading.words import characters_of

# What may stand between two letters of a word that was broken at the end of a line, or that some write with a hyphen.
BREAK = "(?:[-\u2010\u2011\u00ad\ufffe][ \\t]*[\\r\\n]*)?"
HYPHENS = re.compile("[-\u2010\u2011\u00ad]")
QUOTES = {"'": "['\u2018\u2019]", "\u2019": "['\u2018\u2019]", '"': '["\u201c\u201d]'}
NOT_COMPARED = str.maketrans({**dict.fromkeys("-\u2010\u2011\u00ad\ufffe"), "\u2018": "'", "\u2019": "'",
                              "\u201c": '"', "\u201d": '"'})  # fmt: skip
PACKED = 1  # the level of compression: three quarters go by the quickest
AROUND = 60  # characters shown before and after
FINE = 100  # PDFium places a point on a grid of whole numbers: hundredths of a point


@dataclass(frozen=True)
class Hit:
    """One place where the words stand.

    boxes  one for each line they run over, in points from the top left corner of the page as a viewer shows it; none
           where only the text was looked through
    """

    page: int
    before: str
    found: str
    after: str
    boxes: tuple[Box, ...]


def find(document: pypdfium2.PdfDocument, words: str, *, most: int, page: int | None = None) -> list[Hit]:
    """The first `most` places, in the order of the document or on one page. A page that does not load has none."""
    pattern = pattern_for(words)
    pages = range(1, len(document) + 1)
    return list(islice(_hits(document, pattern, pages if page is None else [page]), most)) if pattern else []


def packed(document: pypdfium2.PdfDocument) -> bytes:
    """The text of every page, to be searched later without the document; a page that does not load has none."""
    texts = [_text_of(document, number) for number in range(1, len(document) + 1)]
    return zlib.compress(json.dumps(texts).encode(), PACKED)


def find_in_text(content: bytes, words: str, *, most: int) -> list[Hit]:
    """The first `most` places in packed text: those that `find` gives, without their boxes."""
    pattern = pattern_for(words)
    if pattern is None:
        return []
    texts: list[str] = json.loads(zlib.decompress(content))
    wanted = _bare(words)
    # The pattern is slow where nothing stands; most pages are told apart by their letters alone.
    pages = ((number, text) for number, text in enumerate(texts, 1) if wanted in _bare(text))
    places = (_hit(number, text, match) for number, text in pages for match in pattern.finditer(text))
    return list(islice(places, most))


def pattern_for(words: str) -> re.Pattern[str] | None:
    """What to look for; None when the words have no letter. Nothing typed is read as a pattern."""
    letters = [HYPHENS.sub("", word) for word in words.split()]
    parts = [BREAK.join(QUOTES.get(letter, re.escape(letter)) for letter in word) for word in letters if word]
    return re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None


def _hits(document: pypdfium2.PdfDocument, pattern: re.Pattern[str], numbers: Iterable[int]) -> Iterator[Hit]:
    for number in numbers:
        try:
            page = document[number - 1]
        except (pypdfium2.PdfiumError, IndexError):
            continue
        try:
            yield from _hits_on(page, number, pattern)
        finally:
            page.close()


def _hits_on(page: pypdfium2.PdfPage, number: int, pattern: re.Pattern[str]) -> Iterator[Hit]:
    handle = pdfium.FPDFText_LoadPage(page)
    if not handle:
        return
    try:
        text = characters_of(handle)
        for match in pattern.finditer(text):
            start, end = match.span()
            yield _hit(number, text, match, tuple(_boxes(page, handle, text, start, end)))
    finally:
        pdfium.FPDFText_ClosePage(handle)


def _text_of(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return ""
    try:
        handle = pdfium.FPDFText_LoadPage(page)
        if not handle:
            return ""
        try:
            return characters_of(handle)
        finally:
            pdfium.FPDFText_ClosePage(handle)
    finally:
        page.close()


def _bare(text: str) -> str:
    """Letters as they are compared: of one case, without spaces, hyphens and the different quotation marks."""
    return "".join(text.lower().split()).translate(NOT_COMPARED)


def _hit(number: int, text: str, match: re.Match[str], boxes: tuple[Box, ...] = ()) -> Hit:
    start, end = match.span()
    return Hit(
        number,
        _readable(text[max(0, start - AROUND) : start], cut_before=start > AROUND),
        _readable(match.group()),
        _readable(text[end : end + AROUND], cut_after=end + AROUND < len(text)),
        boxes,
    )


def _boxes(page: pypdfium2.PdfPage, handle: object, text: str, start: int, end: int) -> list[Box]:
    """The characters' own boxes, joined where one follows the other on a line."""
    width, height = page.get_size()
    rect = pdfium.FS_RECTF()
    joined: list[Box] = []
    for at in range(start, end):
        if text[at].isspace() or text[at] == "\ufffe" or not pdfium.FPDFText_GetLooseCharBox(handle, at, rect):
            continue
        corners = [_shown(page, width, height, x, y) for x, y in ((rect.left, rect.top), (rect.right, rect.bottom))]
        (x0, x1), (top, bottom) = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
        box = (x0, top, x1, bottom)
        if joined and _on_one_line(joined[-1], box):
            last = joined.pop()
            box = (min(last[0], x0), min(last[1], top), max(last[2], x1), max(last[3], bottom))
        joined.append(box)
    return joined


def _on_one_line(one: Box, other: Box) -> bool:
    """Whether two boxes stand side by side, or above each other in text that runs up or down the page."""
    beside = _shared(one[1], one[3], other[1], other[3])
    above = _shared(one[0], one[2], other[0], other[2]) and one[1] <= other[3] and other[1] <= one[3]
    return beside or above


def _shared(low: float, high: float, other_low: float, other_high: float) -> bool:
    """Whether two stretches share more than half of the shorter one."""
    return min(high, other_high) - max(low, other_low) > min(high - low, other_high - other_low) / 2


def _shown(page: pypdfium2.PdfPage, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    """A point of the page's own space as the viewer shows it, turned pages included."""
    across, down = ctypes.c_int(), ctypes.c_int()
    size = (round(width * FINE), round(height * FINE))
    pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, across, down)
    return across.value / FINE, down.value / FINE


def _readable(text: str, *, cut_before: bool = False, cut_after: bool = False) -> str:
    """On one line, without broken words at its cut ends; spaces at its ends stay, where it meets the words found."""
    line = re.sub(r"\s+", " ", text.replace("\ufffe", "-").replace("\u00ad", "").replace("\x00", ""))
    if cut_before:
        line = "…" + line.partition(" ")[2]
    if cut_after:
        line = line.rpartition(" ")[0] + "…"
    return line
