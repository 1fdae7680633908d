"""Workbooks that a spreadsheet opens as they are: text in every cell, none of which it would run.

A text that would be a formula if somebody typed it carries the mark that a spreadsheet itself sets for an apostrophe:
it stays text when it is edited. The same content gives the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from procurement.exports import words
from procurement.exports.record import AssessmentRecord
from procurement.exports.tables import columns_of
from procurement.listing.csv_files import STARTS_A_FORMULA

MOST_CHARACTERS = 32_767  # in a cell
AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True)
class Table:
    """One sheet with a header: titles with the width of their columns in characters, and rows of text."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[str]]


def answers_as_workbook(record: AssessmentRecord) -> bytes:
    """The answers of one questionnaire: a summary, and a row for each question."""
    columns = columns_of(record)
    table = Table(
        _("Answers"),
        [(column.title, column.width) for column in columns],
        [[column.cell(each) for column in columns] for each in record.answers],
    )
    facts = [*words.facts_of(record), *words.counts_in_words(record.counts)]
    scores = record.scores
    if scores:
        facts.append((_("Score"), words.score_in_words(scores.score)))
        facts.append((_("Risk"), words.risk_in_words(scores.risk)))
        facts += [(_("Not negotiable, and not met"), ref) for ref in scores.knocked_out]
        facts += [(_("Score: %(title)s") % {"title": s.title}, words.score_in_words(s.score)) for s in scores.sections]
    return workbook([table], title=record.version.title, facts=facts, made=record.exported.at)


def workbook(tables: Sequence[Table], *, title: str, facts: Sequence[words.Fact], made: datetime) -> bytes:
    """A workbook with a first sheet of facts, then each table on a sheet of its own.

    made  when its content was true; written into the file in place of the clock
    """
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, AS_TEXT) as book:
        book.set_properties({"title": title, "author": "Countersign", "created": made.replace(tzinfo=None)})
        sheets = _Sheets(book)
        sheets.write_facts(_("Summary"), title, facts)
        for table in tables:
            sheets.write_table(table)
    return held.getvalue()


class _Sheets:
    """Writes into one workbook with one set of formats."""

    def __init__(self, book: Any) -> None:
        self._book = book
        look = {"text_wrap": True, "valign": "top", "font_name": "Calibri", "font_size": 11}
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._head = book.add_format({**look, "bold": True, "bottom": 2, "bg_color": "#E9EFEA"})
        self._text = book.add_format(look)
        self._apostrophe = book.add_format({**look, "quote_prefix": True})

    def write_facts(self, name: str, title: str, facts: Sequence[words.Fact]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 72)
        self._write(sheet, 0, 0, title, self._title)
        for row, (label, text) in enumerate(facts, start=2):
            self._write(sheet, row, 0, label, self._head)
            self._write(sheet, row, 1, text)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)

    def write_table(self, table: Table) -> None:
        sheet = self._book.add_worksheet(table.name)
        for number, (title, width) in enumerate(table.columns):
            sheet.set_column(number, number, width)
            self._write(sheet, 0, number, title, self._head)
        last = 0
        for last, row in enumerate(table.rows, start=1):
            for number, text in enumerate(row):
                if text:
                    self._write(sheet, last, number, text)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(last, 1), len(table.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, text: str, look: Any = None) -> None:
        usual = self._apostrophe if text.startswith(STARTS_A_FORMULA) else self._text
        sheet.write_string(row, column, text[:MOST_CHARACTERS], look or usual)
