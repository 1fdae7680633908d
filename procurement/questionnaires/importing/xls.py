"""The old binary XLS → cells, through xlrd, which never calculates and never follows a link."""

import struct
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError

from procurement.questionnaires.importing.grid import Area, Cell, Sheet, Workbook
from procurement.questionnaires.importing.limits import CELLS, CHARACTERS_A_CELL, SHEETS, ImportRefused
from procurement.questionnaires.importing.number_formats import date_text, is_date, shown
from procurement.questionnaires.importing.texts import clean, has_invisible

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WORD = "WordDocument".encode("utf-16-le")
NO_FILL, AUTOMATIC_BOLD = 0, 700


class _Silent:
    """xlrd tells its worries to a file; nobody reads them here."""

    def write(self, _text: str) -> None:
        return


def read_xls(data: bytes) -> Workbook:
    """The cells of all sheets; the format's drop-downs are not read. Raises ImportRefused."""
    if ENCRYPTED in data:
        raise ImportRefused("encrypted")
    if WORD in data:
        raise ImportRefused("document")
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=_Silent())
        if book.nsheets > SHEETS:
            raise ImportRefused("sheets")
        workbook = Workbook([])
        for place in range(book.nsheets):
            workbook.sheets.append(_sheet(book, place, workbook))
            book.unload_sheet(place)
    except (ImportRefused, MemoryError):
        raise
    except (xlrd.XLRDError, CompDocError) as error:
        raise ImportRefused("encrypted" if "encrypted" in str(error).lower() else "damaged") from error
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
        struct.error,
    ) as error:
        # xlrd trusts the file: what a torn one makes it stumble over is any of these.
        raise ImportRefused("damaged") from error
    return workbook


def _sheet(book: Any, place: int, workbook: Workbook) -> Sheet:
    source = book.sheet_by_index(place)
    sheet = Sheet(name=clean(source.name) or f"Sheet {place + 1}", hidden=bool(source.visibility))
    sheet.merges = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    sheet.hidden_rows = {row + 1 for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column + 1 for column, info in source.colinfo_map.items() if info.hidden}
    filled = 0
    for row in range(source.nrows):
        cells: dict[int, Cell] = {}
        for column in range(source.row_len(row)):
            if cell := _cell(book, source.cell(row, column), (sheet.name, row + 1), workbook):
                cells[column + 1] = cell
        filled += len(cells)
        if filled > CELLS:
            raise ImportRefused("cells")
        if cells:
            sheet.rows[row + 1] = cells
    return sheet


def _cell(book: Any, source: Any, place: tuple[str, int], workbook: Workbook) -> Cell | None:
    if source.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK} or source.value == "":
        return None
    style = book.xf_list[source.xf_index]
    look = (book.font_list[style.font_index].weight >= AUTOMATIC_BOLD, style.background.fill_pattern != NO_FILL)
    if source.ctype == xlrd.XL_CELL_ERROR:
        return Cell("", "error", *look)
    if source.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell("TRUE" if source.value else "FALSE", "yes_no", *look)
    if source.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
        form = book.format_map.get(style.format_key)
        number_format = form.format_str if form else ""
        if source.ctype == xlrd.XL_CELL_DATE or is_date(number_format):
            return Cell(date_text(source.value, number_format, since_1904=bool(book.datemode)), "date", *look)
        return Cell(shown(source.value, number_format), "number", *look)
    if has_invisible(source.value):
        workbook.invisible.append(place)
    if len(source.value) > CHARACTERS_A_CELL:
        workbook.cut.append(place)
    text = clean(source.value[:CHARACTERS_A_CELL])
    return Cell(text, "text", *look) if text else None
