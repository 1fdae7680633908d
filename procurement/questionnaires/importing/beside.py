"""Tables that stand side by side on one sheet, under the same heads: each becomes a sheet of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from procurement.questionnaires.importing.grid import Sheet
from procurement.questionnaires.importing.heads import Heads, header_of, meaning_of
from procurement.questionnaires.importing.texts import folded, one_line
from procurement.questionnaires.importing.words import Column

FEWEST_HEADS = 2
LONGEST_TITLE = 60


def apart(sheet: Sheet, heads: Heads) -> Iterator[Sheet]:
    """The sheet, or one for each of its tables. Rows and columns keep their numbers."""
    header = header_of(sheet, heads)
    lefts = _lefts(sheet, header, heads) if header is not None else []
    if header is None or len(lefts) < 2:
        yield sheet
        return
    rights = [left - 1 for left in lefts[1:]] + [max(sheet.columns)]
    parts = [
        _part(sheet, left if number else 1, right)
        for number, (left, right) in enumerate(zip(lefts, rights, strict=True))
    ]
    titles = [_title_above(part, header, left) for part, left in zip(parts, lefts, strict=True)]
    for number, (part, title) in enumerate(zip(parts, titles, strict=True), start=1):
        told = title if all(titles) and len(set(titles)) == len(titles) else str(number)
        yield replace(part, name=f"{sheet.name}: {told}")


def _lefts(sheet: Sheet, header: int, heads: Heads) -> list[int]:
    """The first column of each table: where the row of heads begins again, with all of its heads."""
    cells = sorted((column, folded(cell.text)) for column, cell in sheet.rows[header].items())
    said = [text for _column, text in cells]
    wide = next((size for size in range(FEWEST_HEADS, len(said)) if _repeats(said, size)), 0)
    asked = any(
        meaning.role in {Column.QUESTION, Column.TEXT}
        for column, _text in cells[:wide]
        for meaning in meaning_of(sheet.text(header, column), heads)
    )
    return [column for column, _text in cells[::wide]] if wide and asked else []


def _repeats(said: Sequence[str], size: int) -> bool:
    return len(said) % size == 0 and len(set(said[:size])) == size and said == list(said[:size]) * (len(said) // size)


def _part(sheet: Sheet, left: int, right: int) -> Sheet:
    """The columns of one table; empty rows go."""
    rows = {
        row: cells
        for row, all_cells in sheet.rows.items()
        if (cells := {column: cell for column, cell in all_cells.items() if left <= column <= right})
    }
    return replace(
        sheet,
        rows=rows,
        merges=[area for area in sheet.merges if left <= area.left <= right],
        choices={
            place: each for place, each in sheet.choices.items() if left <= place[1] <= right and place[0] in rows
        },
        unread_lists={place for place in sheet.unread_lists if left <= place[1] <= right},
    )


def _title_above(part: Sheet, header: int, left: int) -> str:
    """The text right above the heads of a table."""
    above = [row for row in part.rows if row < header]
    text = one_line(part.text(max(above), left)) if above else ""
    return text if len(text) <= LONGEST_TITLE else ""
