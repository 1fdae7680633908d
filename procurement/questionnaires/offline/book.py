"""What stands in a workbook, as plain data: what `writing` writes and `reading` finds again. Pure."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

FORMAT = "countersign-workbook/1"
META = "_meta"
LISTS = "_lists"
KEY_HEAD = "countersign:key"
TEXT_TO_READ = "info:"  # begins the key of a row that asks nothing
REVISION = "revision:"  # begins the name of a row of `_meta`
HEAD = "head:"
FIELD = "field:"  # of a column of a further field: "field:1:owner", its number and the key of the field


class Place(IntEnum):
    """The columns of a sheet of questions, counted from 0. The first is hidden."""

    KEY = 0
    REF = 1
    TEXT = 2
    ABOUT = 3
    ANSWER = 4
    COMMENT = 5
    EVIDENCE = 6


@dataclass(frozen=True)
class Limits:
    """What a cell takes: a number between two ends, or a day."""

    kind: str
    least: float | None = None
    most: float | None = None
    hint: str = ""


@dataclass(frozen=True)
class BookField:
    """The column of a further field beside the answers. Its head stands once in a workbook."""

    number: int
    key: str
    head: str
    is_list: bool

    @property
    def name(self) -> str:
        """What the hidden sheet calls it."""
        return f"{FIELD}{self.number}:{self.key}"


@dataclass(frozen=True)
class BookCell:
    """What stands in a further field, and the choices of its drop-down."""

    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BookRow:
    """One question; with an empty key the title of a section, on a sheet that holds several.

    about     help, how to answer, and when it is asked, in words
    holds     what the answer's cell is for: "text", "number" or "day"
    choices   of a drop-down
    is_open   whether the answer is given in its cell
    beside    further fields, by the number of their column
    """

    key: str
    ref: str = ""
    text: str = ""
    about: str = ""
    answer: str | float | date = ""
    comment: str = ""
    evidence: str = ""
    holds: str = "text"
    choices: tuple[str, ...] = ()
    limits: Limits | None = None
    is_open: bool = True
    beside: dict[int, BookCell] = field(default_factory=dict)

    @property
    def is_asked(self) -> bool:
        return bool(self.key) and not self.key.startswith(TEXT_TO_READ)


@dataclass(frozen=True)
class BookSheet:
    title: str
    intro: str
    rows: tuple[BookRow, ...]

    @property
    def beside(self) -> list[int]:
        """The further fields of its rows, by the numbers of their columns."""
        return sorted({number for row in self.rows for number in row.beside})


@dataclass(frozen=True, kw_only=True)
class Book:
    """A whole workbook.

    instructions  the first sheet, line by line: a label in bold (or none) and a text
    heads         of the columns, in the order of `Place`
    fields        columns of further fields, by their number; a sheet has those that its questions ask for
    meta          what the hidden sheet says, signature included
    made          the same for the same content, so that the bytes are the same as well
    """

    title: str
    instructions_title: str
    instructions: tuple[tuple[str, str], ...]
    heads: tuple[str, ...]
    sheets: tuple[BookSheet, ...]
    meta: dict[str, str]
    made: datetime
    fields: dict[int, BookField] = field(default_factory=dict)


def signed_text(meta: dict[str, str]) -> str:
    """What the signature stands under: everything the hidden sheet says, in an order that a program cannot change."""
    return "\n".join(f"{name}={meta[name]}" for name in sorted(meta) if name != "signature")
