"""Which sheets hold the questions. Each is read as if it did; then the strong ones win over the weak."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from procurement.questionnaires.importing.beside import apart
from procurement.questionnaires.importing.columns import columns_of
from procurement.questionnaires.importing.grid import Sheet, Workbook
from procurement.questionnaires.importing.heads import Heads, header_of, meaning_of
from procurement.questionnaires.importing.layout import Layout, RowKind, RowLayout, SheetLayout, SheetRole
from procurement.questionnaires.importing.rows import rows_of
from procurement.questionnaires.importing.sections import sections_of
from procurement.questionnaires.importing.tables import USUAL, Table, headers_of
from procurement.questionnaires.importing.texts import folded
from procurement.questionnaires.importing.turned import columns_of_turned, is_across, turned
from procurement.questionnaires.importing.words import INSTRUCTIONS, LISTS, SCORING, Column, Words

REPEATED = 0.7  # of its questions stand on an earlier sheet: a copy
ENOUGH_TO_COMPARE = 5
STRONG, WEAK = 0.8, 0.4


@dataclass
class Reading:
    """One sheet read as if it held questions. `titles`: the section of each question's row."""

    table: Table
    rows: tuple[RowLayout, ...]
    layout: SheetLayout
    titles: Mapping[int, str]

    @property
    def questions(self) -> list[RowLayout]:
        return [row for row in self.rows if row.kind == RowKind.QUESTION]


def read_sheets(workbook: Workbook, heads: Heads, decided: Layout | None) -> list[Reading]:
    """Every sheet with its role. What `decided` says about sheets, heads, columns and rows is followed."""
    keys = answer_list_names(workbook)
    sheets = [part for sheet in workbook.sheets for part in _tables(sheet, heads, decided)]
    readings = [_read(sheet, heads, keys, decided.sheet(sheet.name) if decided else None) for sheet in sheets]
    roles = _roles(readings, heads)
    for reading in readings:
        told = decided.sheet(reading.layout.name) if decided else None
        role, confidence, reason = (told.role, 1.0, told.reason) if told else roles[reading.layout.name]
        reading.layout = replace(reading.layout, role=role, confidence=confidence, reason=reason)
    return readings


def _tables(sheet: Sheet, heads: Heads, decided: Layout | None) -> Iterable[Sheet]:
    """The sheet, turned where its questions stand side by side; or each of the tables that stand beside each other.

    A row of heads that a person chose says that it is a table.
    """
    told = decided.sheet(sheet.name) if decided else None
    if is_across(sheet, heads) and not (told and told.headers):
        return [turned(sheet)]
    return apart(sheet, heads)


def answer_list_names(workbook: Workbook) -> dict[str, tuple[str, str]]:
    """Answer lists that stand one a row on a sheet of their own: the folded name → type and options, as written."""
    found: dict[str, tuple[str, str]] = {}
    for sheet in workbook.sheets:
        header = min(sheet.rows, default=0)
        roles = {
            column: [m.role for m in meaning_of(cell.text, {})] for column, cell in sheet.rows.get(header, {}).items()
        }
        name = next((column for column, found_roles in roles.items() if Column.REF in found_roles), None)
        options = next((column for column, found_roles in roles.items() if Column.OPTIONS in found_roles[:1]), None)
        kind = next((column for column, found_roles in roles.items() if Column.KIND in found_roles[:1]), None)
        if name is None or options is None or any(Column.QUESTION in each[:1] for each in roles.values()):
            continue
        for row in sheet.rows:
            if row > header and (text := sheet.text(row, name)):
                found[folded(text)] = (sheet.text(row, kind) if kind else "", sheet.text(row, options))
    return found


def _read(sheet: Sheet, heads: Heads, keys: Iterable[str], told: SheetLayout | None) -> Reading:
    if sheet.is_turned:
        headers: tuple[int, ...] = ()
        guessed = columns_of_turned(sheet)
    else:
        header = (told.headers[0] if told.headers else None) if told else header_of(sheet, heads)
        headers = headers_of(sheet, header if header in sheet.rows else None)
        guessed = ()
    columns = told.columns if told and told.columns else guessed or columns_of(sheet, headers, heads, keys)
    table = Table(sheet, headers, columns)
    rows = rows_of(table, heads, told.rows if told else ())
    source, titles = sections_of(table, rows)
    layout = SheetLayout(sheet.name, SheetRole.OTHER, 0, "", headers, columns, rows, source, sheet.hidden)
    return Reading(table, rows, layout, titles)


Role = tuple[SheetRole, float, str]


