"""What each row of a sheet is: a question, a section's title, help for the question above, a head again, or nothing."""

import re
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from procurement.questionnaires.importing.grid import Row, Sheet
from procurement.questionnaires.importing.heads import Heads, meaning_of
from procurement.questionnaires.importing.layout import RowKind, RowLayout
from procurement.questionnaires.importing.row_texts import (
    ASKING,
    is_guidance,
    is_instruction,
    is_noise,
    is_title,
    ref_shape,
)
from procurement.questionnaires.importing.tables import Table
from procurement.questionnaires.importing.texts import folded, length, one_line
from procurement.questionnaires.importing.words import Column

SHOWN = 200
MARKS = frozenset(("x", "✓", "✔", "yes", "y", "true", "1", "si", "ja", "oui", "tak", "•", "●"))
LEVEL_SEPARATORS = re.compile(r"[._\-/ ]+")


class Above(NamedTuple):
    """What stands above a row: the last row that is no help, and whether help stands between."""

    kind: RowKind = RowKind.SKIP
    help_between: bool = False


def rows_of(table: Table, heads: Heads, decided: Collection[RowLayout] = ()) -> tuple[RowLayout, ...]:
    """Every filled row with its kind. What a person decided stays."""
    by_person = {row.row: row for row in decided if row.decided}
    found: list[RowLayout] = []
    above = Above()
    for row in sorted(table.sheet.rows):
        layout = by_person.get(row) or _judged(table, row, heads, above)
        found.append(layout)
        above = Above(layout.kind if layout.kind != RowKind.HELP else above.kind, layout.kind == RowKind.HELP)
    return _with_first_title(table, found)


def _with_first_title(table: Table, rows: list[RowLayout]) -> tuple[RowLayout, ...]:
    """Where every repetition of the heads stands below a title, the title above the first heads is one as well."""
    places = [place for place, row in enumerate(rows) if row.row in table.headers]
    titled = sum(rows[place - 1].kind == RowKind.SECTION for place in places[1:] if place)
    if places and places[0] and titled and titled >= (len(places) - 1) / 2:
        above = rows[places[0] - 1]
        if not above.decided and len(_texts(table.sheet.rows[above.row])) == 1 and is_title(above.text):
            rows[places[0] - 1] = replace(
                above, kind=RowKind.SECTION, reason="a title above the heads, like the others"
            )
    return tuple(rows)


def _judged(table: Table, row: int, heads: Heads, above: Above) -> RowLayout:
    kind, reason, text, level = _kind(table, row, heads, above)
    return RowLayout(row, kind, reason, one_line(text)[:SHOWN], level, row in table.sheet.hidden_rows)


def _kind(table: Table, row: int, heads: Heads, above: Above) -> tuple[RowKind, str, str, int]:
    """Kind, reason, text or title, and level of a row."""
    cells = table.sheet.rows[row]
    if row < min(table.headers, default=0):
        return RowKind.INSTRUCTION, "above the heads", _first_text(cells), 0
    if row in table.headers:
        return RowKind.HEADER, "heads", _title_in_header(table, row, heads), 0
    if not any(cell.written for cell in cells.values()):
        return RowKind.SKIP, "no text", "", 0
    if table.depths:
        return _by_depth(table, row)
    text = table.question_texts.get(row, "")
    if table.sheet.is_turned:
        return RowKind.QUESTION, "a head of the form", text, 0
    return _with_text(table, row, text, above) if text else _without_text(table, row)


def _title_in_header(table: Table, row: int, heads: Heads) -> str:
    """In heads that are repeated for every section, the text that stands in one of them only is the section's title."""
    if len(table.headers) < 2:
        return ""
    for _column, cell in sorted(table.sheet.rows[row].items()):
        once = table.header_texts[folded(cell.text)] == 1
        if once and cell.kind == "text" and length(cell.text) > 3 and not _is_head(cell.text, heads):
            return one_line(cell.text)
    return ""


