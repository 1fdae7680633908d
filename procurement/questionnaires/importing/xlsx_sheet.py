"""One worksheet's XML → its cells, merges, what is hidden, and the validations as they are written."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from procurement.questionnaires.importing.grid import Cell, Sheet, Workbook
from procurement.questionnaires.importing.limits import CELLS, CHARACTERS_A_CELL, ImportRefused
from procurement.questionnaires.importing.number_formats import date_text, is_date, shown
from procurement.questionnaires.importing.texts import clean, has_invisible
from procurement.questionnaires.importing.validations import LAST_COLUMN, Validation, area_of, column_number

SHEET_ELEMENTS = ("row", "col", "mergeCell", "dataValidation")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Look(NamedTuple):
    """What a style says about its cells."""

    number_format: str = ""
    bold: bool = False
    filled: bool = False


PLAIN = Look()


class SheetReader:
    """Takes the elements of a sheet as they come and fills the sheet."""

    def __init__(
        self, sheet: Sheet, strings: list[str], looks: list[Look], workbook: Workbook, *, since_1904: bool
    ) -> None:
        self.sheet, self.strings, self.looks, self.workbook = sheet, strings, looks, workbook
        self.since_1904 = since_1904
        self.validations: list[Validation] = []
        self.filled = sum(len(row) for each in workbook.sheets for row in each.rows.values())
        self._row = 0

    def take(self, tag: str, element: Element) -> None:
        """One of `SHEET_ELEMENTS`, whole."""
        if tag == "row":
            self._take_row(element)
        elif tag == "dataValidation":
            self._take_validation(element)
        elif tag == "mergeCell":
            if area := area_of(element.get("ref", "")):
                self.sheet.merges.append(area)
        elif element.get("hidden") in {"1", "true"}:
            first, last = _whole(element.get("min")), min(_whole(element.get("max")), LAST_COLUMN)
            self.sheet.hidden_columns.update(range(first, last + 1))

    def _take_row(self, element: Element) -> None:
        number = self._row = _whole(element.get("r")) or self._row + 1
        if element.get("hidden") in {"1", "true"}:
            self.sheet.hidden_rows.add(number)
        cells: dict[int, Cell] = {}
        column = 0
        for place, each in enumerate(element, start=1):
            if not len(each):
                continue  # styled, but empty: most cells of some files
            column = _column_of(each.get("r", "")) or max(place, column + 1)
            if cell := self._cell(each, number):
                cells[column] = cell
        if cells:
            self.sheet.rows[number] = cells
            self.filled += len(cells)
            if self.filled > CELLS:
                raise ImportRefused("cells")

    def _cell(self, element: Element, row: int) -> Cell | None:
        style = _whole(element.get("s"))
        look = self.looks[style] if style < len(self.looks) else PLAIN
        value, formula, inline = _parts(element)
        kind = element.get("t", "n")
        if inline is not None:
            return self._text(shared_text(inline), row, look)
        if value is None:
            return Cell("", "uncached", look.bold, look.filled, formula[:CHARACTERS_A_CELL]) if formula else None
        if kind == "s":
            place = _whole(value)
            return self._text(self.strings[place] if place < len(self.strings) else "", row, look)
        if kind == "b":
            return Cell("TRUE" if value == "1" else "FALSE", "yes_no", look.bold, look.filled)
        if kind == "e":
            return Cell("", "error", look.bold, look.filled)
        if kind == "n":
            return self._number(value, look)
        return self._text(unescaped(value), row, look)

    def _text(self, text: str, row: int, look: Look) -> Cell | None:
        if len(text) > CHARACTERS_A_CELL:
            text = text[:CHARACTERS_A_CELL]
            self.workbook.cut.append((self.sheet.name, row))
        if has_invisible(text):
            self.workbook.invisible.append((self.sheet.name, row))
        text = clean(text)
        return Cell(text, "text", look.bold, look.filled) if text else None

    def _number(self, text: str, look: Look) -> Cell | None:
        try:
            number = float(text)
            if is_date(look.number_format):
                return Cell(
                    date_text(number, look.number_format, since_1904=self.since_1904), "date", look.bold, look.filled
                )
            return Cell(shown(number, look.number_format), "number", look.bold, look.filled)
        except (ValueError, OverflowError):
            return Cell(clean(text), "text", look.bold, look.filled) if text.strip() else None

    def _take_validation(self, element: Element) -> None:
        """Both kinds: the sheet's own, and those of the x14 extension, whose parts are elements of their own."""
        areas, formula, until = element.get("sqref", ""), "", ""
        for child in element.iter():
            tag = local_name(child.tag)
            if tag == "sqref":
                areas = child.text or ""
            elif tag in {"formula1", "f"} and not formula:
                formula = (child.text or "").strip()
            elif tag == "formula2" and element.get("operator", "between") == "between":
                until = (child.text or "").strip()
        found = tuple(area for reference in areas.split()[:10_000] if (area := area_of(reference)))
        if found:
            self.validations.append(Validation(found, element.get("type", "none"), formula, until))


def _parts(cell: Element) -> tuple[str | None, str, Element | None]:
    """A cell's stored value, its formula ("" for none), and its text where that stands in the cell itself."""
    value, formula, inline = None, "", None
    for child in cell:
        tag = child.tag[child.tag.rfind("}") + 1 :]
        if tag == "v":
            value = child.text
        elif tag == "f":
            formula = f"={child.text or ''}"
        elif tag == "is":
            inline = child
    return value, formula, inline


def local_name(tag: str) -> str:
    return tag.rpartition("}")[2]


def shared_text(element: Element) -> str:
    """The text of a string: all its runs, without reading aids; a character more than a cell may have."""
    texts = []
    for child in element:
        tag = local_name(child.tag)
        if tag == "t":
            texts.append(child.text or "")
        elif tag == "r":
            texts += [each.text or "" for each in child if local_name(each.tag) == "t"]
    return unescaped("".join(texts)[: CHARACTERS_A_CELL + 1])


def unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a control character."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _column_of(reference: str) -> int:
    letters = reference.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return 0
    return column_number(letters.upper())


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
