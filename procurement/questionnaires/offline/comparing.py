"""What a file says against what stands in the portal: one line for each row, in groups. Nothing is changed here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.companions import said_beside
from procurement.questionnaires.importing.texts import folded, one_line
from procurement.questionnaires.models import Answer, AnswerRevision
from procurement.questionnaires.offline.cells import read_cell, shown, text_of
from procurement.questionnaires.offline.matching import How
from procurement.questionnaires.offline.reading import ReturnedRow
from procurement.questionnaires.offline.taking import Cells, fields_of, said_in, unsaid, word_for_word
from procurement.questionnaires.options import is_from_a_list
from procurement.questionnaires.values import Said
from vendors.people.actors import Actor, NotAllowed, Refused


class Group(StrEnum):
    """What a row of the file means for the portal."""

    NEW = "new"
    CHANGED = "changed"
    CONFLICT = "conflict"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    SAME = "same"
    EMPTY = "empty"
    NEWER = "newer"


# What a file may bring in. The first two do unless somebody leaves them out, the others where somebody takes them.
TAKEN = frozenset({Group.NEW, Group.CHANGED})
OFFERED = frozenset({Group.CONFLICT, Group.PROPOSED})
LONGEST_FILE_NAME = 200


class Rule(StrEnum):
    """Who wins where both have an answer."""

    AS_TICKED = "ticked"
    FILE = "file"
    PORTAL = "portal"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the file with the answer it is about.

    said        what would be saved, with `comment` and `companions`; None where the row brings nothing
    sentence    what is wrong with it, or why it cannot be taken
    is_unread   the vendor has said something that is not the reader's to see: `answer` is then without it
    """

    row: ReturnedRow
    answer: Answer
    group: Group
    said: Said | None = None
    comment: str = ""
    companions: dict[str, str] = field(default_factory=dict)
    sentence: str = ""
    is_unread: bool = False

    @property
    def has_other_words(self) -> bool:
        """Whether the file asks the question in other words than we do."""
        return bool(self.row.text) and folded(self.row.text) != folded(self.answer.question.text)

    @property
    def said_in_file(self) -> str:
        """The answer as it would stand in the portal; empty where the row brings none."""
        said = self.said or Said()
        return text_of(self.answer.question, said.value, is_not_applicable=said.is_not_applicable)

    @property
    def said_beside(self) -> list[tuple[str, str]]:
        """The further fields as they would stand in the portal, each with its title."""
        return said_beside(self.answer.question, self.companions)

    @property
    def in_portal(self) -> str:
        return text_of(self.answer.question, self.answer.value, is_not_applicable=self.answer.is_not_applicable)


@dataclass(frozen=True)
class Evidence:
    """Names of files that a row gives and that do not stand beside its answer.

    is_sent  whether a file of this name was sent with another answer
    """

    answer: Answer
    name: str
    is_sent: bool


@dataclass(frozen=True)
class Meaning:
    """How an answer in the file's own words was understood."""

    written: str
    read_as: str
    count: int


@dataclass(kw_only=True)
class Comparison:
    """All lines, and what belongs to none."""

    lines: list[Line]
    extra: list[ReturnedRow]
    missing: list[Answer]
    evidence: list[Evidence] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)

    def of(self, *groups: Group) -> list[Line]:
        return [line for line in self.lines if line.group in groups]

    @property
    def reworded(self) -> list[Line]:
        """Rows whose question was changed in our own workbook. Its words are ignored."""
        return [line for line in self.lines if line.row.how == How.KEY and line.has_other_words]

    def chosen(self, rule: Rule, *, leave: Iterable[int] = (), take: Iterable[int] = ()) -> list[Line]:
        """The lines that are brought in: by the rule, or as somebody ticked them.

        leave, take  keys of answers
        """
        left, taken = set(leave), set(take)
        by_rule = {Rule.FILE: {Group.NEW, Group.CHANGED, Group.CONFLICT}, Rule.PORTAL: {Group.NEW}}.get(rule)
        if by_rule is not None:
            return [
                line
                for line in self.lines
                if line.group in by_rule or (line.group == Group.PROPOSED and line.answer.pk in taken)
            ]
        return [
            line
            for line in self.lines
            if (line.group in TAKEN and line.answer.pk not in left)
            or (line.group in OFFERED and line.answer.pk in taken)
        ]


def compare(
    rows: Sequence[ReturnedRow],
    answers: Sequence[Answer],
    *,
    exported: Mapping[str, int] | None,
    before: Mapping[tuple[int, int], AnswerRevision],
    sent_names: Iterable[str],
    by: Actor,
    unread: Collection[int] = (),
) -> Comparison:
    """Hold each row against its answer.

    answers     all of the assessment, as `queries.answers_of` gives them
    exported    the revision each answer had in the workbook, by key; None where nobody knows: every difference from an
                answer in the portal is then a conflict
    before      revisions by answer and number
    sent_names  of every file that the vendor has sent
    unread      answers, by key, that the vendor has not handed over to whoever reads this: each is a conflict, whatever
                it says
    """
    by_key = {answer.question.key: answer for answer in answers}
    lines, extra = [], []
    for row in rows:
        answer = by_key.get(row.matched)
        if answer is None:
            extra.append(row)
            continue
        if answer.pk in unread:
            lines.append(_unread_line(row, answer, by))
        else:
            lines.append(_line(row, answer, _base(answer, exported, before), by))
    met = {line.row.matched for line in lines}
    return Comparison(
        lines=lines,
        extra=[row for row in extra if row.says_something],
        missing=[by_key[key] for key in (exported or {}) if key in by_key and key not in met],
        evidence=_evidence(lines, {name.casefold() for name in sent_names}),
        meanings=_meanings(lines),
    )


