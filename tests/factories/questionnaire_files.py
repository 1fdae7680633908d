"""Small questionnaire files in the shapes that buyers bring, in our own words. Each function returns bytes."""

import csv
import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[Any]
SUBJECTS = (
    "access reviews", "backups", "change requests", "encryption keys", "incident reports", "log files", "patches",
    "penetration tests", "supplier contracts", "visitor badges", "firewall rules", "laptops", "restore tests",
)  # fmt: skip
THEMES = (
    "Access", "Backup", "Change", "Keys", "Incidents", "Logging", "Patching", "Testing", "Suppliers", "Premises",
    "Networks", "Endpoints", "Continuity", "Privacy", "Training", "Hosting", "Assets", "Design", "Risk", "Cloud",
    "Mail",
)  # fmt: skip


def question(number: int, theme: str = "operations") -> str:
    """A question in our words, another one for every number."""
    return f"Do you keep a record of {SUBJECTS[number % len(SUBJECTS)]} for {theme.lower()} (case {number})?"


def statement(number: int, theme: str = "operations") -> str:
    return f"Verify that {SUBJECTS[number % len(SUBJECTS)]} of {theme.lower()} are checked twice a year, case {number}."


def fill(sheet: Worksheet, rows: Iterable[Cells]) -> None:
    """Append rows; None leaves a cell empty, an empty row stays empty."""
    for cells in rows:
        sheet.append(list(cells))


def saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def workbook(sheets: dict[str, Iterable[Cells]]) -> bytes:
    """A plain workbook of these sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        fill(book.create_sheet(name), rows)
    return saved(book)


def drop_down(sheet: Worksheet, formula: str, cells: str) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    sheet.add_data_validation(rule)
    rule.add(cells)


def band(sheet: Worksheet, title: str, width: int) -> None:
    """A title over the whole width: merged, bold and coloured."""
    sheet.append([title])
    row = sheet.max_row
    sheet.merge_cells(f"A{row}:{get_column_letter(width)}{row}")
    sheet.cell(row, 1).font = Font(bold=True)
    sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFCCDDEE")


def legacy(sheets: dict[str, Iterable[Cells]]) -> bytes:
    """An old XLS of these sheets."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value is not None:
                    sheet.write(row, column, value)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def separated(rows: Iterable[Cells], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The rows as text with a separator."""
    buffer = StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)


def changed_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return buffer.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    """The same package with one part more."""
    buffer = BytesIO(data)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, content)
    return buffer.getvalue()
