"""A page of PDFium → words with boxes, upright whatever way the page is stored or turned.

Boxes are in points from the top left corner of the page as its text is read. PDFium's loose boxes are used: all
characters of a font stand in boxes of one height, so that lines are found by their lower edges.
"""

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

loose_box = pdfium.FPDFText_GetLooseCharBox
RUN = re.compile(r"[^\s\x00]+")
BROKEN = "\ufffe"  # PDFium's mark for a hyphen at the end of a line
NOT_WORDS = re.compile(r"[\ue000-\uf8ff\ufffd\u200b\u00ad]")  # private glyphs (bullets of symbol fonts), soft hyphens
SAMPLE = 40  # characters that vote on the way a page's text runs
STRAIGHT_ENOUGH = 0.1  # of a quarter turn: scans lie a little askew
RAISED = 0.8  # a character smaller than this share of the word's first is a mark above the line


@dataclass(slots=True)
class Word:
    """A run of characters without a space."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    page: int

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Sheet:
    """How a page lies: its size, its /Rotate, and by how many quarter turns its text runs anticlockwise."""

    left: float
    low: float
    right: float
    high: float
    rotated: int
    turns: int

    def upright(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of the page's own space as (x0, x1, top, bottom) of upright text."""
        if self.turns == 1:
            return bottom - self.low, top - self.low, left - self.left, right - self.left
        if self.turns == 2:
            return self.right - right, self.right - left, bottom - self.low, top - self.low
        if self.turns == 3:
            return self.high - top, self.high - bottom, self.right - right, self.right - left
        return left - self.left, right - self.left, self.high - top, self.high - bottom

    def shown(self, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
        """A box of upright text as (x0, top, x1, bottom) of the page as a viewer shows it."""
        width, height = self.right - self.left, self.high - self.low
        for turn in range((self.rotated - self.turns) % 4):
            side = width if (self.turns + turn) % 2 else height
            x0, top, x1, bottom = side - bottom, x0, side - top, x1
        return x0, top, x1, bottom


class PageReader:
    """Reads words from one page after another, with buffers that are made once."""

    def __init__(self) -> None:
        self._rect = pdfium.FS_RECTF()
        self._to_rect = ctypes.byref(self._rect)
        self._slants = False

    def read(self, page: pypdfium2.PdfPage, number: int) -> tuple[Sheet, list[Word]]:
        """The sheet and its words in the order in which the file draws them."""
        handle = pdfium.FPDFText_LoadPage(page)
        if not handle:
            raise ValueError(f"page {number} has no text layer that can be loaded")
        try:
            text = characters_of(handle)
            left, low, right, high = page.get_bbox()
            sheet = Sheet(left, low, right, high, page.get_rotation() // 90, _turns(handle, text))
            self._slants = False
            words = self._words(handle, sheet, number, text)
            if self._slants:
                # A watermark over the page: read again without what does not run as the page does.
                words = []
                for run in RUN.finditer(text):
                    if _turn(handle, run.start()) == sheet.turns:
                        self._add(words, handle, sheet, number, text, run.start(), run.end())
            return sheet, words
        finally:
            pdfium.FPDFText_ClosePage(handle)

    def _words(self, handle: object, sheet: Sheet, number: int, text: str) -> list[Word]:
        """All runs of the text. Most are plain: ASCII on an upright page, whose first and last character stand in boxes
        of one height. For those everything that `_add` asks is answered, and there are a hundred thousand of them."""
        words: list[Word] = []
        box, to_box, left, high, is_upright = self._rect, self._to_rect, sheet.left, sheet.high, not sheet.turns
        for run in RUN.finditer(text):
            start, end = run.span()
            word = run.group()
            if is_upright and word.isascii():
                loose_box(handle, start, to_box)
                x0, top, bottom = box.left, box.top, box.bottom
                if end - start > 1:
                    loose_box(handle, end - 1, to_box)
                x1 = box.right
                if box.top == top and box.bottom == bottom and x1 >= x0:
                    words.append(Word(word, x0 - left, x1 - left, high - top, high - bottom, number))
                    continue
            self._add(words, handle, sheet, number, text, start, end)
        return words

    def _box(self, handle: object, at: int, sheet: Sheet) -> tuple[float, float, float, float]:
        box = self._rect
        loose_box(handle, at, self._to_rect)
        return sheet.upright(box.left, box.top, box.right, box.bottom)

    def _add(
        self, words: list[Word], handle: object, sheet: Sheet, number: int, text: str, start: int, end: int
    ) -> None:
        x0, x1, top, bottom = self._box(handle, start, sheet)
        if end - start > 1:
            _, x1, last_top, last_bottom = self._box(handle, end - 1, sheet)
            height = bottom - top
            apart = abs(last_top + last_bottom - top - bottom)
            if apart > 0.4 * height and _turn(handle, start) != sheet.turns:
                self._slants = True
                return
            if apart > height or x1 < x0:
                self._add_broken(words, handle, sheet, number, text, start, end)
                return
            if last_bottom - last_top < RAISED * height:
                end, x1 = self._without_marks(handle, sheet, text, start, end, height)
        _append(words, text[start:end], (x0, x1, top, bottom), number)

    def _without_marks(
        self, handle: object, sheet: Sheet, text: str, start: int, end: int, height: float
    ) -> tuple[int, float]:
        """Where the word ends without the footnote marks that stick to it: "2025" of "20251"."""
        while end - start > 1:
            _, x1, top, bottom = self._box(handle, end - 1, sheet)
            if bottom - top >= RAISED * height or not (text[end - 1].isdigit() or text[end - 1] in "*†‡"):
                break
            end -= 1
        return end, x1

    def _add_broken(
        self, words: list[Word], handle: object, sheet: Sheet, number: int, text: str, start: int, end: int
    ) -> None:
        """A run that does not stay on its line: broken by a hyphen, or run together from several lines."""
        pieces: list[tuple[int, int, tuple[float, float, float, float]]] = []
        begin = start
        x0, last, top, bottom = self._box(handle, start, sheet)
        for at in range(start + 1, end):
            if text[at] == BROKEN:
                continue
            left, right, up, down = self._box(handle, at, sheet)
            if abs(up + down - top - bottom) > (bottom - top) or left < x0:
                pieces.append((begin, at, (x0, last, top, bottom)))
                begin, x0, top, bottom = at, left, up, down
            last = right
        pieces.append((begin, end, (x0, last, top, bottom)))
        if len(pieces) > 2 and len(pieces) * 3 > end - start:
            return  # letters below each other: words up the margin
        for begin, stop, box in pieces:
            _append(words, text[begin:stop], box, number)


def _append(words: list[Word], text: str, box: tuple[float, float, float, float], page: int) -> None:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", NOT_WORDS.sub("", text.replace(BROKEN, "-")))
        if not text:
            return
    x0, x1, top, bottom = box
    words.append(Word(text, x0, x1, top, bottom, page))


def characters_of(handle: object) -> str:
    """The text of the page, one character for each that PDFium counts."""
    count = pdfium.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # Characters without a code are left out of the text: ask for each.
    return "".join(_character(pdfium.FPDFText_GetUnicode(handle, at)) for at in range(count))


def _character(code: int) -> str:
    return chr(code) if 31 < code < 0xD800 or 0xDFFF < code < 0x110000 else " "


def _turns(handle: object, text: str) -> int:
    """By how many quarter turns most of the page's text runs anticlockwise."""
    votes = [0, 0, 0, 0]
    for at in range(0, len(text), max(1, len(text) // SAMPLE)):
        if text[at].isspace():
            continue
        turn = _turn(handle, at)
        if turn is not None:
            votes[turn] += 1
    return max(range(4), key=lambda turns: (votes[turns], -turns))


def _turn(handle: object, at: int) -> int | None:
    """By how many quarter turns a character stands anticlockwise; None when it slants or is not drawn."""
    angle = pdfium.FPDFText_GetCharAngle(handle, at)
    if angle < 0:
        return None
    turn = -angle / (math.pi / 2)  # PDFium measures clockwise
    return round(turn) % 4 if abs(turn - round(turn)) < STRAIGHT_ENOUGH else None