@dataclass(frozen=True)
class _Base:
    """What the answer said when the workbook was made; None where nobody knows."""

    cells: Cells | None
    is_current: bool


def _base(
    answer: Answer, exported: Mapping[str, int] | None, before: Mapping[tuple[int, int], AnswerRevision]
) -> _Base:
    number = exported.get(answer.question.key) if exported is not None else None
    if number is None:
        return _Base(None, is_current=answer.is_untouched)
    if number == 0:
        return _Base(Cells("", "", {}), is_current=answer.is_untouched)
    then = before.get((answer.pk, number))
    if then is None:
        return _Base(None, is_current=False)
    return _Base(Cells.of(answer.question, then), is_current=word_for_word(then) == word_for_word(answer))


def _unread_line(row: ReturnedRow, answer: Answer, by: Actor) -> Line:
    """A row whose answer stands on the other side and is not shown. Neither the group nor a word tells what it says."""
    blank = unsaid(answer)
    line = _line(row, blank, _Base(None, is_current=True), by)
    blank.revision = answer.revision
    group = {Group.NEW: Group.CONFLICT, Group.SAME: Group.EMPTY}.get(line.group, line.group)
    return replace(line, group=group, is_unread=True)


def _line(row: ReturnedRow, answer: Answer, base: _Base, by: Actor) -> Line:
    kept = Cells.of(answer.question, answer)
    if row.has_formula:
        sentence = _("The cell holds a formula without a result, or an error. Write the value itself.")
        return Line(row=row, answer=answer, group=Group.UNKNOWN, sentence=sentence)
    fields = fields_of(row, answer.question)
    written = Cells(shown(row.answer), shown(row.comment), {key: shown(text) for key, text in fields.items()})
    if written.are_empty:
        return Line(row=row, answer=answer, group=Group.SAME if kept.are_empty else Group.EMPTY)
    if written.add_nothing_to(kept):
        return Line(row=row, answer=answer, group=Group.SAME)
    if written == base.cells:
        return Line(row=row, answer=answer, group=Group.NEWER)
    try:
        said = said_in(row, answer, fields, kept)
    except Refused as refusal:
        return Line(row=row, answer=answer, group=Group.UNKNOWN, sentence=str(refusal))
    if word_for_word(said) == word_for_word(answer):
        return Line(row=row, answer=answer, group=Group.SAME)
    try:
        access.check_can_bring(by, answer)
    except (NotAllowed, Refused) as refusal:
        return Line(row=row, answer=answer, group=Group.CLOSED, sentence=str(refusal))
    return Line(
        row=row,
        answer=answer,
        group=_group(row, answer, base),
        said=Said(said.value, said.is_not_applicable),
        comment=said.comment,
        companions=said.companions,
    )


def _group(row: ReturnedRow, answer: Answer, base: _Base) -> Group:
    is_empty = not answer.is_given and not answer.comment and not answer.companions
    if row.how == How.SIMILAR:
        return Group.PROPOSED
    if is_empty and (base.cells is None or base.cells.are_empty):
        return Group.NEW
    return Group.CHANGED if base.is_current else Group.CONFLICT


def _evidence(lines: Iterable[Line], sent_names: set[str]) -> list[Evidence]:
    found = []
    for line in lines:
        beside = {each.file.name.casefold() for each in line.answer.files}
        names = (one_line(name)[:LONGEST_FILE_NAME] for name in line.row.evidence.replace(";", "\n").split("\n"))
        for name in dict.fromkeys(name for name in names if name):
            if name.casefold() not in beside:
                found.append(Evidence(line.answer, name, name.casefold() in sent_names))
    return found


def _meanings(lines: Iterable[Line]) -> list[Meaning]:
    """The spellings of choices that are not ours, each with what it was read as ("" where it stays blank)."""
    counts: dict[tuple[str, str], int] = {}
    for line in lines:
        question = line.answer.question
        tells_nothing = line.group in (Group.SAME, Group.NEWER, Group.CLOSED)
        if tells_nothing or not is_from_a_list(question) or not line.row.answer:
            continue
        read_as = line.said_in_file if line.said else _read_by_itself(line)
        if read_as != line.row.answer:
            counts[line.row.answer, read_as] = counts.get((line.row.answer, read_as), 0) + 1
    return [Meaning(written, read_as, count) for (written, read_as), count in counts.items()]


def _read_by_itself(line: Line) -> str:
    """What the answer of a row that stays out would say: what is wrong may stand in another cell."""
    question = line.answer.question
    try:
        said = read_cell(question, line.row.answer)
    except Refused:
        return ""
    return text_of(question, said.value, is_not_applicable=said.is_not_applicable)
