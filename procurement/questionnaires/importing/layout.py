"""What was guessed about a file: sheets, heads, columns, rows. Every guess says how sure it is and why, and can be
changed by a person: `reader.read(data, name, layout=changed)` follows it.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from procurement.questionnaires.importing.words import Column


class SheetRole(StrEnum):
    QUESTIONS = "questions"
    INSTRUCTIONS = "instructions"
    LISTS = "lists"
    SCORING = "scoring"
    HISTORY = "history"
    COPY = "copy"  # repeats the questions of another sheet
    OTHER = "other"
    EMPTY = "empty"


class RowKind(StrEnum):
    QUESTION = "question"
    SECTION = "section"
    HELP = "help"  # belongs to the question above
    HEADER = "header"
    INSTRUCTION = "instruction"
    NOISE = "noise"  # totals, ends, copyright
    SKIP = "skip"


class SectionSource(StrEnum):
    """Where the sections of a sheet come from, the surest first."""

    DEPTH = "depth"
    COLUMN = "column"
    ROWS = "rows"  # title rows, and titles in repeated heads
    SHEET = "sheet"
    PREFIX = "prefix"  # letters that the ids begin with
    NONE = "none"


@dataclass(frozen=True)
class ColumnLayout:
    """One column: what its head says, what it seems to hold, and its first texts."""

    column: int
    head: str
    role: Column
    confidence: float
    reason: str
    samples: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True)
class RowLayout:
    """One row. `decided` means that a person said so; anything else is guessed anew at every reading.

    level  how deep a title stands, 0 where nothing tells
    title  of a section
    """

    row: int
    kind: RowKind
    reason: str = ""
    text: str = ""
    level: int = 0
    hidden: bool = False
    decided: bool = False


@dataclass(frozen=True)
class SheetLayout:
    """One sheet. `columns` left empty are guessed anew, for a person who only moved the header row.

    headers  rows that head columns; the first one names them. Empty: the columns are told by what is in them.
    """

    name: str
    role: SheetRole
    confidence: float
    reason: str
    headers: tuple[int, ...] = ()
    columns: tuple[ColumnLayout, ...] = ()
    rows: tuple[RowLayout, ...] = ()
    sections: SectionSource = SectionSource.NONE
    hidden: bool = False

    def column(self, role: Column) -> int | None:
        """The first column of this role."""
        return next((each.column for each in self.columns if each.role == role), None)


@dataclass(frozen=True)
class Layout:
    """kind      "xlsx", "xls", "csv", or the name of a JSON format
    profile   the known layout that was recognised, or ""
    encoding  of a text file; a person may choose another
    """

    kind: str
    sheets: tuple[SheetLayout, ...] = ()
    profile: str = ""
    encoding: str = ""
    title: str = field(default="")

    def sheet(self, name: str) -> SheetLayout | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """Plain data; `from_json` makes the same layout of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Layout":
        """Raises KeyError, TypeError or ValueError for anything `as_json` did not make."""
        return cls(**content | {"sheets": tuple(_sheet(each) for each in content["sheets"])})


def _sheet(content: dict[str, Any]) -> SheetLayout:
    return SheetLayout(
        **content
        | {
            "role": SheetRole(content["role"]),
            "sections": SectionSource(content["sections"]),
            "headers": tuple(content["headers"]),
            "columns": tuple(
                ColumnLayout(**each | {"role": Column(each["role"]), "samples": tuple(each["samples"])})
                for each in content["columns"]
            ),
            "rows": tuple(RowLayout(**each | {"kind": RowKind(each["kind"])}) for each in content["rows"]),
        }
    )
