"""What a person decides about a file that is imported, put into the layout it is read by next. Pure.

The page and the API decide the same things; what was not decided is guessed anew at the next reading.
"""

from collections.abc import Mapping
from dataclasses import replace

from procurement.questionnaires.importing.layout import (
    ColumnLayout,
    Layout,
    RowKind,
    RowLayout,
    SheetLayout,
    SheetRole,
)
from procurement.questionnaires.importing.words import Column

DECIDED = "decided by a person"


def with_encoding(layout: Layout, encoding: str) -> Layout:
    """Other letters may stand in other columns: then all is guessed anew."""
    anew = [replace(sheet, columns=(), rows=()) for sheet in layout.sheets]
    return replace(layout, encoding=encoding, sheets=tuple(anew), title="")


def with_role(sheet: SheetLayout, role: SheetRole) -> SheetLayout:
    return sheet if role == sheet.role else replace(sheet, role=role, reason=DECIDED)


def header_of(sheet: SheetLayout) -> int | None:
    """The row of the column heads; None where the sheet has none."""
    return sheet.headers[0] if sheet.headers else None


def with_header(sheet: SheetLayout, header: int | None) -> SheetLayout:
    """Another row of heads means other columns: they are guessed anew."""
    if header == header_of(sheet):
        return sheet
    return replace(sheet, headers=(header,) if header else (), columns=(), rows=())


def with_columns_and_rows(
    sheet: SheetLayout, columns: Mapping[int, Column], rows: Mapping[int, RowKind]
) -> SheetLayout:
    """What these columns hold and these rows are, by their numbers; the others stay as they are."""
    return replace(
        sheet,
        columns=tuple(_column(each, columns.get(each.column, each.role)) for each in sheet.columns),
        rows=tuple(_row(each, rows.get(each.row, each.kind)) for each in sheet.rows),
    )


def _column(column: ColumnLayout, role: Column) -> ColumnLayout:
    return column if role == column.role else replace(column, role=role, confidence=1.0, reason=DECIDED)


def _row(row: RowLayout, kind: RowKind) -> RowLayout:
    return row if kind == row.kind else replace(row, kind=kind, reason=DECIDED, decided=True)