def _is_head(text: str, heads: Heads) -> bool:
    meanings = meaning_of(text, heads)
    return bool(meanings) and meanings[0].confidence >= 1


def _by_depth(table: Table, row: int) -> tuple[RowKind, str, str, int]:
    level = table.depths.get(row, 0)
    text = table.question_texts.get(row, "")
    name = next((t for column in table.all_of(Column.NAME, Column.TEXT) if (t := table.sheet.text(row, column))), "")
    if table.column(Column.ASKED) is not None:
        if folded(table.told(row, Column.ASKED)) not in MARKS and table.told(row, Column.ASKED) not in MARKS:
            title = name or text or table.told(row, Column.REF)
            return (
                (RowKind.SECTION, "not marked as a question", title, level) if level else (RowKind.SKIP, "", title, 0)
            )
        if text or (name and not _is_strict(table)):
            return RowKind.QUESTION, "marked as a question", text or name, level
        return RowKind.SKIP, "marked, but asks nothing", name, level
    if row in table.with_deeper:
        return RowKind.SECTION, "deeper rows follow", name or text, level
    return (
        (RowKind.QUESTION, "a row without deeper ones", text or name, level)
        if text or name
        else (RowKind.SKIP, "", "", 0)
    )


def _is_strict(table: Table) -> bool:
    """Whether a column is headed "question": then a row without text there asks nothing."""
    question = next(each for each in table.columns if each.role == Column.QUESTION)
    return any(m.role == Column.QUESTION for m in meaning_of(question.head, {}))


def _with_text(table: Table, row: int, text: str, above: Above) -> tuple[RowKind, str, str, int]:
    has_ref, asks = table.has_ref(row), text.rstrip().endswith(ASKING)
    if len(table.sheet.rows[row]) > 1 and len(_texts(table.sheet.rows[row])) == 1 and is_title(text):
        return RowKind.SECTION, "the same title in every cell", text, 0
    if row in table.drop_downs:
        return RowKind.QUESTION, "drop-down for the answer", text, 0
    if row in table.parted:
        return RowKind.QUESTION, "a part of a question over several rows", text, 0
    if is_noise(text) and not has_ref:
        return RowKind.NOISE, "closes or sums up", text, 0
    if is_guidance(text):
        return RowKind.HELP, "begins like an explanation", text, 0
    alone = len(_texts(table.sheet.rows[row])) == 1 and row not in table.answer_lists
    if row in table.parents and is_title(text) and not asks and not _has_companion(table, row):
        return RowKind.SECTION, "its id begins the ids below", text, _ref_level(table.ref(row))
    if has_ref or asks:
        return _title_or_question(table, row, text, asks)
    if not table.have_refs and not table.drop_downs and not alone and not _is_plain_title(table, row, text):
        return RowKind.QUESTION, "text in the questions' column", text, 0
    if (
        (_has_companion(table, row) or row in table.answer_lists)
        and not alone
        and not _is_plain_title(table, row, text)
    ):
        return RowKind.QUESTION, "filled like the other questions", text, 0
    return _alone(table, row, text, above)


def _title_or_question(table: Table, row: int, text: str, asks: bool) -> tuple[RowKind, str, str, int]:
    """A row with an id or a question mark is a question, unless it looks like a title in every respect."""
    if table.drop_downs and not asks and not _has_companion(table, row):
        short = length(text) < table.usual_length / 2 or _stands_out(table, row)
        like_questions = ref_shape(table.ref(row)) in table.shapes_of_refs
        if is_title(text) and short and not like_questions:
            return RowKind.SECTION, "short, without a drop-down", text, _ref_level(table.ref(row))
    return RowKind.QUESTION, "has an id" if table.has_ref(row) else "asks something", text, 0


def _is_plain_title(table: Table, row: int, text: str) -> bool:
    """A title beside which a drop-down of the whole column happens to stand."""
    return is_title(text) and _stands_out(table, row) and not _has_companion(table, row)


