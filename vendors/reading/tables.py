"""Rows of a table → cells in columns, by geometry alone: repeated heads, cells over page breaks, rows that span.

Columns are where words start one below the other after a gap, and where the head's cells start; a head that is centred
names the column over which it stands. Tables of one layout (the same places of the head's cells) are measured together,
so that a column with few words is found as well.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from statistics import median

from vendors.reading.lines import Line, Row
from vendors.reading.words import Word

CELL_GAP = 0.4  # of the height: a wider gap before the start of a column separates two cells,
WIDER = 1.5  # as long as it is that much wider than the usual gap between words: some fonts set all words far apart
ALIGNED = 2.0  # points by which the starts of one column may differ
FEW = 3  # rows that must start at a place, and
OFTEN = 0.1  # of the rows that must start at a place for it to be a column without a head
CROSSED = 0.25  # of those rows: so many words may run over the place
HEAD_WORDS = re.compile(
    r"an?|and|or|of|the|by|for|to|in|on|with|its|no\.?|number|#|ref\.?|id|tsc|point|focus|trust|user|details"
    r"|controls?|criteri(?:a|on)|activit(?:y|ies)|descriptions?|objectives?|requirements?|categor(?:y|ies)|services?"
    r"|specified|related|applied|complementary|expected|organi[sz]ation(?:'s)?|company's|entity(?:'s)?"
    r"|tests?|tested|testing|tester|auditor(?:'s)?|auditors|procedures?|performed\.?|operating|effectiveness|design"
    r"|results?\.?|outcome|conclusion|evaluation|exceptions?|deviations?|management(?:'s)?|responses?"
    r"|sub-?service|providers?|provided|names?|nature|functions?|purposes?|roles?|methods?"
)
HEAD_TERM = re.compile(r"control|criteri|test|result|ref|no\b|#|response|user entity|sub-?service", re.IGNORECASE)


@dataclass
class Cell:
    """A piece of a row that stands in a column."""

    column: int
    line: Line

    @property
    def text(self) -> str:
        return self.line.text


@dataclass
class TableRow:
    """One row of print. `head`: it names the columns; `heads`: the head in force, by column."""

    cells: list[Cell]
    page: int
    bottom: float
    height: float
    head: bool = False
    heads: dict[int, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(cell.text for cell in self.cells)


def is_head(row: Row) -> bool:
    """Whether a row names columns: two cells or more of nothing but the words that heads are made of, no numbers."""
    if len(row.lines) < 2 or not HEAD_TERM.search(row.text) or re.search(r"\d|[.:;]$", row.text):
        return False
    known = [line for line in row.lines if _names_a_column(line)]
    if len(known) < 2 or 2 * len(known) < len(row.lines):
        return False
    return all(len(line.words) <= 8 and line.text[0].isupper() for line in row.lines if line not in known)


def _names_a_column(line: Line) -> bool:
    words = [word.text.lower().replace("’", "'").strip("/,:") for word in line.words]
    return all(HEAD_WORDS.fullmatch(word) or not word for word in words)


def table_rows(rows: Sequence[Row]) -> list[TableRow]:
    """All rows, cut into cells."""
    heads = [is_head(row) for row in rows]
    groups: dict[tuple[int, ...], list[Row]] = {}
    heads_in: dict[tuple[int, ...], list[Row]] = {}
    layout_of: list[tuple[int, ...]] = []
    heads_of: list[Row | None] = []
    head: Row | None = None
    layout: tuple[int, ...] = ()
    for row, names_columns in zip(rows, heads, strict=True):
        if names_columns:
            head, layout = row, tuple(round(line.x0 / 2) for line in row.lines)
            heads_in.setdefault(layout, []).append(row)
        else:
            groups.setdefault(layout, []).append(row)
        layout_of.append(layout)
        heads_of.append(head)
    gap = max(CELL_GAP, WIDER * _usual_gap(rows))
    starts = {
        layout: _column_starts(groups.get(layout, []), heads_in.get(layout, []), gap)
        for layout in dict.fromkeys(layout_of)
    }
    found: list[TableRow] = []
    last: Row | None = None
    names: dict[int, str] = {}
    for row, layout, head, names_columns in zip(rows, layout_of, heads_of, heads, strict=True):
        columns = starts[layout]
        if head is not last:
            last, names = head, {cell.column: cell.text for cell in _cells(head, columns, gap)} if head else {}
        first = row.lines[0]
        found.append(TableRow(_cells(row, columns, gap), first.page, row.bottom, first.height, names_columns, names))
    return found


def rows_of_print(lines: Iterable[Line]) -> list[TableRow]:
    """Lines in reading order as rows cut into cells: side by side lines of a table together, two columns of prose
    apart."""
    rows: list[Row] = []
    for line in lines:
        if rows and rows[-1].lines[0].page == line.page and abs(rows[-1].bottom - line.bottom) < 0.35 * line.height:
            rows[-1].lines.append(line)
        else:
            rows.append(Row([line], line.bottom))
    return table_rows(rows)


def _usual_gap(rows: Sequence[Row]) -> float:
    """The gap between the words of a line, as a share of their height."""
    gaps = [
        (word.x0 - last.x1) / last.height
        for row in rows[:200]
        for line in row.lines
        for last, word in pairwise(line.words)
        if last.height
    ]
    return median(gaps) if gaps else 0.0


def _column_starts(body: Sequence[Row], heads: Sequence[Row], gap: float) -> list[float]:
    """Where the columns of rows of one layout start; `heads` are the rows of the same layout that name them."""
    begun: Counter[int] = Counter()
    for row in body:
        begun.update({round(word.x0) for word in _first_words(row, gap)})
    named = {place for head in heads for place in _places_named(head, body, begun)}
    begun.update(round(place) for place in named)
    rows = [*body, *heads]
    starts: list[float] = []
    enough = max(FEW, OFTEN * len(rows))
    for place in sorted(begun):
        count = begun[place - 1] + begun[place] + begun[place + 1]
        is_named = any(abs(place - x0) <= ALIGNED for x0 in named)
        if starts and place - starts[-1] <= 2 * ALIGNED:
            continue
        if is_named or (count >= enough and begun[place] >= begun[place + 1] and _is_clear(rows, place, count)):
            starts.append(min((x0 for x0 in named if abs(place - x0) <= ALIGNED), default=float(place)))
    return starts or [0.0]


def _places_named(head: Row, body: Sequence[Row], begun: Counter[int]) -> Iterator[float]:
    """Where the columns start that a head names: where its cells start, or, of those that are centred, what stands
    below them."""
    before = -inf
    for line in head.lines:
        place = round(line.x0)
        if any(begun[near] for near in range(place - 2, place + 3)):
            yield line.x0
        else:
            yield _start_below(line, before, body, begun)
        before = line.x1


def _start_below(head: Line, before: float, body: Sequence[Row], begun: Counter[int]) -> float:
    """The start of the column over whose cells a head's cell is centred; that of the head where none is found.

    before  where the cell before it ends
    """
    under = [
        line.x0
        for row in body
        for line in row.lines
        if before < line.x0 < head.x0 and line.x1 > head.x0
    ]  # fmt: skip
    if under:
        return min(under)
    free = [place for place in begun if before < place < head.x0 and begun[place] >= FEW]
    return float(max(free, key=lambda place: begun[place])) if free else head.x0


def _first_words(row: Row, gap: float) -> Iterable[Word]:
    for line in row.lines:
        last = None
        for word in line.words:
            if last is None or word.x0 - last.x1 >= gap * word.height:
                yield word
            last = word


def _is_clear(rows: Sequence[Row], place: int, count: int) -> bool:
    crossed = 0
    for row in rows:
        for line in row.lines:
            if line.x0 < place - ALIGNED < line.x1 - ALIGNED and any(
                word.x0 < place - ALIGNED and word.x1 > place + ALIGNED for word in line.words
            ):
                crossed += 1
    return crossed <= CROSSED * count


def _cells(row: Row, starts: Sequence[float], gap: float) -> list[Cell]:
    """The row's words by column. Words that run on over the start of a column stay where they began."""
    cells: list[Cell] = []
    for line in row.lines:
        column = -1
        words: list[Word] = []
        for word in line.words:
            place = max(bisect_right(starts, word.x0 + ALIGNED) - 1, 0)
            new = not words or (
                place != column
                and abs(word.x0 - starts[place]) <= ALIGNED
                and word.x0 - words[-1].x1 >= gap * word.height
            )
            if new:
                if words:
                    cells.append(Cell(column, line_of(words)))
                column, words = place, []
            words.append(word)
        cells.append(Cell(column, line if len(words) == len(line.words) else line_of(words)))
    return cells


def line_of(words: list[Word]) -> Line:
    """Words that stand side by side as a line."""
    return Line(
        words,
        words[0].x0,
        words[-1].x1,
        min(word.top for word in words),
        max(word.bottom for word in words),
        words[0].page,
    ).finish()
