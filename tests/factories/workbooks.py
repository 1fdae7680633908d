"""Workbooks of answers as people send them back: filled in and saved by another program than the one that made them."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

KEY, REF, TEXT, ABOUT, ANSWER, COMMENT, EVIDENCE = range(1, 8)
HEAD_ROW = 3
COLUMNS = {"answer": ANSWER, "comment": COMMENT, "evidence": EVIDENCE, "text": TEXT, "ref": REF, "key": KEY}


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def questions_of(book: Workbook) -> dict[str, tuple[Worksheet, int]]:
    """Where each question stands, by its reference."""
    found = {}
    for sheet in book.worksheets:
        if sheet["A3"].value != "countersign:key":
            continue
        for row in range(4, sheet.max_row + 1):
            if sheet.cell(row, KEY).value and not str(sheet.cell(row, KEY).value).startswith("info:"):
                found[str(sheet.cell(row, REF).value)] = (sheet, row)
    return found


def filled_in(data: bytes, answers: Mapping[str, Any]) -> bytes:
    """By reference what stands in the answer's cell, or a dict of cells by the names in `COLUMNS`, or by the head of a
    further field."""
    book = opened(data)
    places = questions_of(book)
    for ref, said in answers.items():
        sheet, row = places[ref]
        for name, value in (said if isinstance(said, dict) else {"answer": said}).items():
            sheet.cell(row, COLUMNS.get(name) or column_of(sheet, name)).value = value
    return saved(book)


def column_of(sheet: Worksheet, head: str) -> int:
    """Where the column with this head stands."""
    return next(cell.column for cell in sheet[HEAD_ROW] if cell.value == head)


def changed_sheets(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = opened(data)
    change(book)
    return saved(book)
