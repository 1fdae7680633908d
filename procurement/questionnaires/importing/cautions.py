"""The notes of a reading: what a person should look at before the draft becomes a version."""

from collections.abc import Iterator, Sequence
from typing import Any

from procurement.questionnaires.importing.draft import Kind, Question
from procurement.questionnaires.importing.file_rules import IF_YES, REQUIRED, rule_in
from procurement.questionnaires.importing.grid import Cell, Workbook, column_letters
from procurement.questionnaires.importing.layout import SheetRole
from procurement.questionnaires.importing.notes import Note, note
from procurement.questionnaires.importing.sheets import Reading
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.importing.words import MOST_POINTS, Column, folded_words

SURE_ENCODINGS = ("", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "ascii")
ODD_KINDS = {"uncached": "uncached", "error": "error_value"}
FORMULA = ("=", "+", "-", "@")
MOST = frozenset(folded_words(MOST_POINTS))
Places = list[tuple[str, int]]


def notes_of(
    workbook: Workbook, readings: Sequence[Reading], sections: Sequence[str], questions: Sequence[Question]
) -> tuple[Note, ...]:
    """All notes, those about ids and answers first."""
    return (
        *refs_and_answers(questions),
        *_about_scoring(questions),
        *_about_columns(readings),
        *_about_cells(workbook, readings),
        *_about_sheets(readings),
        *_about_titles(readings, sections, questions),
        *_about_file(workbook),
    )


def refs_and_answers(questions: Sequence[Question]) -> Iterator[Note]:
    """Duplicate and missing ids, answers that are on no list, cells with several questions."""
    by_ref: dict[str, list[Question]] = {}
    for question in questions:
        if question.ref:
            by_ref.setdefault(question.ref.casefold(), []).append(question)
    for same in by_ref.values():
        if len(same) > 1:
            yield note("duplicate_ref", _places(same), ref=same[0].ref)
    without = [question for question in questions if not question.ref]
    if without and len(without) < len(questions):
        yield note("no_ref", _places(without))
    unknown: dict[str, list[Question]] = {}
    for question in questions:
        if question.written and question.answer is None:
            unknown.setdefault(question.written[:100], []).append(question)
    for answer, those in unknown.items():
        yield note("unknown_answer", _places(those), answer=answer)
    several = [each for each in questions if sum(line.rstrip().endswith("?") for line in each.text.split("\n")) > 1]
    if several:
        yield note("several_questions", _places(several))


def _about_scoring(questions: Sequence[Question]) -> Iterator[Note]:
    """Which weights the file gives and what they were read as, and the choices that it gives no score."""
    weighed = [each for each in questions if each.weight is not None]
    if weighed:
        pairs = sorted({(-(each.weight or 0), each.weighing) for each in weighed})
        yield note("weights", _places(weighed), table=", ".join(f"{said} → {-weight}" for weight, said in pairs[:12]))
    unread = [each for each in questions if each.weighing and each.weight is None]
    if unread:
        yield note("weights_unread", _places(unread), what=unread[0].weighing[:60])
    unscored = [each for each in questions if each.kind in {Kind.SINGLE, Kind.MULTI}]
    if unscored:
        yield note("no_scores", _places(unscored))


def _about_columns(readings: Sequence[Reading]) -> Iterator[Note]:
    """Which questions need a file, and columns that are left out although somebody may want them."""
    for reading in readings:
        if reading.layout.role != SheetRole.QUESTIONS:
            continue
        sheet = reading.table.sheet
        for each in reading.table.columns:
            about: dict[str, Any] = {
                "head": each.head,
                "column": column_letters(each.column),
                "sheet": sheet.name,
            }
            if each.column == reading.table.column(Column.NEEDS_FILE):
                texts = {row.row: rule_in(sheet.text(row.row, each.column)) for row in reading.questions}
                needing = [(sheet.name, row) for row, rule in texts.items() if rule in (REQUIRED, IF_YES)]
                if needing:
                    yield note("files", needing, head=each.head)
            elif each.role == Column.TRANSLATION and each.confidence < 1:
                yield note("translation", **about)
            elif each.role == Column.SCORE and folded(each.head) in MOST and each.samples:
                yield note("most_points", **about)


