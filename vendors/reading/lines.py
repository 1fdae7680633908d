"""Words → lines in reading order: rows by their lower edges, two columns of prose one after the other."""

import re
from dataclasses import dataclass, field
from statistics import median

from vendors.reading.words import Word

SAME_ROW = 0.35  # lower edges that differ by less than this share of the height stand on one row
OVERLAP = 0.9  # a word in a smaller font that overlaps a row by this share of its height stands on it
WORD_GAP = 0.08  # of the height: nearer characters belong to one word (some producers draw letter by letter)
LINE_GAP = 0.85  # of the height: words further apart are not of one line, but of two columns or cells
MARK = 0.8  # a number smaller than this share of its row is a footnote mark
HAS_MARK = re.compile(r" \d\d?(?!\S)")  # what may be one, behind another word
ROWS_OF_COLUMNS = 8  # so many rows side by side before a page is believed to be set in two columns


@dataclass(slots=True)
class Line:
    """Words that stand side by side without a wide gap."""

    words: list[Word]
    x0: float
    x1: float
    top: float
    bottom: float
    page: int
    text: str = field(default="", init=False)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def finish(self) -> "Line":
        """The line with its text, made once its words are together."""
        self.text = " ".join([word.text for word in self.words])
        return self


@dataclass(slots=True)
class Row:
    """The lines of one page that share a lower edge, from left to right."""

    lines: list[Line]
    bottom: float

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def rows_of(words: list[Word]) -> list[Row]:
    """The page's rows from top to bottom. Words may come in any order."""
    runs = _runs(words)
    runs.sort(key=lambda run: run.bottom)
    rows: list[Row] = []
    for run in runs:
        if rows and _on_one_row(rows[-1].lines[-1], run):
            rows[-1].lines.append(run)
            rows[-1].bottom = run.bottom
        else:
            rows.append(Row([run], run.bottom))
    for row in rows:
        row.lines = _joined(row.lines)
    _drop_marks(rows)
    return rows


def _on_one_row(line: Line, run: Line) -> bool:
    """Whether two runs stand side by side: on one lower edge, or the lower one beside the whole of the other."""
    smaller = min(line.height, run.height)
    if run.bottom - line.bottom <= SAME_ROW * smaller:
        return True
    overlap = min(line.bottom, run.bottom) - max(line.top, run.top)
    return overlap >= OVERLAP * smaller and (run.x0 >= line.x1 or run.x1 <= line.x0)


def _runs(words: list[Word]) -> list[Line]:
    """Words that follow one another on a line, in the order in which they are drawn."""
    runs: list[Line] = []
    run: Line | None = None
    for word in words:
        height = word.bottom - word.top
        if (
            run is not None
            and abs(word.bottom - run.bottom) <= SAME_ROW * height
            and -0.3 * height <= word.x0 - run.x1 <= LINE_GAP * height
        ):
            _extend(run, word)
        else:
            run = Line([word], word.x0, word.x1, word.top, word.bottom, word.page)
            runs.append(run)
    return runs


def _extend(line: Line, word: Word) -> None:
    last = line.words[-1]
    height = word.bottom - word.top
    if word.x0 - last.x1 < WORD_GAP * height and _is_fragment(last, word):
        top = min(last.top, word.top)
        line.words[-1] = Word(last.text + word.text, last.x0, word.x1, top, last.bottom, word.page)
    else:
        line.words.append(word)
    line.x1 = max(line.x1, word.x1)
    line.top = min(line.top, word.top)


def _is_fragment(last: Word, word: Word) -> bool:
    """Whether two words without a gap are pieces of one: of one size, and no mark above the line."""
    return abs(last.height - word.height) < 0.1 * last.height


def _joined(lines: list[Line]) -> list[Line]:
    lines.sort(key=lambda line: line.x0)
    joined = [lines[0]]
    for line in lines[1:]:
        last = joined[-1]
        if line.x0 - last.x1 <= LINE_GAP * min(line.height, last.height):
            for word in line.words:
                _extend(last, word)
        else:
            joined.append(line)
    return [line.finish() for line in joined]


def _drop_marks(rows: list[Row]) -> None:
    """Remove footnote marks: small numbers that stand above their row, which then is a row of its own or in one."""
    for place, row in enumerate(rows):
        for line in row.lines:
            if not HAS_MARK.search(line.text):
                continue
            tall = max(word.height for word in line.words)
            if any(_is_mark(word, tall) for word in line.words[1:]):
                line.words[1:] = [word for word in line.words[1:] if not _is_mark(word, tall)]
                line.finish()
        if place + 1 < len(rows):
            below = rows[place + 1]
            row.lines = [line for line in row.lines if not _stands_above(line, below)]
    rows[:] = [row for row in rows if row.lines]


def _is_mark(word: Word, tall: float) -> bool:
    return _may_be_mark(word) and word.height < MARK * tall


def _may_be_mark(word: Word) -> bool:
    return len(word.text) <= 2 and word.text.isdigit()


def _stands_above(line: Line, row: Row) -> bool:
    if len(line.words) != 1 or not line.text.isdigit() or len(line.text) > 2:
        return False
    return any(
        line.height < MARK * other.height and line.bottom > other.top + 0.3 * other.height and line.x0 >= other.x0
        for other in row.lines
    )


def in_reading_order(rows: list[Row]) -> list[Line]:
    """Lines as they are read: row by row, but a region set in two columns column by column."""
    gutter = _gutter(rows)
    if gutter is None:
        return [line for row in rows for line in row.lines]
    ordered: list[Line] = []
    region: list[Row] = []
    for row in [*rows, None]:
        if row is not None and all(line.x1 <= gutter or line.x0 >= gutter for line in row.lines):
            region.append(row)
            continue
        lines = [line for each in region for line in each.lines]
        left, right = [line for line in lines if line.x1 <= gutter], [line for line in lines if line.x0 >= gutter]
        ordered += [*left, *right] if min(len(left), len(right)) >= ROWS_OF_COLUMNS else lines
        ordered += row.lines if row is not None else []
        region = []
    return ordered


def _gutter(rows: list[Row]) -> float | None:
    """Where the gap between two columns of prose runs, if the page has two: equally wide, their lines full."""
    lines = [line for row in rows for line in row.lines]
    if len(lines) < 2 * ROWS_OF_COLUMNS:
        return None
    starts: dict[int, int] = {}
    for line in lines:
        starts[round(line.x0)] = starts.get(round(line.x0), 0) + 1
    left_edge = min(line.x0 for line in lines)
    width = max(line.x1 for line in lines) - left_edge
    for edge, count in sorted(starts.items(), key=lambda item: -item[1]):
        if count >= ROWS_OF_COLUMNS and left_edge + 0.4 * width < edge < left_edge + 0.65 * width:
            right = [line for line in lines if abs(line.x0 - edge) <= 2]
            left = [line for line in lines if line.x1 < edge - 2]
            if len(left) >= ROWS_OF_COLUMNS and _are_columns(left, right):
                return edge - 1.5
    return None


def _are_columns(left: list[Line], right: list[Line]) -> bool:
    widths = []
    for column in (left, right):
        edge = min(line.x0 for line in column)
        wide = max(line.x1 for line in column) - edge
        if median(line.x1 - edge for line in column) < 0.75 * wide:
            return False
        widths.append(wide)
    return 0.75 < widths[0] / widths[1] < 1.33
