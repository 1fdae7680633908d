"""The cells of a workbook that came back → what is said in it. Pure; it leans on nothing but texts in cells, so that it
does not matter which program saved the file last."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.grid import Cell, Sheet, Workbook, column_letters
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.offline.book import FORMAT, HEAD, KEY_HEAD, META, TEXT_TO_READ, Place
from procurement.questionnaires.offline.matching import How

FEWEST_HEADS = 3
EMPTY = Cell("")
UNREAD = ("uncached", "error")  # kinds of a cell that say nothing


@dataclass(frozen=True, kw_only=True)
class ReturnedRow:
    """One row with a question.

    key         as the file says it; "" where it says none
    sheet, cell  where the answer stands: "Access control", "E12"; of another make only the row, "12"
    has_formula  answer or comment are a formula without a stored result, or an error such as #REF!: shown, never read
    matched     the key of our question, "" where none was found
    how         it was found
    likeness    of the two texts, 0 to 100
    """

    key: str
    ref: str
    text: str
    answer: str
    comment: str
    evidence: str
    sheet: str
    cell: str
    has_formula: bool = False
    matched: str = ""
    how: str = How.NONE.value
    likeness: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.answer or self.comment or self.evidence or self.has_formula)


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
        return cls(content["title"], content["meta"], tuple(ReturnedRow(**each) for each in content["rows"]))

    def with_rows(self, rows: Iterable[ReturnedRow]) -> "Returned":
        return replace(self, rows=tuple(rows))


def read_own(workbook: Workbook) -> Returned | None:
    """What a workbook of ours says; None where its hidden sheet is missing or says that it is none."""
    found = Returned(workbook.title, _meta(workbook))
    if not found.is_ours:
        return None
    heads = {folded(value): Place[name.removeprefix(HEAD)] for name, value in found.meta.items() if _is_head(name)}
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
        )
        for each in draft.questions
    )
    return Returned(draft.title, {}, tuple(rows))


def _meta(workbook: Workbook) -> dict[str, str]:
    sheet = next((each for each in workbook.sheets if each.name == META), None)
    return {sheet.text(row, 1): sheet.text(row, 2) for row in sheet.rows} if sheet else {}


def _is_head(name: str) -> bool:
    return name.startswith(HEAD) and name.removeprefix(HEAD) in Place.__members__


def _rows(sheet: Sheet, heads: dict[str, Place]) -> Iterable[ReturnedRow]:
    """The rows below the heads; columns are found by their heads, wherever somebody moved them."""
    found = _columns(sheet, heads)
    if found is None:
        return
    head_row, columns = found
    for number in sorted(sheet.rows):
        if number <= head_row:
            continue
        cells = {place: sheet.rows[number].get(column, EMPTY) for place, column in columns.items()}
        said = {place: cell.written for place, cell in cells.items()}
        key = said.get(Place.KEY, "")
        is_question = bool(key or said.get(Place.REF) or said.get(Place.ANSWER))
        if key.startswith(TEXT_TO_READ) or not is_question:
            continue
        yield ReturnedRow(
            key=key,
            ref=said.get(Place.REF, ""),
            text=said.get(Place.TEXT, ""),
            answer=said.get(Place.ANSWER, ""),
            comment=said.get(Place.COMMENT, ""),
            evidence=said.get(Place.EVIDENCE, ""),
            sheet=sheet.name,
            cell=f"{column_letters(columns[Place.ANSWER])}{number}",
            has_formula=any(cells[place].kind in UNREAD for place in (Place.ANSWER, Place.COMMENT) if place in cells),
        )


def _columns(sheet: Sheet, heads: dict[str, Place]) -> tuple[int, dict[Place, int]] | None:
    """The row of the heads and where each column stands; None for a sheet without questions."""
    for number in sorted(sheet.rows):
        places: dict[Place, int] = {}
        for column, cell in sorted(sheet.rows[number].items()):
            place = Place.KEY if cell.text == KEY_HEAD else heads.get(folded(cell.text))
            if place is not None:
                places.setdefault(place, column)
        if len(places) >= FEWEST_HEADS and Place.ANSWER in places:
            return number, places
    return None
