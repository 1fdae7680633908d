"""Words that were recognised in the picture of a page, for pages without text. Pure: what tesseract prints → words.

Such words may be wrong in any letter. None is left out for being unsure: without a "not" or an "except for" a sentence
would say something else, while in a garbled one no wording is found. What is read from them says so:
`Reading.recognised` names the pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vendors.reading.words import Sheet, Word

LEVEL_OF_WORDS = "5"
COLUMNS = 12


@dataclass(frozen=True)
class Picture:
    """The words of a page's picture, each with its box in pixels, and how wide the picture is."""

    width: int
    words: Sequence[tuple[str, float, float, float, float]]

    def as_json(self) -> dict[str, Any]:
        return {"width": self.width, "words": [list(word) for word in self.words]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Picture":
        return cls(kept["width"], [(text, x0, top, x1, bottom) for text, x0, top, x1, bottom in kept["words"]])

    def words_on(self, sheet: Sheet, page: int) -> list[Word]:
        """The words in points of the page as it is shown; each as high as its line."""
        wide = sheet.high - sheet.low if sheet.rotated % 2 else sheet.right - sheet.left
        scale = wide / self.width
        return [
            Word(text, x0 * scale, x1 * scale, top * scale, bottom * scale, page)
            for text, x0, top, x1, bottom in self.words
        ]


def read_tsv(tsv: str, width: int) -> Picture:
    """What `tesseract … tsv` printed of a picture of that width. Lines of another form are left out."""
    return Picture(width, list(_words(tsv)))


def _words(tsv: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Words in boxes of one height for each line, as PDFium's loose boxes are: lines are found by their lower edges."""
    line: list[tuple[str, int, int, int, int]] = []
    place: tuple[str, ...] = ()
    for fields in (row.split("\t") for row in tsv.splitlines()[1:]):
        if len(fields) != COLUMNS or fields[0] != LEVEL_OF_WORDS or not fields[11].strip():
            continue
        if tuple(fields[1:5]) != place:
            yield from _in_line(line)
            line, place = [], tuple(fields[1:5])
        left, top, wide, high = (int(field) for field in fields[6:10])
        line.append((fields[11].strip(), left, top, left + wide, top + high))
    yield from _in_line(line)


def _in_line(line: Sequence[tuple[str, int, int, int, int]]) -> Iterator[tuple[str, float, float, float, float]]:
    if not line:
        return
    top, bottom = min(word[2] for word in line), max(word[4] for word in line)
    for text, x0, _top, x1, _bottom in line:
        yield text, x0, top, x1, bottom