def _roles(readings: Sequence[Reading], heads: Heads) -> dict[str, Role]:
    strong = [each for each in readings if _strength(each, heads) == STRONG]
    chosen: list[Reading] = []
    seen: set[str] = set()
    roles: dict[str, Role] = {}
    for each in strong:
        if each.table.sheet.hidden:
            roles[each.layout.name] = (SheetRole.OTHER, 0.5, "hidden")
        elif _repeats(each, seen):
            roles[each.layout.name] = (SheetRole.COPY, 0.9, "its questions stand on an earlier sheet")
        else:
            chosen.append(each)
            seen |= {folded(row.text) for row in each.questions}
            roles[each.layout.name] = (SheetRole.QUESTIONS, STRONG, "heads or drop-downs of a questionnaire")
    weak = [each for each in readings if each.layout.name not in roles and _strength(each, heads) == WEAK]
    if not chosen and (best := max(weak, key=_amount, default=None)):
        chosen.append(best)
        roles[best.layout.name] = (SheetRole.QUESTIONS, WEAK, "the most rows of text in the workbook")
    for each in weak:
        if each.layout.name not in roles and any(_alike(each, other) for other in chosen):
            roles[each.layout.name] = (SheetRole.QUESTIONS, 0.7, "the same heads as the other sheets of questions")
    return {each.layout.name: roles.get(each.layout.name) or _other_role(each) for each in readings}


def _strength(reading: Reading, heads: Heads) -> float:
    """How much a sheet looks like questions: by its heads, drop-downs, marks; 0 for none."""
    table, questions = reading.table, reading.questions
    history = [each for each in table.columns if each.role == Column.HISTORY]
    question = next((each for each in table.columns if each.role == Column.QUESTION), None)
    if not questions or question is None or not question.samples:
        return 0
    if _named(table.sheet.name, LISTS) or len(history) > 1 or _holds_lists(table):
        return 0
    named = [m for m in meaning_of(question.head, heads) if m.role == Column.QUESTION]
    lists = sum(row.row in table.answer_lists for row in questions) >= USUAL * len(questions)
    answer = next((each for each in table.columns if each.role == Column.ANSWER), None)
    asks = sum(row.text.endswith(("?", "？", "؟")) for row in questions) > len(questions) / 2
    if (
        named
        or lists
        or table.column(Column.ASKED)
        or (answer and answer.confidence >= 0.6)
        or (asks and len(questions) > 2)
    ):
        not_for_us = _named(table.sheet.name, INSTRUCTIONS) or _named(table.sheet.name, SCORING)
        return WEAK if not_for_us and not lists else STRONG
    some_ask = sum(row.text.endswith(("?", "？", "؟")) for row in questions) > 0.3 * len(questions)
    is_table = table.headers or table.column(Column.REF) is not None or table.is_numbered or some_ask
    return (
        WEAK if is_table and not _named(table.sheet.name, INSTRUCTIONS) and not _named(table.sheet.name, SCORING) else 0
    )


def _holds_lists(table: Table) -> bool:
    """Rows of options without questions: a sheet that others point at."""
    question = table.column(Column.QUESTION)
    heads = [each for each in table.columns if each.role == Column.OPTIONS]
    return bool(heads) and question is None


def _repeats(reading: Reading, seen: set[str]) -> bool:
    texts = [folded(row.text) for row in reading.questions]
    return len(texts) >= ENOUGH_TO_COMPARE and sum(text in seen for text in texts) >= REPEATED * len(texts)


def _amount(reading: Reading) -> tuple[bool, bool, float]:
    """Visible sheets first, then the one that says the most."""
    table = reading.table
    several = len(table.columns) > 1
    return (not table.sheet.hidden, several, len(reading.questions) * min(table.usual_length, 80))


def _alike(one: Reading, other: Reading) -> bool:
    """The same heads, most of them."""
    heads, others = _heads(one), _heads(other)
    return len(heads) > 1 and len(heads & others) >= 0.6 * max(len(heads), len(others))


def _heads(reading: Reading) -> set[str]:
    return {folded(each.head) for each in reading.table.columns if each.head}


def _other_role(reading: Reading) -> Role:
    sheet = reading.table.sheet
    if not sheet.rows:
        return (SheetRole.EMPTY, 1.0, "no text")
    for role, words in (
        (SheetRole.INSTRUCTIONS, INSTRUCTIONS),
        (SheetRole.LISTS, LISTS),
        (SheetRole.SCORING, SCORING),
    ):
        if _named(sheet.name, words):
            return (role, 0.8, "its name")
    if sum(each.role == Column.HISTORY for each in reading.table.columns) > 1:
        return (SheetRole.HISTORY, 0.7, "heads of a list of changes")
    if all(len(cells) == 1 for cells in sheet.rows.values()):
        return (SheetRole.INSTRUCTIONS, 0.6, "one text a row")
    if _holds_lists(reading.table):
        return (SheetRole.LISTS, 0.6, "rows of options")
    return (SheetRole.OTHER, 0.5, "no heads of a questionnaire")


def _named(name: str, words: Words) -> bool:
    plain = folded(name)
    return plain in words.exact or any(f"{plain} ".startswith(f"{start} ") for start in words.part)
