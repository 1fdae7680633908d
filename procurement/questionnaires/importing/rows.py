"""What each row of a sheet is: a question, a section's title, help for the question above, a head again, or nothing."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import NamedTuple

from procurement.questionnaires.importing.grid import Choices, Row, Sheet
from procurement.questionnaires.importing.heads import Heads, meaning_of, repeats_header
from procurement.questionnaires.importing.layout import ColumnLayout, RowKind, RowLayout
from procurement.questionnaires.importing.texts import folded, length, one_line
from procurement.questionnaires.importing.words import GUIDANCE, INSTRUCTING, NOISE, Column

LONGEST_TITLE = 120
SHOWN = 200
LEAD = re.compile(r"^\W*([^\n:：]{1,30}?)\s*[:：](?=\s|$|\S)")
SENTENCE_END = tuple(".!?;,。！？；،؟:：")
ASKING = ("?", "？", "؟")
MARKS = frozenset(("x", "✓", "✔", "yes", "y", "true", "1", "si", "ja", "oui", "tak", "•", "●"))
LEVEL_SEPARATORS = re.compile(r"[._\-/ ]+")
# A column of answers belongs to the questions when this share of the rows has its drop-down.
USUAL = 0.4
EVERYWHERE = 0.98  # drop-downs of a whole column stand beside titles as well


@dataclass
class Table:
    """A sheet with its heads and columns known: what the rules about rows look at."""

    sheet: Sheet
    headers: tuple[int, ...]
    columns: tuple[ColumnLayout, ...]

    @cached_property
    def first_columns(self) -> Mapping[Column, int]:
        """The first column of each role."""
        return {each.role: each.column for each in reversed(self.columns)}

    def column(self, role: Column) -> int | None:
        return self.first_columns.get(role)

    def all_of(self, *roles: Column) -> list[int]:
        return [each.column for each in self.columns if each.role in roles]

    def told(self, row: int, role: Column) -> str:
        """What stands in the column of this role."""
        column = self.first_columns.get(role)
        return self.sheet.text(row, column) if column else ""

    @cached_property
    def body(self) -> list[int]:
        """The rows below the first heads."""
        first = min(self.headers, default=0)
        return [row for row in sorted(self.sheet.rows) if row > first and row not in self.headers]

    @cached_property
    def header_texts(self) -> Counter[str]:
        """How often each text stands in the heads."""
        return Counter(folded(cell.text) for row in self.headers for cell in self.sheet.rows[row].values())

    @cached_property
    def titles_in_heads(self) -> bool:
        """Whether the heads are said again and again with another text in them: the sections' titles stand there."""
        once = [row for row in self.headers if any(self.header_texts[folded(c.text)] == 1 for c in self.sheet.rows[row].values())]
        return len(once) > 1 and len(once) >= len(self.headers) / 2

    @cached_property
    def question_texts(self) -> dict[int, str]:
        column = self.column(Column.QUESTION)
        cells = ((row, self.sheet.rows[row].get(column)) for row in self.body) if column else ()
        return {row: cell.written for row, cell in cells if cell and cell.written}

    @cached_property
    def usual_look(self) -> tuple[bool, bool, bool]:
        """Whether most texts of the questions' column are bold, coloured, in capitals."""
        column = self.column(Column.QUESTION)
        cells = [self.sheet.rows[row][column] for row in self.question_texts] if column else []
        looks = ([each.bold for each in cells], [each.filled for each in cells], [each.text.isupper() for each in cells])
        bold, filled, capitals = (sum(each) > len(cells) / 2 for each in looks)
        return bold, filled, capitals

    @cached_property
    def has_looks(self) -> bool:
        """Whether anything is bold or coloured, so that titles may be told by it."""
        return any(cell.bold or cell.filled for row in self.body for cell in self.sheet.rows[row].values())

    @cached_property
    def mostly_asks(self) -> bool:
        """Whether most texts end with a question mark, so that one without is told by it."""
        asking = sum(text.rstrip().endswith(ASKING) for text in self.question_texts.values())
        return asking > 0.6 * len(self.question_texts)

    @cached_property
    def usual_length(self) -> float:
        return median(map(length, self.question_texts.values())) if self.question_texts else 0

    @cached_property
    def answer_lists(self) -> Mapping[int, Choices]:
        """The drop-downs of the answers by row."""
        column = self.column(Column.ANSWER)
        choices = self.sheet.choice_columns.get(column, {}) if column else {}
        return {row: each for row, each in choices.items() if row in self.question_texts}

    @cached_property
    def drop_downs(self) -> Mapping[int, Choices]:
        """The same, where they tell questions from other rows: many have one and some have none."""
        share = len(self.answer_lists) / max(1, len(self.question_texts))
        return self.answer_lists if USUAL <= share < EVERYWHERE else {}

    @cached_property
    def have_refs(self) -> bool:
        """Whether questions have ids here, as a rule."""
        column = self.column(Column.REF)
        return column is not None and sum(bool(self.has_ref(row)) for row in self.question_texts) >= USUAL * len(
            self.question_texts
        )

    def has_ref(self, row: int) -> bool:
        """An id, or a formula in its place that has no stored result."""
        column = self.column(Column.REF)
        cell = self.sheet.rows[row].get(column) if column else None
        return cell is not None and (bool(cell.text) or cell.kind == "uncached")

    @cached_property
    def parents(self) -> set[int]:
        """Rows whose id begins the id of the next row that has one: 2 before 2.1."""
        refs = [(row, ref) for row in self.body if (ref := self.told(row, Column.REF))]
        return {row for (row, ref), (_next, below) in zip(refs, refs[1:], strict=False) if is_parent(ref, below)}

    @cached_property
    def depths(self) -> Mapping[int, int]:
        """The level of each row by its depth column, where that column tells titles from questions."""
        column = self.column(Column.DEPTH)
        if column is None:
            return {}
        levels = {row: int(text) for row in self.body if (text := self.sheet.text(row, column)).isdigit()}
        if self.column(Column.ASKED) is not None:
            return levels
        pairs = list(zip(levels, list(levels)[1:], strict=False))
        above = [row for row, below in pairs if levels[below] > levels[row]]
        asked = [row for row in above if row in self.answer_lists or self.question_texts.get(row, "").endswith(ASKING)]
        steps = all(levels[below] - levels[row] <= 1 for row, below in pairs)
        return levels if steps and above and not asked and len(above) < len(levels) / 2 else {}

    @cached_property
    def with_deeper(self) -> set[int]:
        """Rows that a deeper one follows."""
        rows = list(self.depths)
        return {row for row, below in zip(rows, rows[1:], strict=False) if self.depths[below] > self.depths[row]}

    @cached_property
    def companions(self) -> list[int]:
        """Columns that tell a question from a title: what most rows with a question's text have filled."""
        apart = {Column.QUESTION, Column.REF, Column.DEPTH, Column.NAME, Column.SECTION}
        candidates = [each.column for each in self.columns if each.role not in apart]
        rows = [self.sheet.rows[row] for row in self.question_texts]
        return [column for column in candidates if sum(column in row for row in rows) > 0.6 * len(rows)]


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
            rows[places[0] - 1] = replace(above, kind=RowKind.SECTION, reason="a title above the heads, like the others")
    return tuple(rows)


