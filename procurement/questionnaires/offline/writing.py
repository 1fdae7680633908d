"""A book → the bytes of an XLSX file. Pure.

Nothing is written as a formula. A text that looks like one carries the mark that keeps a spreadsheet from taking it for
one when somebody edits its cell. The sheets are locked but for the cells to fill in, without a password: the lock is
there against slips, and what comes back is checked in any case.
"""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from procurement.questionnaires.offline.book import KEY_HEAD, LISTS, META, Book, BookRow, BookSheet, Place

LONGEST_NAME = 31
LONGEST_HINT = 255
WIDTHS = {
    Place.KEY: 4,
    Place.REF: 10,
    Place.TEXT: 54,
    Place.ABOUT: 38,
    Place.ANSWER: 28,
    Place.COMMENT: 38,
    Place.EVIDENCE: 26,
}
WIDTH_OF_A_LIST, WIDTH_OF_A_TEXT = 24, 38  # of a further field
HEAD_ROW = 2
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNSEEN = "\u2060"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INK, _LINE, _SOFT, _OPEN = "#1B2430", "#B8C0CC", "#EEF1F5", "#FFFBE6"
# Shown and remembered by a spreadsheet as it pleases; a sheet of questions may be arranged, not rewritten.
_MAY = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


def write_book(book: Book) -> bytes:
    """The same bytes for the same book."""
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    workbook.set_properties({"title": book.title, "created": book.made})
    _Writer(workbook, book).write()
    workbook.close()
    return out.getvalue()


def legal(text: str) -> str:
    """A text without the characters that no XLSX file can hold."""
    return _NOT_XML.sub("", text)


