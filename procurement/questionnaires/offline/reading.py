"""The cells of a workbook that came back → what is said in it. Pure; it leans on nothing but texts in cells, so that it
does not matter which program saved the file last."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.grid import Cell, Sheet, Workbook, column_letters
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.offline.book import FIELD, FORMAT, HEAD, KEY_HEAD, META, TEXT_TO_READ, Place
from procurement.questionnaires.offline.matching import How

FEWEST_HEADS = 3
EMPTY = Cell("")
UNREAD = ("uncached", "error")  # kinds of a cell that say nothing


@dataclass(frozen=True)
class Beside:
    """A further field that is filled in: the key that our workbook gives it ("" in another make's), the head of its
    column."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReturnedRow:
    """One row with a question.

    key          as the file says it; "" where it says none
    sheet, cell  where the answer stands: "Access control", "E12"; of another make only the row, "12"
    beside       further fields that are filled in
    has_formula  answer, comment or a further field are a formula without a stored result, or an error such as #REF!:
                 shown, never read
    matched      the key of our question, "" where none was found
    how          it was found
    likeness     of the two texts, 0 to 100
    """

    key: str
    ref: str
    text: str
    answer: str
    comment: str
    evidence: str
    sheet: str
    cell: str
    beside: tuple[Beside, ...] = ()
    has_formula: bool = False
    matched: str = ""
    how: str = How.NONE.value
    likeness: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.answer or self.comment or self.evidence or self.beside or self.has_formula)


@dataclass(frozen=True)
class Returned:
    """A whole workbook. `meta` is empty where it is not one of ours."""

    title: str
    meta: dict[str, str] = field(default_factory=dict)
    rows: tuple[ReturnedRow, ...] = ()

    @property
    def is_ours(self) -> bool:
        return self.meta.get("format") == FORMAT

    def as_json(self) -> dict[str, Any]:
        """Plain data; `from_json` makes the same of it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> "Returned":
        return cls(content["title"], content["meta"], tuple(_row_from(each) for each in content["rows"]))

    def with_rows(self, rows: Iterable[ReturnedRow]) -> "Returned":
        return replace(self, rows=tuple(rows))


def read_own(workbook: Workbook) -> Returned | None:
    """What a workbook of ours says; None where its hidden sheet is missing or says that it is none."""
    found = Returned(workbook.title, _meta(workbook))
    if not found.is_ours:
        return None
    heads = {folded(value): _Column.of(name) for name, value in found.meta.items() if _is_head(name)}
    return found.with_rows(row for sheet in workbook.sheets if sheet.name != META for row in _rows(sheet, heads))


def read_draft(draft: Draft) -> Returned:
    """What a questionnaire of another make says, as the importer has read it."""
    rows = (
        ReturnedRow(
            key="",
            ref=each.ref,
            text=each.text,
            answer=each.answer or each.written,
            comment=each.comment,
            evidence=each.evidence,
            sheet=each.sheet,
            cell=str(each.row or ""),
            beside=tuple(Beside("", field.title, field.written) for field in each.companions if field.written),
        )
        for each in draft.questions
    )
    return Returned(draft.title, {}, tuple(rows))


def _meta(workbook: Workbook) -> dict[str, str]:
    sheet = next((each for each in workbook.sheets if each.name == META), None)
    return {sheet.text(row, 1): sheet.text(row, 2) for row in sheet.rows} if sheet else {}


def _row_from(content: dict[str, Any]) -> ReturnedRow:
    """A row as `as_json` keeps it; one that was read before there were further fields has none."""
    return ReturnedRow(**content | {"beside": tuple(Beside(**each) for each in content.get("beside", ()))})


@dataclass(frozen=True)
class _Column:
    """What a column of ours holds: one of the places of every question, or the further field with this key."""

    place: Place | None = None
    field: str = ""

    @classmethod
    def of(cls, name: str) -> "_Column":
        """By the name that the hidden sheet gives it."""
        if name.startswith(FIELD):
            return cls(field=name.removeprefix(FIELD).partition(":")[2])
        return cls(Place[name.removeprefix(HEAD)])


_KEYS, _ANSWERS = _Column(Place.KEY), _Column(Place.ANSWER)


def _is_head(name: str) -> bool:
    return name.startswith(FIELD) or (name.startswith(HEAD) and name.removeprefix(HEAD) in Place.__members__)


def _rows(sheet: Sheet, heads: dict[str, _Column]) -> Iterable[ReturnedRow]:
    """The rows below the heads; columns are found by their heads, wherever somebody moved them."""
    found = _columns(sheet, heads)
    if found is None:
        return
    head_row, columns = found
    places = {column.place: number for number, column in columns.items() if column.place is not None}
    fields = {number: column.field for number, column in columns.items() if column.place is None}
    for number in sorted(sheet.rows):
        if number <= head_row:
            continue
        row = sheet.rows[number]
        cells = {place: row.get(column, EMPTY) for place, column in places.items()}
        said = {place: cell.written for place, cell in cells.items()}
        key = said.get(Place.KEY, "")
        is_question = bool(key or said.get(Place.REF) or said.get(Place.ANSWER))
        if key.startswith(TEXT_TO_READ) or not is_question:
            continue
        beside = {column: row.get(column, EMPTY) for column in fields}
        to_read = [*beside.values(), *(cells[place] for place in (Place.ANSWER, Place.COMMENT) if place in cells)]
        yield ReturnedRow(
            key=key,
            ref=said.get(Place.REF, ""),
            text=said.get(Place.TEXT, ""),
            answer=said.get(Place.ANSWER, ""),
            comment=said.get(Place.COMMENT, ""),
            evidence=said.get(Place.EVIDENCE, ""),
            sheet=sheet.name,
            cell=f"{column_letters(places[Place.ANSWER])}{number}",
            beside=tuple(
                Beside(fields[column], sheet.text(head_row, column), cell.written)
                for column, cell in beside.items()
                if cell.written
            ),
            has_formula=any(cell.kind in UNREAD for cell in to_read),
        )


def _columns(sheet: Sheet, heads: dict[str, _Column]) -> tuple[int, dict[int, _Column]] | None:
    """The row of the heads and what each column holds; None for a sheet without questions."""
    for number in sorted(sheet.rows):
        columns: dict[int, _Column] = {}
        for place, cell in sorted(sheet.rows[number].items()):
            column = _KEYS if cell.text == KEY_HEAD else heads.get(folded(cell.text))
            if column is not None and column not in columns.values():
                columns[place] = column
        if len(columns) >= FEWEST_HEADS and _ANSWERS in columns.values():
            return number, columns
    return None