def is_parent(ref: str, below: str) -> bool:
    """ "2" or "2.0" is the parent of "2.1"; "AC" of "AC-1"; "1" is none of "10"."""
    ref = re.sub(r"[.]0$", "", ref.rstrip(".) ")).casefold()
    below = below.casefold()
    if not ref or not below.startswith(ref) or below == ref:
        return False
    rest = below[len(ref) :]
    return not rest[0].isalnum() or (ref[-1].isalpha() and rest[0].isdigit())


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
            return (RowKind.SECTION, "not marked as a question", title, level) if level else (RowKind.SKIP, "", title, 0)
        if text or (name and not _is_strict(table)):
            return RowKind.QUESTION, "marked as a question", text or name, level
        return RowKind.SKIP, "marked, but asks nothing", name, level
    if row in table.with_deeper:
        return RowKind.SECTION, "deeper rows follow", name or text, level
    return (RowKind.QUESTION, "a row without deeper ones", text or name, level) if text or name else (RowKind.SKIP, "", "", 0)


def _is_strict(table: Table) -> bool:
    """Whether a column is headed "question": then a row without text there asks nothing."""
    question = next(each for each in table.columns if each.role == Column.QUESTION)
    return any(m.role == Column.QUESTION for m in meaning_of(question.head, {}))


