"""The one door: a file's bytes and name in, its layout and draft out."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.questionnaires.importing.assemble import questions_of, title_above
from procurement.questionnaires.importing.cautions import notes_of
from procurement.questionnaires.importing.csv_text import read_csv
from procurement.questionnaires.importing.draft import Draft
from procurement.questionnaires.importing.file_kind import FileKind, kind_of_file, name_without_ending
from procurement.questionnaires.importing.grid import Workbook
from procurement.questionnaires.importing.heads import meanings
from procurement.questionnaires.importing.json_formats import read_json
from procurement.questionnaires.importing.layout import Layout, SheetRole
from procurement.questionnaires.importing.limits import check_size
from procurement.questionnaires.importing.profiles import PROFILES, Profile, recognised
from procurement.questionnaires.importing.sheets import Reading, answer_list_names, read_sheets
from procurement.questionnaires.importing.texts import one_line
from procurement.questionnaires.importing.words import Column
from procurement.questionnaires.importing.xls import read_xls
from procurement.questionnaires.importing.xlsx import read_xlsx

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Import:
    """What was guessed, and what was read by it."""

    layout: Layout
    draft: Draft


def read(data: bytes, name: str, layout: Layout | None = None, profiles: Sequence[Profile] = PROFILES) -> Import:
    """Read a questionnaire.

    name      the file's name; its ending only decides where the content does not tell
    layout    an earlier layout of this file that a person changed: it is followed
    profiles  layouts known by name, a house's own ones included
    A draft without questions is an answer as well: the person then shows where they are.
    Raises ImportRefused with a sentence that says what to do.
    """
    check_size(data)
    kind = kind_of_file(data, name)
    title = name_without_ending(name)
    if kind == FileKind.JSON:
        return Import(*read_json(data, title))
    workbook = _cells(kind, data, name, layout.encoding if layout else "")
    profile = recognised(workbook, profiles)
    readings = read_sheets(workbook, profile.heads if profile else {}, layout)
    title = layout.title if layout and layout.title else _title(workbook, readings) or title
    sections, questions = questions_of(readings, answer_list_names(workbook), title)
    guessed = Layout(
        kind.value,
        tuple(each.layout for each in readings),
        profile.name if profile else "",
        workbook.encoding,
        title,
    )
    return Import(guessed, Draft(title, sections, tuple(questions), notes_of(workbook, readings, sections, questions)))


def _cells(kind: FileKind, data: bytes, name: str, encoding: str) -> Workbook:
    if kind == FileKind.XLSX:
        return read_xlsx(data)
    if kind == FileKind.XLS:
        return read_xls(data)
    return read_csv(data, name, encoding)


def _title(workbook: Workbook, readings: Sequence[Reading]) -> str:
    """Above the heads of the only sheet of questions, in the properties, or beside "name" on a sheet of facts."""
    chosen = [each for each in readings if each.layout.role == SheetRole.QUESTIONS]
    if len(chosen) == 1 and (above := title_above(chosen[0])):
        return above[:LONGEST_TITLE]
    if workbook.title:
        return one_line(workbook.title)[:LONGEST_TITLE]
    for reading in readings:
        if reading.layout.role != SheetRole.QUESTIONS and reading.table.sheet.columns == [1, 2]:
            for row in reading.table.sheet.rows:
                head = meanings(reading.table.sheet.text(row, 1))
                if head and head[0].role == Column.NAME and (found := reading.table.sheet.text(row, 2)):
                    return one_line(found)[:LONGEST_TITLE]
    return ""
