"""What stands on page after page and is no part of the text: running heads and feet, page numbers, marks of the
recipient in the text layer."""

import re
from collections import Counter, defaultdict

from vendors.reading.lines import Line, Row

MARGIN = 0.1  # the share of the page's height at its head and foot where running lines stand
FEW, SOME, MOST = 0.1, 0.3, 0.55  # shares of the pages with text
NUMBER = re.compile(r"(page\s+)?\W*(\d{1,4}|[ivxl]{1,6})\W*(\s*(of|/)\s*\d{1,4})?", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
LETTER = re.compile(r"[^\W\d_]")
LONGEST = 200  # characters of a running line
LONG_NUMBER = 6  # digits: what has more counts no pages
FEW_CELLS = 2  # a number beside more than one other cell is no page number: it counts the row of a table
# A table's head is repeated too, but it is part of the table.
TABLE_HEAD = re.compile(r"\b(controls?|criteri|tests?|results?|ref|no|#)", re.IGNORECASE)
# So is what tests tell: "Result. No exceptions noted." comes first on many a page.
RESULT_TOLD = re.compile(r"\b(?:exception|deviation)s?\b|\bnot tested\b|\bno occurrence", re.IGNORECASE)


def without_furniture(pages: list[list[Row]], heights: list[float]) -> tuple[list[list[Row]], dict[int, list[Line]]]:
    """The pages without such lines, and what was taken from each page (by its number)."""
    furniture = _Furniture(pages)
    kept, taken = [], {}
    for index, rows in enumerate(pages):
        out: list[Line] = []
        page: list[Row] = []
        for place, row in enumerate(rows):
            outermost = place < 3 or place >= len(rows) - 3
            margin = row.bottom < MARGIN * heights[index] or row.lines[0].top > (1 - MARGIN) * heights[index]
            gone = [line for line in row.lines if furniture.holds(line, row, in_margin=margin and outermost)]
            if gone:
                out += gone
                row = Row([line for line in row.lines if line not in gone], row.bottom)
            if row.lines:
                page.append(row)
        kept.append(page)
        taken[index + 1] = out
    return kept, taken


class _Furniture:
    """Which lines come again, on how many pages, and at which spots of them."""

    def __init__(self, pages: list[list[Row]]) -> None:
        self._seen: dict[str, set[int]] = defaultdict(set)
        self._spots: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
        for index, rows in enumerate(pages):
            for line in (line for row in rows for line in row.lines):
                self._seen[_key(line)].add(index)
                for form in _forms(line):
                    self._spots[form][_spot(line)] += 1
        self._written = sum(1 for rows in pages if rows)
        self._enough = max(3, SOME * self._written)
        self._comes_again = any(len(found) >= self._enough for found in self._seen.values())

    def holds(self, line: Line, row: Row, *, in_margin: bool) -> bool:
        """Whether the line is furniture: a page number, or words that stand at this very spot of many pages."""
        if in_margin and NUMBER.fullmatch(line.text) and len(row.lines) <= FEW_CELLS:
            return True
        key = _key(line)
        pages = len(self._seen[key])
        if not self._comes_again or pages < self._enough or not LETTER.search(key) or RESULT_TOLD.search(key):
            return False
        # Elsewhere on the page the same words are text: a firm's name at the foot, and under its signature.
        if max(self._spots[form][_spot(line)] for form in _forms(line)) < max(2, FEW * self._written):
            return False
        if in_margin:
            return not (len(row.lines) > 1 and TABLE_HEAD.search(line.text))
        return pages >= MOST * self._written and not TABLE_HEAD.search(key)


def _key(line: Line) -> str:
    return DIGITS.sub("#", line.text)


def _forms(line: Line) -> set[str]:
    """The line as it is, and with each of its numbers counted from that of the page: what grows with the pages is
    their number, and what does not is an id or a date at a place where another page has one as well."""
    if len(line.text) > LONGEST:
        return {line.text}
    numbers = (n for n in DIGITS.finditer(line.text) if len(n.group()) <= LONG_NUMBER)
    counted = (f"{line.text[: n.start()]}#{int(n.group()) - line.page}{line.text[n.end() :]}" for n in numbers)
    return {line.text, *counted}


def _spot(line: Line) -> tuple[int, int]:
    return round(line.x0 / 4), round(line.bottom / 4)