def _with_text(table: Table, row: int, text: str, above: Above) -> tuple[RowKind, str, str, int]:
    has_ref, asks = table.has_ref(row), text.rstrip().endswith(ASKING)
    if row in table.drop_downs:
        return RowKind.QUESTION, "drop-down for the answer", text, 0
    if is_noise(text) and not has_ref:
        return RowKind.NOISE, "closes or sums up", text, 0
    if is_guidance(text):
        return RowKind.HELP, "begins like an explanation", text, 0
    alone = len(_texts(table.sheet.rows[row])) == 1 and row not in table.answer_lists
    if row in table.parents and is_title(text) and not asks and not _has_companion(table, row):
        return RowKind.SECTION, "its id begins the ids below", text, _ref_level(table.told(row, Column.REF))
    if has_ref or asks:
        return _title_or_question(table, row, text, asks)
    if not table.have_refs and not table.drop_downs and not alone and not _is_plain_title(table, row, text):
        return RowKind.QUESTION, "text in the questions' column", text, 0
    if (_has_companion(table, row) or row in table.answer_lists) and not alone and not _is_plain_title(table, row, text):
        return RowKind.QUESTION, "filled like the other questions", text, 0
    return _alone(table, row, text, above)


def _title_or_question(table: Table, row: int, text: str, asks: bool) -> tuple[RowKind, str, str, int]:
    """A row with an id or a question mark is a question, unless it looks like a title in every respect."""
    if table.drop_downs and not asks and not _has_companion(table, row):
        short = length(text) < table.usual_length / 2 or _stands_out(table, row)
        if is_title(text) and short:
            return RowKind.SECTION, "short, without a drop-down", text, _ref_level(table.told(row, Column.REF))
    return RowKind.QUESTION, "has an id" if table.has_ref(row) else "asks something", text, 0


def _is_plain_title(table: Table, row: int, text: str) -> bool:
    """A title beside which a drop-down of the whole column happens to stand."""
    return is_title(text) and _stands_out(table, row) and not _has_companion(table, row)


def _alone(table: Table, row: int, text: str, above: Above) -> tuple[RowKind, str, str, int]:
    """A row with nothing but a text."""
    only_texts = not table.have_refs and not table.drop_downs
    if is_instruction(text):
        return RowKind.INSTRUCTION, "tells how to fill it in", text, 0
    if only_texts and not table.companions and not (
        is_title(text) and (_stands_out(table, row) or table.mostly_asks)
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
    text = next(iter(texts.values()))
    if is_noise(text):
        return RowKind.NOISE, "closes or sums up", text, 0
    if is_instruction(text):
        return RowKind.INSTRUCTION, "tells how to fill it in", text, 0
    titles = [text for column, text in texts.items() if column != table.column(Column.REF)]
    if table.told(row, Column.REF) and titles and is_title(titles[0]) and len(texts) == 2:
        return RowKind.SECTION, "an id and a title", titles[0], _ref_level(table.told(row, Column.REF))
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


def is_title(text: str, *, colon: bool = False) -> bool:
    """One short line that is no sentence."""
    text = text.strip()
    ends = tuple(end for end in SENTENCE_END if end not in ":：") if colon else SENTENCE_END
    return "\n" not in text and not text.startswith("=") and length(text) <= LONGEST_TITLE and not text.endswith(ends) and not is_guidance(text)


def is_guidance(text: str) -> bool:
    lead = LEAD.match(text)
    return bool(lead) and folded(lead[1]) in GUIDANCE if lead else False


def is_instruction(text: str) -> bool:
    words = folded(text)
    return any(f"{words} ".startswith(f"{start} ") if start.isascii() else words.startswith(start) for start in INSTRUCTING)


def is_noise(text: str) -> bool:
    if text.lstrip().startswith(("©", "(c)", "(C)")):
        return True
    words = folded(text)
    if len(words) > LONGEST_TITLE:
        return False
    return words in NOISE.exact or any(f"{words} ".startswith(f"{start} ") for start in NOISE.part)


def headers_of(sheet: Sheet, header: int | None) -> tuple[int, ...]:
    """The row that heads the columns and the rows below that say it again."""
    if header is None:
        return ()
    again = [row for row in sorted(sheet.rows) if row > header and repeats_header(sheet.rows[row], sheet.rows[header])]
    return (header, *again)
