"""Exports of form services: the questions stand side by side in the first row, each set of answers in a row below."""

from dataclasses import replace

from procurement.questionnaires.importing.grid import Cell, Row, Sheet
from procurement.questionnaires.importing.heads import NAMED, Heads, meaning_of
from procurement.questionnaires.importing.layout import ColumnLayout
from procurement.questionnaires.importing.row_texts import ASKING
from procurement.questionnaires.importing.texts import folded, length, one_line
from procurement.questionnaires.importing.words import OF_THE_FORM, Column

FEWEST = 4  # questions
MOST_ANSWERED = 20  # sets of answers; a table with more rows is no form that a few vendors filled in
ASKED = 1 / 3  # of the first row that asks or is as long as a question
LONG = 40
TABLE = frozenset((Column.QUESTION, Column.REF, Column.ANSWER))


def is_across(sheet: Sheet, heads: Heads) -> bool:
    """Whether the first row holds the questions and no head of a table."""
    if not sheet.rows or len(sheet.rows) > MOST_ANSWERED + 1:
        return False
    first = sheet.rows[min(sheet.rows)]
    texts = [cell.text for _column, cell in _questions(first)]
    if len(texts) < FEWEST or max(map(len, sheet.rows.values())) > len(first):
        return False
    named = {m.role for text in texts for m in meaning_of(text, heads) if m.confidence >= NAMED}
    asked = sum(text.rstrip().endswith(ASKING) or length(text) >= LONG for text in texts)
    return not named & TABLE and asked >= ASKED * len(texts)


def turned(sheet: Sheet) -> Sheet:
    """The same with a row for each question: its text, and the answer where one set of them came along."""
    first, *below = sorted(sheet.rows)
    columns = [column for column, _cell in _questions(sheet.rows[first])]
    # Where a cell stood, and where it stands now.
    moved = {(first, column): (place, 1) for place, column in enumerate(columns, start=1)}
    if len(below) == 1:
        moved |= {(below[0], column): (place, 2) for place, column in enumerate(columns, start=1)}
    rows: dict[int, Row] = {}
    for (row, column), (place, now) in moved.items():
        if column in sheet.rows[row]:
            rows.setdefault(place, {})[now] = sheet.rows[row][column]
    return replace(
        sheet,
        rows=rows,
        hidden_rows=set(),
        hidden_columns=set(),
        merges=[],
        choices={now: sheet.choices[before] for before, now in moved.items() if before in sheet.choices},
        unread_lists=set(),
        notes={now: sheet.notes[before] for before, now in moved.items() if before in sheet.notes},
        sets_of_answers=len(below),
    )


def _questions(cells: Row) -> list[tuple[int, Cell]]:
    """Without what the form service adds: when, and who."""
    return [(column, cell) for column, cell in sorted(cells.items()) if folded(cell.text) not in {"", *OF_THE_FORM}]


def columns_of_turned(sheet: Sheet) -> tuple[ColumnLayout, ...]:
    """Questions, then answers."""
    return tuple(
        ColumnLayout(
            column,
            "",
            role,
            0.8,
            "the first row of the file" if role == Column.QUESTION else "the row below it",
            tuple(one_line(cells[column].text)[:80] for cells in sheet.rows.values() if column in cells)[:5],
        )
        for column, role in zip(sheet.columns, (Column.QUESTION, Column.ANSWER), strict=False)
    )