def _about_cells(workbook: Workbook, readings: Sequence[Reading]) -> Iterator[Note]:
    chosen = [each for each in readings if each.layout.role == SheetRole.QUESTIONS]
    found: dict[str, Places] = {code: [] for code in ("uncached", "error_value", "formula_text")}
    for reading in chosen:
        for code, place in _odd_cells(reading):
            found[code].append(place)
        yield from _dated_refs(reading)
    names = {each.table.sheet.name for each in chosen}
    found["hidden_rows"] = [(each.table.sheet.name, row.row) for each in chosen for row in each.questions if row.hidden]
    found["unread_list"] = [place for each in chosen for place in _unread_lists(each)]
    found["cut"] = [place for place in workbook.cut if place[0] in names]
    found["invisible"] = [place for place in workbook.invisible if place[0] in names]
    for code, places in found.items():
        if places:
            yield note(code, places)


def _odd_cells(reading: Reading) -> Iterator[tuple[str, tuple[str, int]]]:
    """Ids, questions and answers that are errors, formulas without a result, or texts like a formula."""
    table, sheet = reading.table, reading.table.sheet
    roles = (Column.REF, Column.QUESTION, Column.ANSWER)
    columns = sorted(column for role in roles if (column := table.column(role)))
    for row in reading.questions:
        for column in columns:
            if (cell := sheet.rows[row.row].get(column)) and (code := _odd(cell)):
                yield code, (f"{sheet.name} {column_letters(column)}", row.row)


def _odd(cell: Cell) -> str:
    if cell.kind in ODD_KINDS:
        return ODD_KINDS[cell.kind]
    is_formula = cell.kind == "text" and len(cell.text) > 1 and cell.text.startswith(FORMULA)
    return "formula_text" if is_formula else ""


def _dated_refs(reading: Reading) -> Iterator[Note]:
    sheet, column = reading.table.sheet, reading.table.column(Column.REF)
    for row in reading.questions:
        cell = sheet.rows[row.row].get(column) if column else None
        if cell and cell.kind == "date":
            yield note("date_ref", [(sheet.name, row.row)], ref=cell.text)


def _unread_lists(reading: Reading) -> Places:
    sheet, answer = reading.table.sheet, reading.table.column(Column.ANSWER)
    asked = {row.row for row in reading.questions}
    return [(sheet.name, row) for row, column in sorted(sheet.unread_lists) if column == answer and row in asked]


def _about_sheets(readings: Sequence[Reading]) -> Iterator[Note]:
    for reading in readings:
        layout = reading.layout
        if layout.role == SheetRole.COPY:
            yield note("repeated_sheet", sheet=layout.name)
        elif layout.role == SheetRole.OTHER and layout.reason == "hidden":
            yield note("hidden_sheet", sheet=layout.name)
        elif layout.role == SheetRole.OTHER and _may_hold_questions(reading):
            yield note("unsure_sheet", sheet=layout.name)
        elif layout.role == SheetRole.QUESTIONS and (answered := reading.table.sheet.sets_of_answers) is not None:
            yield note("several_answered" if answered > 1 else "turned", sheet=layout.name, answered=answered)
        elif layout.role == SheetRole.QUESTIONS and not layout.headers:
            yield note("guessed_header", sheet=layout.name)


def _may_hold_questions(reading: Reading) -> bool:
    """Several long texts in a table of three columns or more; two columns are facts beside their names."""
    return len(reading.questions) >= 3 and reading.table.usual_length > 30 and len(reading.table.columns) > 2


def _about_titles(
    readings: Sequence[Reading], sections: Sequence[str], questions: Sequence[Question]
) -> Iterator[Note]:
    partly = [each for each in readings if any(each.titles.values())]
    untitled = {(each.layout.name, row) for each in partly for row, title in each.titles.items() if not title}
    found = [each for each in questions if (each.sheet, each.row) in untitled]
    if found:
        yield note("untitled", _places(found), section=sections[found[0].section])


def _about_file(workbook: Workbook) -> Iterator[Note]:
    if workbook.has_external_links:
        yield note("external_links")
    if workbook.encoding not in SURE_ENCODINGS:
        yield note("encoding", encoding=workbook.encoding)
    if workbook.undecodable:
        yield note("undecodable", count=workbook.undecodable, encoding=workbook.encoding)


def _places(questions: Sequence[Question]) -> Places:
    return [(question.sheet, question.row) for question in questions]
