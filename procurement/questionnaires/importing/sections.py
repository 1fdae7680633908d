"""Which section each question belongs to. Sources, the surest first: a depth column, a section column, title rows and
titles in repeated heads, the sheet, the letters that the ids begin with.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from procurement.questionnaires.importing.layout import RowKind, RowLayout, SectionSource
from procurement.questionnaires.importing.row_texts import is_title
from procurement.questionnaires.importing.tables import Table
from procurement.questionnaires.importing.texts import one_line
from procurement.questionnaires.importing.words import Column

PREFIX = re.compile(r"^([^\W\d_]{1,12})(?=[\W\d_])")
# A section holds several questions; titles above fewer are criteria inside a sheet that is the section.
FEW = 3
ALIKE_SHEETS = 3
# A workbook that gives so many subjects a sheet each has divided itself; fewer sheets may hold sections.
MANY_SHEETS = 10


def sections_of(table: Table, rows: Sequence[RowLayout]) -> tuple[SectionSource, dict[int, str]]:
    """The source, and the section's title for each row with a question ("" where the source tells none)."""
    questions = [row.row for row in rows if row.kind == RowKind.QUESTION]
    for source, found in (
        (SectionSource.DEPTH, _by_level(table, rows, SectionSource.DEPTH) if table.depths else {}),
        (SectionSource.COLUMN, _by_column(table, questions)),
        (SectionSource.ROWS, _by_level(table, rows, SectionSource.ROWS)),
    ):
        if any(found.values()):
            return source, {row: found.get(row, "") for row in questions}
    return SectionSource.NONE, dict.fromkeys(questions, "")


def sheet_is_section(titles: Mapping[str, Mapping[int, str]], sources: Mapping[str, SectionSource]) -> bool:
    """Whether, in a workbook of several sheets alike, each sheet is one section.

    titles  of each sheet's questions, by row
    """
    if all(source == SectionSource.NONE for source in sources.values()):
        return len(titles) > 1
    if len(titles) < ALIKE_SHEETS or SectionSource.DEPTH in sources.values():
        return False
    if len(titles) >= MANY_SHEETS:
        return True
    found = [title for each in titles.values() for title in each.values()]
    groups = sum(len(set(each.values())) for each in titles.values())
    sentences = sum(bool(title) and not is_title(title) for title in found)
    return len(found) < FEW * groups or sentences > len(found) / 2


def by_prefix(refs: Mapping[int, str]) -> dict[int, str]:
    """The letters that ids begin with, where they make groups: AUD-01, AUD-02, IAM-01. Empty where they do not."""
    found = {row: prefix[1] for row, ref in refs.items() if (prefix := PREFIX.match(ref))}
    runs = [name for name, _rows in groupby(found.values())]
    if len(found) < 0.9 * len(refs) or len(set(runs)) < 2 or len(runs) > len(set(runs)) or len(found) < 2 * len(runs):
        return {}
    return {row: found.get(row, "") for row in refs}


def _by_level(table: Table, rows: Sequence[RowLayout], source: SectionSource) -> dict[int, str]:
    """The title that stands above each question: of numbered ones the outermost level that makes two groups."""
    levels = sorted({row.level for row in rows if row.kind == RowKind.SECTION and row.level})
    tried: dict[int, str] = {}
    for level in levels or [0]:
        tried = _above(table, rows, level, source)
        if len(set(filter(None, tried.values()))) > 1:
            return tried
    return tried


def _above(table: Table, rows: Sequence[RowLayout], level: int, source: SectionSource) -> dict[int, str]:
    """For each question the last title above it, titles deeper than `level` left out."""
    title, found = "", {}
    for row in rows:
        if (row.kind == RowKind.SECTION and row.level <= level and (row.level or source == SectionSource.ROWS)) or (
            row.kind == RowKind.HEADER and row.text
        ):
            title = row.text
        elif row.kind == RowKind.QUESTION:
            if 0 < row.level <= level:  # it stands where sections stand: one of its own
                title = one_line(table.told(row.row, Column.NAME)) or row.text
            found[row.row] = title
    return found


def _by_column(table: Table, questions: Sequence[int]) -> dict[int, str]:
    """Of several section columns the outermost: the one with the fewest titles, if it has more than one.

    A title holds for the rows below it until the next one: merged cells and cells filled once a group.
    """
    best: dict[int, str] = {}
    for column in () if table.steps.level else table.all_of(Column.SECTION):
        title, found = "", {}
        asked = set(questions)
        for row in table.body:
            title = one_line(table.sheet.text(row, column)) or title
            if row in asked:
                found[row] = title
        count, least = len(set(found.values())), len(set(best.values()))
        if (count > 1 and (least < 2 or count < least) and any(found.values())) or (not best and any(found.values())):
            best = found
    return best
