"""A workbook as cells: what every reader makes, whatever the file was. Only filled cells are kept."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

MOST_COLUMNS = 100


class Cell(NamedTuple):
    """text   as a person sees it: formatted, without white space at its ends
    kind   "text", "number", "date", "yes_no" (a logical value), "error", "uncached" (a formula without a result)
    bold, filled  how it looks; titles are often told by it
    formula  as it is written, where it has no stored result
    """

    text: str
    kind: str = "text"
    bold: bool = False
    filled: bool = False
    formula: str = ""

    @property
    def written(self) -> str:
        """The text, or the formula that has none: shown as it is, never calculated."""
        return self.text or self.formula


class Area(NamedTuple):
    """A rectangle of cells, both ends inclusive, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Choices:
    """What a cell's validation allows: a list of texts, or "date" or "number"."""

    kind: str = "list"
    options: tuple[str, ...] = ()


Row = dict[int, Cell]


@dataclass
class Sheet:
    """One sheet. Rows and columns are counted from 1; `choices` and `notes` (on cells) are by row and column.

    sets_of_answers  of a form whose questions stood side by side, how many people answered; None for any other sheet
    """

    name: str
    rows: dict[int, Row] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Area] = field(default_factory=list)
    choices: dict[tuple[int, int], Choices] = field(default_factory=dict)
    unread_lists: set[tuple[int, int]] = field(default_factory=set)
    sets_of_answers: int | None = None
    notes: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def is_turned(self) -> bool:
        """Whether its questions stood side by side in the file."""
        return self.sets_of_answers is not None

    @cached_property
    def bands(self) -> set[int]:
        """Rows in which a cell is merged over three columns or more."""
        return {area.top for area in self.merges if area.right - area.left >= 2}

    @cached_property
    def columns(self) -> list[int]:
        """Columns with anything in them, left to right. Nobody asks questions beyond the first hundred."""
        return sorted({column for row in self.rows.values() for column in row})[:MOST_COLUMNS]

    @cached_property
    def choice_columns(self) -> dict[int, dict[int, Choices]]:
        """The drop-downs of a column by row."""
        by_column: dict[int, dict[int, Choices]] = {}
        for (row, column), choices in self.choices.items():
            by_column.setdefault(column, {})[row] = choices
        return by_column

    def text(self, row: int, column: int) -> str:
        cells = self.rows.get(row)
        cell = cells.get(column) if cells else None
        return cell.text if cell else ""


@dataclass
class Workbook:
    """title     what the file calls itself in its properties, or ""
    encoding  of a text file, or ""
    codes     notes of the reader that concern the whole file
    """

    sheets: list[Sheet]
    title: str = ""
    encoding: str = ""
    undecodable: int = 0
    cut: list[tuple[str, int]] = field(default_factory=list)
    invisible: list[tuple[str, int]] = field(default_factory=list)
    has_external_links: bool = False


def column_letters(column: int) -> str:
    """3 → "C", 28 → "AB"."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
