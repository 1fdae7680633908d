"""An open PDF → its pages as rows and lines, without running heads."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import pypdfium2

from vendors.reading.facts import Unreadable
from vendors.reading.flow import Flow
from vendors.reading.furniture import without_furniture
from vendors.reading.lines import Line, Row, in_reading_order, rows_of
from vendors.reading.opening import CannotRead
from vendors.reading.recognised import Picture
from vendors.reading.words import PageReader, Sheet


@dataclass
class Document:
    """The text of a file. Pages are counted from 1; `rows` and `lines` are by page.

    recognised  pages without text whose words were recognised in their picture
    """

    pages: int
    without_text: tuple[int, ...]
    sheets: dict[int, Sheet]
    rows: dict[int, list[Row]]
    running: dict[int, list[Line]]
    recognised: tuple[int, ...] = ()

    @cached_property
    def lines(self) -> dict[int, list[Line]]:
        return {page: in_reading_order(rows) for page, rows in self.rows.items()}

    @cached_property
    def all_lines(self) -> list[Line]:
        return [line for page in sorted(self.lines) for line in self.lines[page]]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words that stand in one piece somewhere, in small letters."""
        return frozenset(
            word.text.strip(".,;:()'\"").lower()
            for rows in self.rows.values()
            for row in rows
            for line in row.lines
            for word in line.words[:-1]
        )

    @cached_property
    def leading(self) -> float:
        """How far apart the lines of a paragraph stand, as a share of their height: the distance that is most frequent
        where a sentence goes on in the next line."""
        counted: Counter[float] = Counter(
            round((below.bottom - above.bottom) / above.height, 2)
            for lines in self.lines.values()
            for above, below in pairwise(lines)
            if below.text[0].islower() and 0.8 * above.height < below.bottom - above.bottom < 2.5 * above.height
        )
        return counted.most_common(1)[0][0] if counted else 1.2

    def flow(self, lines: Iterable[Line]) -> Flow:
        """Lines as one text."""
        lines = list(lines)
        broken = any(line.text.endswith("-") and re.search(r"\w-$", line.text) for line in lines)
        return Flow(lines, self.sheets, self.vocabulary if broken else frozenset())

    def page_flow(self, page: int) -> Flow:
        return self.flow(self.lines.get(page, []))


def load(pdf: pypdfium2.PdfDocument, recognised: Mapping[int, Picture] | None = None) -> Document:
    """Read every page. Raises CannotRead when a page does not load.

    recognised  the words of pages that are pictures, used where the page has no text of its own
    """
    pictures, used, without_text = recognised or {}, [], []
    reader = PageReader()
    sheets: dict[int, Sheet] = {}
    pages: list[list[Row]] = []
    heights: list[float] = []
    count = len(pdf)
    for index in range(count):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError as error:
            raise CannotRead(Unreadable.DAMAGED) from error
        try:
            sheet, words = reader.read(page, index + 1)
        except ValueError as error:
            raise CannotRead(Unreadable.DAMAGED) from error
        finally:
            page.close()
        number = index + 1
        if not words:
            without_text.append(number)
            if number in pictures:
                used.append(number)
                sheet = replace(sheet, turns=sheet.rotated)  # a picture is recognised as the page is shown
                words = pictures[number].words_on(sheet, number)
        sheets[number] = sheet
        pages.append(rows_of(words))
        heights.append(sheet.right - sheet.left if sheet.turns % 2 else sheet.high - sheet.low)
    kept, running = without_furniture(pages, heights)
    rows = {index + 1: page for index, page in enumerate(kept)}
    return Document(count, tuple(without_text), sheets, rows, running, tuple(used))