def _alone(table: Table, row: int, text: str, above: Above) -> tuple[RowKind, str, str, int]:
    """A row with nothing but a text."""
    only_texts = not table.have_refs and not table.drop_downs
    if is_instruction(text):
        return RowKind.INSTRUCTION, "tells how to fill it in", text, 0
    if (
        only_texts
        and not table.companions
        and not (is_title(text) and (_stands_out(table, row) or table.mostly_asks or table.is_numbered))
    ):
        return RowKind.QUESTION, "text in the questions' column", text, 0
    if above.kind == RowKind.QUESTION and _goes_on(table, row, text, above):
        return RowKind.HELP, "a text alone below a question", text, 0
    if is_title(text):
        return RowKind.SECTION, "a short text alone in its row", text, 0
    if above.kind == RowKind.QUESTION:
        return RowKind.HELP, "a text alone below a question", text, 0
    return RowKind.INSTRUCTION, "a text alone", text, 0


def _goes_on(table: Table, row: int, text: str, above: Above) -> bool:
    """Whether a text below a question explains it, though it is as short as a title."""
    if _stands_out(table, row) or _is_band(table.sheet, row):
        return False
    if length(text) > max(60, table.usual_length) or table.titles_in_heads:
        return True
    return above.help_between and table.has_looks


def _without_text(table: Table, row: int) -> tuple[RowKind, str, str, int]:
    """A row with nothing in the questions' column."""
    texts = _texts(table.sheet.rows[row])
    text = next(iter(texts.values()), "")
    if not text:
        return RowKind.SKIP, "no text", "", 0
    if is_noise(text):
        return RowKind.NOISE, "closes or sums up", text, 0
    if is_instruction(text):
        return RowKind.INSTRUCTION, "tells how to fill it in", text, 0
    if len(texts) == 1 and " " not in text and any(map(str.isdigit, text)):
        return RowKind.SKIP, "an id and nothing else", text, 0
    titles = [text for column, text in texts.items() if column != table.column(Column.REF)]
    if table.told(row, Column.REF) and titles and is_title(titles[0]) and len(texts) == 2:
        return RowKind.SECTION, "an id and a title", titles[0], _ref_level(table.ref(row))
    if len(texts) > 1 and not _is_band(table.sheet, row):
        return RowKind.SKIP, "no text in the questions' column", text, 0
    if is_guidance(text):
        return RowKind.HELP, "begins like an explanation", text, 0
    if is_title(text, colon=True) and length(text) > 2 and not text.isdigit():
        return RowKind.SECTION, "a text alone in its row", text.rstrip(":： "), 0
    return RowKind.INSTRUCTION, "a text alone in its row", text, 0


def _is_band(sheet: Sheet, row: int) -> bool:
    """A merged cell over at least three columns."""
    return row in sheet.bands


def _texts(cells: Row) -> dict[int, str]:
    """The texts of a row by column, left to right. The same text repeated is a merged cell written out."""
    texts = {column: cell.text for column, cell in sorted(cells.items()) if cell.text}
    if len(texts) > 1 and len(set(texts.values())) == 1:
        first = next(iter(texts))
        return {first: texts[first]}
    return texts


def _has_companion(table: Table, row: int) -> bool:
    cells = table.sheet.rows[row]
    return any(column in cells for column in table.companions)


def _stands_out(table: Table, row: int) -> bool:
    """Bold, coloured or in capitals, where the questions are not."""
    cells = table.sheet.rows[row]
    column = table.column(Column.QUESTION)
    cell = cells.get(column) if column else None
    cell = cell or next(iter(cells.values()))
    bold, filled, capitals = table.usual_look
    return (cell.bold and not bold) or (cell.filled and not filled) or (cell.text.isupper() and not capitals)


def _ref_level(ref: str) -> int:
    """ "2" is 1 deep, "2.1" is 2."""
    return len([part for part in LEVEL_SEPARATORS.split(ref.strip(".")) if part not in {"", "0"}])


def _first_text(cells: Row) -> str:
    return next((cell.text for _column, cell in sorted(cells.items()) if cell.text), "")
