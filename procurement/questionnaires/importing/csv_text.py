"""CSV and other separated text → cells: the encoding, then the separator, then the rows."""

import csv
import io
import re
from collections.abc import Iterator

from procurement.questionnaires.importing.encodings import decoded
from procurement.questionnaires.importing.grid import Cell, Sheet, Workbook
from procurement.questionnaires.importing.limits import CELLS, CHARACTERS_A_CELL, UPLOAD, ImportRefused
from procurement.questionnaires.importing.texts import clean, has_invisible

SEPARATORS = (",", ";", "\t", "|")
SEP_LINE = re.compile(r'^"?sep=(.)"?\s*\n', re.IGNORECASE)
SAMPLE = 400  # rows that are looked at to tell the separator
NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


def read_csv(data: bytes, name: str, encoding: str = "") -> Workbook:
    """One sheet that carries the file's name. `encoding` is somebody's choice, "" lets us find it."""
    text, encoding, undecodable = decoded(data, encoding)
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    separator = ""
    if told := SEP_LINE.match(text):
        text, separator = text[told.end() :], told[1]
    sheet = Sheet(name=name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "CSV")
    workbook = Workbook([sheet], encoding=encoding, undecodable=undecodable)
    filled = 0
    for number, fields in enumerate(_rows(text, separator or separator_of(text)), start=1):
        cells = {column: cell for column, field in enumerate(fields, 1) if (cell := _cell(field, number, workbook))}
        filled += len(cells)
        if filled > CELLS:
            raise ImportRefused("cells")
        if cells:
            sheet.rows[number] = cells
    return workbook


def separator_of(text: str) -> str:
    """The separator that makes the most rows of the same, largest number of fields."""

    def regularity(separator: str) -> float:
        widths = [sum(1 for field in row if field.strip()) for row in _first_rows(text, separator)]
        wide = [width for width in widths if width > 1]
        if not wide:
            return 0
        usual = max(set(wide), key=wide.count)
        return sum(min(width, usual) - abs(width - usual) / 2 for width in widths if width > 1) / len(widths)

    return max(SEPARATORS, key=regularity)


def _first_rows(text: str, separator: str) -> list[list[str]]:
    rows = []
    for row in _rows(text[:200_000], separator):
        if any(field.strip() for field in row):
            rows.append(row)
        if len(rows) >= SAMPLE:
            break
    return rows


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(UPLOAD)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise ImportRefused("damaged") from error


def _cell(field: str, row: int, workbook: Workbook) -> Cell | None:
    place = (workbook.sheets[0].name, row)
    if len(field) > CHARACTERS_A_CELL:
        workbook.cut.append(place)
    if has_invisible(field):
        workbook.invisible.append(place)
    text = clean(field[:CHARACTERS_A_CELL])
    return Cell(text, "number" if NUMBER.match(text) else "text") if text else None
