"""What each column of a sheet holds: told by its head, checked against what stands in it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from procurement.questionnaires.importing.answers import is_answer, known_answers
from procurement.questionnaires.importing.grid import Sheet
from procurement.questionnaires.importing.heads import Heads, Meaning, meaning_of
from procurement.questionnaires.importing.layout import ColumnLayout
from procurement.questionnaires.importing.texts import folded, length, one_line
from procurement.questionnaires.importing.words import Column

SAMPLES = 5
SAMPLE_LENGTH = 80
REF = re.compile(r"^(?:[^\W\d_]{0,12}[ ._/-]?){0,3}\d{0,4}(?:[._/ -]?[\w]{1,4}){0,6}\)?\.?$")
COUNTED = 400  # rows that are looked at to know a column
# How much a head speaks for the column of questions.
QUESTION_WEIGHT = {Column.QUESTION: 3.0, Column.TEXT: 1.6, Column.NAME: 0.8}
# Once per sheet: of several columns the best one keeps the role.
SINGLE = (Column.REF, Column.ANSWER, Column.KIND, Column.OPTIONS, Column.DEPTH, Column.ASKED, Column.REQUIRED)


@dataclass(frozen=True)
class Content:
    """What stands in a column below the heads."""

    texts: tuple[str, ...]
    numbers: int
    drop_downs: int

    @property
    def filled(self) -> int:
        return len(self.texts)

    @property
    def length(self) -> float:
        return sum(map(length, self.texts)) / len(self.texts) if self.texts else 0

    @property
    def distinct(self) -> int:
        return len(set(self.texts))

    @property
    def asks(self) -> float:
        return (
            sum(text.rstrip().endswith(("?", "？", "؟")) for text in self.texts) / len(self.texts) if self.texts else 0
        )


@dataclass
class _Column:
    number: int
    head: str
    meanings: tuple[Meaning, ...]
    content: Content
    role: Column = Column.OTHER
    confidence: float = 0
    reason: str = ""

    def means(self, role: Column) -> float:
        return next((meaning.confidence for meaning in self.meanings if meaning.role == role), 0)

    def settle(self, role: Column, confidence: float, reason: str) -> None:
        self.role, self.confidence, self.reason = role, round(min(confidence, 1.0), 2), reason


def columns_of(
    sheet: Sheet, headers: Collection[int], heads: Heads, keys: Iterable[str] = ()
) -> tuple[ColumnLayout, ...]:
    """Every column with its role, left to right.

    headers  the rows that head columns, the first one names them
    keys     folded names of answer lists on other sheets: a column of such names holds options
    """
    first = min(headers, default=0)
    body = [row for row in sorted(sheet.rows) if row > first and row not in headers][:COUNTED]
    found = [_look(sheet, number, first, body, heads) for number in sheet.columns]
    question = _question_column(found)
    if question is not None:
        kind = next((m.role for m in question.meanings if m.role in QUESTION_WEIGHT), None)
        question.settle(
            Column.QUESTION, _sureness(question), f"head “{one_line(question.head)}”" if kind else "longest texts"
        )
    _by_head([each for each in found if each is not question], question)
    _by_content(found, question, len(body))
    _answer_lists(found, frozenset(keys))
    return tuple(
        ColumnLayout(
            each.number,
            one_line(each.head)[:SAMPLE_LENGTH],
            each.role,
            each.confidence,
            each.reason,
            tuple(one_line(text)[:SAMPLE_LENGTH] for text in dict.fromkeys(each.content.texts))[:SAMPLES],
            each.number in sheet.hidden_columns,
        )
        for each in found
    )


def with_role(column: ColumnLayout, role: Column) -> ColumnLayout:
    """The column as a person wants it read."""
    return replace(column, role=role, confidence=1.0, reason="chosen")


def _look(sheet: Sheet, number: int, header: int, body: list[int], heads: Heads) -> _Column:
    text = sheet.text(header, number)
    cells = [cell for row in body if (cell := sheet.rows[row].get(number)) and cell.text]
    drop_downs = sum(
        1 for row, choices in sheet.choice_columns.get(number, {}).items() if choices.options and row > header
    )
    content = Content(tuple(cell.text for cell in cells), sum(cell.kind == "number" for cell in cells), drop_downs)
    return _Column(number, text, meaning_of(text, heads) if text else (), content)


def _question_column(columns: list[_Column]) -> _Column | None:
    most = max((each.content.filled for each in columns if each.content.length >= 10), default=1)

    def score(each: _Column) -> float:
        content = each.content
        if not content.filled:
            return -1
        weight = max(
            (QUESTION_WEIGHT.get(meaning.role, 0) * meaning.confidence for meaning in each.meanings), default=0.4
        )
        if each.meanings and not weight:
            weight = -2  # its head says that it is something else
        if content.length < 8:
            weight -= 2
        return weight + min(content.length, 120) / 60 + 1.5 * min(1, content.filled / most) + content.asks

    best = max(columns, key=score, default=None)
    return best if best is not None and score(best) > 0 else None


def _sureness(question: _Column) -> float:
    named = max((each.confidence for each in question.meanings if each.role in QUESTION_WEIGHT), default=0.0)
    exact = 0.3 * named if question.means(Column.QUESTION) else 0.15 * named
    return 0.4 + exact + 0.15 * min(1, question.content.length / 40) + 0.15 * (question.content.asks > 0.5)


def _by_head(columns: list[_Column], question: _Column | None) -> None:
    for each in columns:
        for meaning in each.meanings:
            if meaning.role == Column.QUESTION:
                each.settle(Column.TEXT, meaning.confidence, f"head “{one_line(each.head)}”")
                break
            if _fits(each, meaning.role):
                each.settle(meaning.role, meaning.confidence, f"head “{one_line(each.head)}”")
                break
    for role in SINGLE:
        rivals = [each for each in columns if each.role == role]
        if len(rivals) > 1:
            best = max(rivals, key=lambda each: _merit(each, role, question))
            for each in rivals:
                if each is not best:
                    each.settle(
                        Column.COMMENT if role == Column.ANSWER else Column.OTHER, 0.5, f"another column is the {role}"
                    )


def _fits(column: _Column, role: Column) -> bool:
    """Whether what stands in the column can be that."""
    content = column.content
    if role == Column.DEPTH:
        return bool(content.texts) and all(text.isdigit() and 0 <= int(text) < 10 for text in content.texts)
    if role == Column.ASKED:
        return bool(content.texts) and content.length <= 5
    if role == Column.REF:
        return content.length <= 40
    if role == Column.SECTION:
        return content.length <= 150
    return True


def _merit(column: _Column, role: Column, question: _Column | None) -> tuple[float, ...]:
    """Which of two columns with the same role keeps it: the larger."""
    content = column.content
    if role == Column.REF:
        counts = (
            content.texts == tuple(str(number + int(content.texts[0])) for number in range(content.filled))
            if (content.texts and content.texts[0].isdigit())
            else False
        )
        return (not counts, content.distinct, column.means(role), -column.number)
    before = question is not None and column.number < question.number
    answered = sum(1 for text in content.texts if is_answer(text))
    return (content.drop_downs > 0, column.means(role), answered > 0, not before, -column.number)


def _by_content(columns: list[_Column], question: _Column | None, rows: int) -> None:
    """Columns whose heads say nothing, told by what stands in them."""
    unnamed = [each for each in columns if not each.meanings and each is not question]
    if not any(each.role == Column.ANSWER for each in columns):
        lists = [each for each in columns if each.content.drop_downs >= max(1, rows / 4) and each is not question]
        lists = [each for each in lists if each.role in {Column.OTHER, Column.COMMENT, Column.SCORE}] or []
        if lists:
            lists[0].settle(Column.ANSWER, 0.7, "drop-downs")
        elif written := [each for each in unnamed if each.content.filled and _are_answers(each.content)]:
            written[0].settle(Column.ANSWER, 0.5, "yes and no stand in it")
    before = [each for each in unnamed if question and each.number < question.number and each.role == Column.OTHER]
    if not any(each.role == Column.REF for each in columns):
        refs = [each for each in before if _are_refs(each.content)]
        if refs:
            refs[0].settle(Column.REF, 0.6, "short, all different")
    if not any(each.role == Column.SECTION for each in columns):
        groups = [each for each in before if each.role == Column.OTHER and _are_groups(each.content)]
        if groups:
            groups[0].settle(Column.SECTION, 0.4, "the same text over several rows")


def _are_answers(content: Content) -> bool:
    return sum(is_answer(text) for text in content.texts) >= 0.8 * content.filled


def _are_refs(content: Content) -> bool:
    fitting = sum(1 for text in content.texts if len(text) <= 24 and REF.match(text) and not is_answer(text))
    return content.filled >= 2 and fitting >= 0.8 * content.filled and content.distinct >= 0.8 * content.filled


def _are_groups(content: Content) -> bool:
    if content.filled < 4 or content.length < 4 or content.distinct < 2 or content.distinct > content.filled / 2:
        return False
    runs = 1 + sum(one != two for one, two in zip(content.texts, content.texts[1:], strict=False))
    return runs <= 1.2 * content.distinct


def _answer_lists(columns: list[_Column], keys: frozenset[str]) -> None:
    """A column of names of answer lists, or of the answers to choose from, holds options, whatever its head says."""
    for each in columns:
        texts = each.content.texts
        if each.role not in {Column.ANSWER, Column.OTHER, Column.KIND} or not texts:
            continue
        named = sum(1 for text in texts if keys and all(folded(line) in keys for line in text.split("\n")))
        listed = sum(1 for text in texts if len(known_answers(text)) > 1)
        if named >= 0.8 * len(texts):
            each.settle(Column.OPTIONS, 0.9, "names of answer lists")
        elif each.role == Column.ANSWER and listed >= 0.8 * len(texts) and not each.content.drop_downs:
            each.settle(Column.OPTIONS, 0.8, "lists the answers to choose from")
