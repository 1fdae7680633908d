"""What each column of a sheet holds: told by its head, checked against what stands in it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from procurement.questionnaires.importing.answer_words import NO, SPELLINGS, YES
from procurement.questionnaires.importing.answers import is_answer, known_answers
from procurement.questionnaires.importing.contents import Content, are_refs, content_of
from procurement.questionnaires.importing.file_rules import says_which_need_a_file
from procurement.questionnaires.importing.grid import Sheet
from procurement.questionnaires.importing.heads import Heads, Meaning, meaning_of
from procurement.questionnaires.importing.languages import language_of
from procurement.questionnaires.importing.layout import ColumnLayout
from procurement.questionnaires.importing.texts import folded, one_line
from procurement.questionnaires.importing.words import Column

SAMPLES = 5
SAMPLE_LENGTH = 80
COUNTED = 400  # rows that are looked at to know a column
# How much a head speaks for the column of questions.
QUESTION_WEIGHT = {Column.QUESTION: 3.0, Column.TEXT: 1.6, Column.NAME: 0.8}
# Once per sheet: of several columns the best one keeps the role.
SINGLE = (Column.REF, Column.ANSWER, Column.KIND, Column.OPTIONS, Column.DEPTH, Column.ASKED, Column.REQUIRED)

# What a column of marks about files may be taken for by its head, and what one of translated questions. Answers and
# comments in another language are what somebody wrote, and help may be in any.
MARKS_SEEM = (
    Column.OTHER,
    Column.TEXT,
    Column.NAME,
    Column.HELP,
    Column.COMMENT,
    Column.EVIDENCE,
    Column.REQUIRED,
    Column.ANSWER,
)
TRANSLATIONS_SEEM = (Column.OTHER, Column.TEXT, Column.NAME)
FEWEST_ALIKE, MOSTLY, AS_LONG = 3, 0.8, 2.5


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
    question = _first_told(found, _question_column(found))
    if question is not None:
        kind = next((m.role for m in question.meanings if m.role in QUESTION_WEIGHT), None)
        question.settle(
            Column.QUESTION, _sureness(question), f"head “{one_line(question.head)}”" if kind else "longest texts"
        )
    _choices([each for each in found if each is not question])
    _by_head([each for each in found if each is not question and each.role != Column.CHOICE], question)
    _files_and_translations(found, question)
    _by_content(found, question, len(body))
    if not headers and question is not None:
        _beside_questions(found, question)
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
    return _Column(number, text, meaning_of(text, heads) if text else (), content_of(sheet, number, header, body))


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


def _first_told(columns: list[_Column], question: _Column | None) -> _Column | None:
    """Of questions in several languages the leftmost: whoever made the file wrote those first."""
    if question is None:
        return None
    same = [each for each in columns if each.means(Column.QUESTION) and _translates(each, question)]
    return min([question, *same], key=lambda each: each.number)


def _translates(column: _Column, question: _Column) -> bool:
    """Whether it says in another language what the questions say: a text of its own beside most of them, about as long,
    that asks where they ask."""
    content, asked = column.content, question.content
    beside = content.beside(asked)
    if column is question or len(beside) < FEWEST_ALIKE or len(beside) < MOSTLY * asked.filled:
        return False
    if len(set(beside)) < MOSTLY * len(beside) or abs(content.asks - asked.asks) > 1 - MOSTLY:
        return False
    if not 1 / AS_LONG <= content.length / max(1, asked.length) <= AS_LONG:
        return False
    language, of_questions = language_of(content.texts), language_of(asked.texts)
    return bool(language and of_questions) and language != of_questions


def _files_and_translations(columns: list[_Column], question: _Column | None) -> None:
    """Marks that say which questions need a file, and the questions once more in another language, are no help."""
    for each in columns:
        if each is question:
            continue
        sure = says_which_need_a_file(each.head, each.content.texts, is_chosen=each.content.drop_downs > 0)
        if sure and each.role in MARKS_SEEM:
            each.settle(Column.NEEDS_FILE, sure, f"head “{one_line(each.head)}”, and marks below")
        elif question is not None and each.role in TRANSLATIONS_SEEM and _translates(each, question):
            each.settle(Column.TRANSLATION, 0.7, "the questions in another language")


def _sureness(question: _Column) -> float:
    named = max((each.confidence for each in question.meanings if each.role in QUESTION_WEIGHT), default=0.0)
    exact = 0.3 * named if question.means(Column.QUESTION) else 0.15 * named
    return 0.4 + exact + 0.15 * min(1, question.content.length / 40) + 0.15 * (question.content.asks > 0.5)


def _choices(columns: list[_Column]) -> None:
    """Columns headed "Yes", "No" and so on, where both stand in the heads: people put a mark below."""
    answers = [each for each in columns if is_answer(each.head) and not each.content.drop_downs]
    for those in (*_neighbours(answers), answers):
        if {YES, NO} <= {SPELLINGS[folded(each.head)] for each in those}:
            for each in those:
                each.settle(Column.CHOICE, 0.9, "an answer as its head")
            return


def _neighbours(columns: list[_Column]) -> list[list[_Column]]:
    """Runs of columns that stand next to each other: "N." far left of "SI" and "NO" heads the numbers."""
    runs: list[list[_Column]] = []
    for each in columns:
        if runs and runs[-1][-1].number == each.number - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


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
        return (not content.counts_rows, content.distinct, column.means(role), -column.number)
    before = question is not None and column.number < question.number
    answered = sum(1 for text in content.texts if is_answer(text))
    return (content.drop_downs > 0, column.means(role), answered > 0, not before, -column.number)


def _by_content(columns: list[_Column], question: _Column | None, rows: int) -> None:
    """Columns whose heads say nothing, told by what stands in them."""
    _answer_column(columns, question, rows)
    before = [each for each in columns if question and each.number < question.number]
    if question and not any(each.role == Column.REF for each in columns):
        loose = [each for each in before if each.role in {Column.OTHER, Column.TEXT, Column.NAME}]
        refs = [each for each in loose if are_refs(each.content.beside(question.content))]
        if refs:
            refs[0].settle(Column.REF, 0.6, "short, all different")
    if not any(each.role == Column.SECTION for each in columns):
        groups = [
            each for each in before if not each.meanings and each.role == Column.OTHER and each.content.are_groups
        ]
        if groups:
            groups[0].settle(Column.SECTION, 0.4, "the same text over several rows")


def _answer_column(columns: list[_Column], question: _Column | None, rows: int) -> None:
    """A drop-down is the best sign of the answers: of yes and no against any head, others where no head speaks."""
    if any(each.role == Column.CHOICE for each in columns):
        return
    headed = [each for each in columns if each.role == Column.ANSWER]
    free = [
        each for each in columns if each is not question and each.role in {Column.OTHER, Column.COMMENT, Column.SCORE}
    ]
    lists = [each for each in free if each.content.drop_downs >= max(1, rows / 4)]
    if headed and not headed[0].content.drop_downs:
        if plain := [each for each in lists if each.content.offers_answers]:
            headed[0].settle(Column.OTHER, 0.5, "another column has the drop-downs of the answers")
            plain[0].settle(Column.ANSWER, 0.8, "drop-downs of yes and no")
    elif not headed and lists:
        best = next((each for each in lists if each.content.offers_answers), lists[0])
        best.settle(Column.ANSWER, 0.7, "drop-downs")
    elif not headed:
        written = [each for each in free if not each.meanings and each.content.are_answers]
        if written:
            written[0].settle(Column.ANSWER, 0.5, "yes and no stand in it")


def _beside_questions(columns: list[_Column], question: _Column) -> None:
    """Without heads, people answer right beside the question, and comment beside that."""
    if any(each.role in {Column.ANSWER, Column.CHOICE} for each in columns):
        taken = next((each.number for each in columns if each.role == Column.ANSWER), question.number)
        roles = [Column.COMMENT]
    else:
        taken, roles = question.number, [Column.ANSWER, Column.COMMENT]
    free = [each for each in columns if each.number > taken and each.role == Column.OTHER]
    for each, role in zip(free, roles, strict=False):
        each.settle(role, 0.4, "beside the questions, without a head")


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
