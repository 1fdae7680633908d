"""What a program decides about a file that is imported: from its words to the layout the file is read by next."""

from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework import serializers

from procurement.questionnaires.import_decisions import (
    header_of,
    with_columns_and_rows,
    with_encoding,
    with_header,
    with_role,
)
from procurement.questionnaires.import_page import SheetPage, kinds_for, layout_of, sheet_page, with_sheets
from procurement.questionnaires.importing.draft import Kind
from procurement.questionnaires.importing.layout import Layout, RowKind, SheetLayout, SheetRole
from procurement.questionnaires.importing.words import Column
from procurement.questionnaires.models import ImportJob

Kinds = dict[str, dict[str, str]]


def decided(job: ImportJob, typed: dict[str, Any]) -> tuple[Layout, Kinds]:
    """The layout and the kinds of answer with what was decided. Raises ValidationError naming what is not there."""
    layout, kinds = layout_of(job), {sheet: dict(rows) for sheet, rows in job.kinds.items()}
    encoding = typed.get("encoding", layout.encoding)
    if encoding != layout.encoding:
        if not layout.encoding:
            _refuse("encoding", _("This file is no text: its letters have no encoding."))
        if typed["sheets"]:
            _refuse("encoding", _("All is read anew with it. Send it alone."))
        return with_encoding(layout, encoding), kinds
    changed: list[SheetLayout] = []
    for place, said in enumerate(typed["sheets"]):
        if said["number"] > len(layout.sheets):
            _refuse(f"sheets.{place}.number", _("There is no sheet of this number."))
        shown = sheet_page(job, said["number"])
        if any(each.name == shown.layout.name for each in changed):
            _refuse(f"sheets.{place}.number", _("This sheet is named twice. Say everything about it at once."))
        changed.append(_sheet(shown, said, f"sheets.{place}"))
        answered = _answered(shown, said.get("rows", []), f"sheets.{place}.rows")
        kinds[shown.layout.name] = {**kinds.get(shown.layout.name, {}), **answered}
    return with_sheets(layout, changed), kinds


def _sheet(shown: SheetPage, said: dict[str, Any], where: str) -> SheetLayout:
    sheet = with_role(shown.layout, SheetRole(said.get("role", shown.layout.role)))
    columns = {each["column"]: Column(each["role"]) for each in said.get("columns", [])}
    rows = {each["row"]: RowKind(each["kind"]) for each in said.get("rows", []) if "kind" in each}
    header = said.get("header", header_of(sheet))
    if header != header_of(sheet):
        if columns or said.get("rows"):
            _refuse(f"{where}.header", _("Its columns are guessed anew. Send it without columns and rows."))
        return with_header(sheet, header)
    for number in set(columns) - {each.column for each in sheet.columns}:
        _refuse(f"{where}.columns", _("There is no column %(number)s with anything in it.") % {"number": number})
    for number in {each["row"] for each in said.get("rows", [])} - {each.row for each in sheet.rows}:
        _refuse(f"{where}.rows", _("There is no row %(number)s with anything in it.") % {"number": number})
    return with_columns_and_rows(sheet, columns, rows)


def _answered(shown: SheetPage, rows: list[dict[str, Any]], where: str) -> dict[str, str]:
    """How questions are answered whatever the file says, by row."""
    questions = {row.layout.row: row for row in shown.rows if row.question is not None}
    found = {}
    for each in rows:
        if "answered" not in each:
            continue
        row = questions.get(each["row"])
        if row is None or row.question is None:
            _refuse(where, _("Row %(number)s is no question, as it was read.") % {"number": each["row"]})
        if each["answered"] != row.kind and Kind(each["answered"]) not in kinds_for(row.question):
            _refuse(where, _("Row %(number)s cannot be answered so.") % {"number": each["row"]})
        found[str(each["row"])] = each["answered"]
    return found


def _refuse(field: str, sentence: str) -> NoReturn:
    raise serializers.ValidationError({field: [sentence]})