class _Writer:
    def __init__(self, workbook: Any, book: Book) -> None:
        self.workbook, self.book = workbook, book
        self.names: set[str] = set()
        self.lists: dict[tuple[str, ...], str] = {}
        self.lists_sheet: Any = None
        self._formats: dict[tuple[str, bool], Any] = {}

    def write(self) -> None:
        self._instructions()
        sheets = [(self.workbook.add_worksheet(self._name(each.title)), each) for each in self.book.sheets]
        self.lists_sheet = self.workbook.add_worksheet(LISTS)
        for page, sheet in sheets:
            self._questions(page, sheet)
        self.lists_sheet.protect()
        self.lists_sheet.hide()
        self._meta()

    def _instructions(self) -> None:
        page = self.workbook.add_worksheet(self._name(self.book.instructions_title))
        page.hide_gridlines(2)
        page.set_column(0, 0, 22)
        page.set_column(1, 1, 96)
        page.write_string(0, 0, _escaped(self.book.title), self._format("title"))
        for number, (label, text) in enumerate(self.book.instructions, start=2):
            page.write_string(number, 0, _escaped(label), self._format("label"))
            page.write_string(number, 1, _escaped(text), self._format("plain", text))
        page.protect("", _MAY)

    def _questions(self, page: Any, sheet: BookSheet) -> None:
        for place, width in WIDTHS.items():
            page.set_column(place, place, width, None, {"hidden": place == Place.KEY})
        page.write_string(0, Place.REF, _escaped(sheet.title), self._format("title"))
        if sheet.intro:
            page.write_string(1, Place.REF, _escaped(sheet.intro), self._format("intro"))
        page.write_string(HEAD_ROW, Place.KEY, KEY_HEAD, self._format("head"))
        for place in Place:
            if place != Place.KEY:
                page.write_string(HEAD_ROW, place, _escaped(self.book.heads[place]), self._format("head"))
        columns = {number: len(Place) + place for place, number in enumerate(sheet.beside)}
        for number, column in columns.items():
            field = self.book.fields[number]
            page.set_column(column, column, WIDTH_OF_A_LIST if field.is_list else WIDTH_OF_A_TEXT)
            page.write_string(HEAD_ROW, column, _escaped(field.head), self._format("head"))
        for number, row in enumerate(sheet.rows, start=HEAD_ROW + 1):
            self._row(page, number, row)
            self._beside(page, number, row, columns)
        page.freeze_panes(HEAD_ROW + 1, Place.TEXT)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD_ROW)
        page.protect("", _MAY)

    def _row(self, page: Any, number: int, row: BookRow) -> None:
        page.write_string(number, Place.KEY, row.key, self._format("plain"))
        if not row.is_asked:
            kind = "plain" if row.key else "section"
            page.write_string(number, Place.REF, _escaped(row.ref), self._format(kind))
            page.write_string(number, Place.TEXT, _escaped(row.text), self._format(kind))
            page.write_string(number, Place.ABOUT, _escaped(row.about), self._format(kind))
            return
        for place, text in ((Place.REF, row.ref), (Place.TEXT, row.text), (Place.ABOUT, row.about)):
            page.write_string(number, place, _escaped(text), self._format("plain", text))
        self._answer(page, number, row)
        for place, text in ((Place.COMMENT, row.comment), (Place.EVIDENCE, row.evidence)):
            self._open_text(page, number, place, text)

    def _answer(self, page: Any, number: int, row: BookRow) -> None:
        if not row.is_open:
            page.write_string(number, Place.ANSWER, _escaped(str(row.answer)), self._format("closed"))
            return
        if isinstance(row.answer, date):
            at = datetime(row.answer.year, row.answer.month, row.answer.day)  # noqa: DTZ001 - a cell has no time zone
            page.write_datetime(number, Place.ANSWER, at, self._format("day"))
        elif isinstance(row.answer, str):
            self._open_text(page, number, Place.ANSWER, row.answer, row.holds)
        else:
            page.write_number(number, Place.ANSWER, row.answer, self._format("number"))
        if rule := self._rule(row):
            page.data_validation(number, Place.ANSWER, number, Place.ANSWER, rule)

    def _beside(self, page: Any, number: int, row: BookRow, columns: dict[int, int]) -> None:
        """The further fields: open where the question has the field, closed where only others on the sheet do."""
        for field, column in columns.items() if row.is_asked else ():
            cell = row.beside.get(field)
            if cell is None:
                page.write_blank(number, column, None, self._format("closed"))
                continue
            self._open_text(page, number, column, cell.text)
            if cell.choices:
                page.data_validation(number, column, number, column, self._one_of(cell.choices))

    def _open_text(self, page: Any, number: int, place: int, text: str, kind: str = "text") -> None:
        if text:
            page.write_string(number, place, _escaped(text), self._format(kind, text))
        else:
            page.write_blank(number, place, None, self._format(kind))

    def _rule(self, row: BookRow) -> dict[str, Any] | None:
        if row.choices:
            return self._one_of(row.choices)
        if row.limits is None:
            return None
        hint = {"input_message": row.limits.hint[:LONGEST_HINT]} if row.limits.hint else {}
        if row.limits.kind == "date":
            first = datetime(1900, 1, 1)  # noqa: DTZ001
            return {"validate": "date", "criteria": ">=", "value": first, "error_type": "warning", **hint}
        least = -1e15 if row.limits.least is None else row.limits.least
        most = 1e15 if row.limits.most is None else row.limits.most
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": least,
            "maximum": most,
            "error_type": "warning",
            **hint,
        }

    def _one_of(self, choices: tuple[str, ...]) -> dict[str, Any]:
        return {"validate": "list", "source": self._list(choices), "error_type": "warning"}

    def _list(self, choices: tuple[str, ...]) -> str:
        """Where the list stands on the hidden sheet; lists of all lengths and with commas in them stand there."""
        if choices not in self.lists:
            column = len(self.lists)
            for number, choice in enumerate(choices):
                self.lists_sheet.write_string(number, column, _escaped(choice))
            letters = xl_col_to_name(column, col_abs=True)
            self.lists[choices] = f"={LISTS}!{letters}$1:{letters}${len(choices)}"
        return self.lists[choices]

    def _meta(self) -> None:
        page = self.workbook.add_worksheet(META)
        for number, (name, value) in enumerate(self.book.meta.items()):
            page.write_string(number, 0, _escaped(name))
            page.write_string(number, 1, _escaped(value))
        page.protect()
        page.hide()

    def _name(self, title: str) -> str:
        """A name that a sheet may bear, and that no other bears."""
        plain = " ".join(_FORBIDDEN.sub(" ", legal(title)).split()).strip("'") or "Sheet"
        if plain.casefold() in {"history", META, LISTS}:  # "History" is Excel's own
            plain = f"{plain} 1"
        name, count = plain[:LONGEST_NAME].strip(" '"), 1
        while name.casefold() in self.names:
            count += 1
            ending = f" ({count})"
            name = plain[: LONGEST_NAME - len(ending)].strip(" '") + ending
        self.names.add(name.casefold())
        return name

    def _format(self, kind: str, text: str = "") -> Any:
        """A look; `text` decides whether it has to be told from a formula."""
        key = (kind, text[:1] in ("=", "+", "-", "@", "\t", "\r") if text else False)
        if key not in self._formats:
            quoted = {"quote_prefix": True} if key[1] else {}
            self._formats[key] = self.workbook.add_format({**_LOOKS[kind], **quoted})
        return self._formats[key]


def _escaped(text: str) -> str:
    """As it may be handed to XlsxWriter. What looks like an escape of the file format or like its markup for rich text
    is parted by a character that nobody sees and that goes when the cell is read: it would be taken for what it looks
    like, and a text could write markup into our file."""
    text = _LIKE_AN_ESCAPE.sub(f"_{_UNSEEN}", legal(text))
    return f"{_UNSEEN}{text}" if text.startswith("<r>") else text


_CELL = {"font_name": "Calibri", "font_size": 11, "font_color": _INK, "text_wrap": True, "valign": "top"}
_TO_FILL_IN = {**_CELL, "locked": False, "bg_color": _OPEN, "border": 1, "border_color": _LINE}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": _CELL,
    "label": {**_CELL, "bold": True},
    "title": {**_CELL, "bold": True, "font_size": 16, "text_wrap": False},
    "intro": {**_CELL, "italic": True, "text_wrap": False},
    "section": {**_CELL, "bold": True, "bg_color": _SOFT},
    "head": {**_CELL, "bold": True, "bg_color": _INK, "font_color": "#FFFFFF"},
    "text": {**_TO_FILL_IN, "num_format": "@"},  # 1.10, 2-1 and -x stay what somebody typed
    "number": _TO_FILL_IN,
    "day": {**_TO_FILL_IN, "num_format": "yyyy-mm-dd"},
    "closed": {**_CELL, "bg_color": _SOFT, "border": 1, "border_color": _LINE},
}
