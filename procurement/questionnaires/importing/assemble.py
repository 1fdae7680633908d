"""Sheets with their roles → sections and questions, with kinds, options, help and the answers they brought."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from procurement.questionnaires.importing.answers import (
    answered,
    asks_for_words,
    is_answer,
    is_placeholder,
    kind_of,
    known_answers,
    listed_options,
    options_in_brackets,
    scale_in,
)
from procurement.questionnaires.importing.boxes import boxed, is_ticked
from procurement.questionnaires.importing.draft import Companion, Kind, Question
from procurement.questionnaires.importing.file_rules import rule_in
from procurement.questionnaires.importing.grid import Choices
from procurement.questionnaires.importing.layout import RowKind, RowLayout, SectionSource, SheetRole
from procurement.questionnaires.importing.limits import QUESTIONS, ImportRefused
from procurement.questionnaires.importing.row_texts import NUMBERED, is_instruction, is_title
from procurement.questionnaires.importing.rows import MARKS
from procurement.questionnaires.importing.sections import by_prefix, sheet_is_section
from procurement.questionnaires.importing.sheets import Reading
from procurement.questionnaires.importing.texts import folded, one_line
from procurement.questionnaires.importing.weights import weights_of
from procurement.questionnaires.importing.words import Column

AnswerLists = Mapping[str, tuple[str, str]]
IN_ITS_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]+)[)）\]]")
REQUIRED = MARKS | {"required", "mandatory", "obligatorio", "obligatoire", "pflicht"}


def questions_of(readings: Sequence[Reading], lists: AnswerLists, title: str) -> tuple[tuple[str, ...], list[Question]]:
    """The titles of the sections and the questions, in the file's order. Raises ImportRefused for too many."""
    chosen = [each for each in readings if each.layout.role == SheetRole.QUESTIONS and each.questions]
    if sum(len(each.questions) for each in chosen) > QUESTIONS:
        raise ImportRefused("questions")
    places: dict[tuple[str, str], int] = {}
    sections: list[str] = []
    questions: list[Question] = []
    for reading, titles in zip(chosen, _titles(chosen, title), strict=True):
        for question in _Sheet(reading, lists).questions():
            name = titles[question.row]
            # The same title on two sheets is two sections, unless a column says that it is one.
            joined = reading.layout.sections in {SectionSource.COLUMN, SectionSource.DEPTH}
            key = ("" if joined else reading.layout.name, folded(name) or name)
            if key not in places:
                places[key] = len(sections)
                sections.append(name)
            questions.append(replace(question, section=places[key]))
    return tuple(sections), questions


def _titles(chosen: Sequence[Reading], title: str) -> Iterator[Mapping[int, str]]:
    """The section's title for each question's row, sheet by sheet. What has none takes the sheet's, or the file's."""
    names = {each.layout.name: each.titles for each in chosen}
    sources = {each.layout.name: each.layout.sections for each in chosen}
    by_sheet = sheet_is_section(names, sources)
    for reading in chosen:
        found = dict(reading.titles)
        if by_sheet:
            reading.layout = replace(reading.layout, sections=SectionSource.SHEET)
            found = dict.fromkeys(found, reading.layout.name)
        elif reading.layout.sections == SectionSource.NONE and len(chosen) == 1:
            prefixes = by_prefix({row: reading.table.told(row, Column.REF) for row in found})
            if prefixes:
                reading.layout = replace(reading.layout, sections=SectionSource.PREFIX)
                found = prefixes
        spare = reading.layout.name if len(chosen) > 1 else (title_above(reading) or title)
        yield {row: name or spare for row, name in found.items()}


def title_above(reading: Reading) -> str:
    """The first title above the heads of a sheet, "" where there is none."""
    first = min(reading.table.headers, default=0)
    for row in sorted(row for row in reading.table.sheet.rows if row < first):
        for _column, cell in sorted(reading.table.sheet.rows[row].items()):
            if cell.kind == "text" and is_title(cell.text) and not is_instruction(cell.text) and len(cell.text) > 2:
                return one_line(cell.text)
    return ""


class _Sheet:
    """The questions of one sheet."""

    def __init__(self, reading: Reading, lists: AnswerLists) -> None:
        self.reading, self.table, self.lists = reading, reading.table, lists
        self.asked = reading.questions
        self.marks = {each.column: each.head for each in self.table.columns if each.role == Column.CHOICE}
        self.headed = tuple(self.marks.values()) or _options_in_head(reading)
        self.is_answered = any(self._written(row) for row in self.asked)
        self.weights = weights_of(self.table.told(row.row, Column.WEIGHT) for row in self.asked)

    def questions(self) -> Iterator[Question]:
        below = self._help_below()
        for row in self.asked:
            yield self._question(row, below.get(row.row, []))

    def _question(self, row: RowLayout, below: list[str]) -> Question:
        text, ref = self._text_and_ref(row)
        told, options, validation = self._choices(row.row, text)
        written = self._written(row)
        if boxes := boxed(written):
            options = options or tuple(dict.fromkeys(label for label, _ticked in boxes))
            written = "\n".join(label for label, ticked in boxes if ticked)
        elif len(known_answers(written)) > 1 and not options:
            options = listed_options(written)
        kind = kind_of(text, told=told, options=options, validation=validation)
        if kind == Kind.LONG_TEXT and not told and is_answer(written):
            kind = Kind.YES_NO_PARTIAL_NA
        if kind in {Kind.SINGLE, Kind.MULTI} and not options:
            options = options_in_brackets(text)
        answer = "" if is_placeholder(written) else written
        evidence = self.table.told(row.row, Column.EVIDENCE)
        beside = self._companions(row.row)
        return Question(
            ref=ref,
            section=0,
            text=text,
            kind=kind,
            options=tuple(options),
            help="\n".join(
                self._help(row.row, text) + below + ([evidence] if evidence and not self.is_answered else [])
            ),
            answer=answered(answer, options),
            written=answer,
            comment=self._comment(row.row, beside),
            companions=beside,
            evidence=evidence if self.is_answered else "",
            required=self._required(row.row),
            file_rule=rule_in(self.table.told(row.row, Column.NEEDS_FILE)),
            weighing=(weighing := self.table.told(row.row, Column.WEIGHT)),
            weight=self.weights.get(weighing),
            sheet=self.table.sheet.name,
            row=row.row,
        )

    def _text_and_ref(self, row: RowLayout) -> tuple[str, str]:
        text = self.table.question_texts.get(row.row, "")
        if not text:
            columns = self.table.all_of(Column.TEXT, Column.NAME)
            text = next((found for column in columns if (found := self.table.sheet.text(row.row, column))), row.text)
        if self.table.is_numbered and (number := NUMBERED.match(text)):
            return text[number.end() :], number[1]
        return text, self.table.ref(row.row)

    def _choices(self, row: int, text: str) -> tuple[str, tuple[str, ...], str]:
        """What the type column says, the options, and what the answer's cell takes."""
        told = self.table.told(row, Column.KIND)
        column = self.table.column(Column.ANSWER)
        choices = self.table.sheet.choices.get((row, column), Choices("", ())) if column else Choices("", ())
        if choices.options:
            return told, choices.options, ""
        written = self.table.told(row, Column.OPTIONS)
        names = [folded(line) for line in written.split("\n")]
        if written and all(name in self.lists for name in names):
            if len(names) > 1:
                return "", (), ""  # several questions in one cell, each with a list of its own
            kind, listed = self.lists[names[0]]
            return kind or told, listed_options(listed), ""
        options = listed_options(written)
        if not options and len(known_answers(told)) > 1:
            options = listed_options(told)
        if not options and not told and (self.marks or not asks_for_words(text)):
            options = self.headed
        return told, options, choices.kind if choices.kind != "list" else ""

    def _companions(self, row: int) -> tuple[Companion, ...]:
        """The further fields of the row, each called as its column; a drop-down makes it a choice."""
        sheet = self.table.sheet
        return tuple(
            Companion(
                one_line(column.head),
                sheet.choices.get((row, column.column), Choices("", ())).options,
                sheet.text(row, column.column),
            )
            for column in self.table.columns
            if column.role == Column.COMPANION and column.head
        )

    def _written(self, row: RowLayout) -> str:
        """The answer as the file has it: a text, or the head of the one column with a mark."""
        marked = [head for column, head in self.marks.items() if is_ticked(self.table.sheet.text(row.row, column))]
        return marked[0] if len(marked) == 1 else self.table.told(row.row, Column.ANSWER)

    def _comment(self, row: int, beside: Sequence[Companion]) -> str:
        """The comment, and what somebody wrote on the answer's cell. What came along in a further field of text is a
        comment too, for a reader that knows no further fields."""
        told = self.table.told(row, Column.COMMENT) or next((each.written for each in beside if not each.options), "")
        return "\n".join(filter(None, (told, self._note_on(row, Column.ANSWER))))

    def _note_on(self, row: int, role: Column) -> str:
        column = self.table.column(role)
        return self.table.sheet.notes.get((row, column), "") if column else ""

    def _help(self, row: int, text: str) -> list[str]:
        sheet = self.table.sheet
        found = [sheet.text(row, column) for column in self.table.all_of(Column.HELP, Column.TEXT)]
        found.append(self._note_on(row, Column.QUESTION))
        return [each for each in dict.fromkeys(found) if each and each != text]

    def _help_below(self) -> dict[int, list[str]]:
        """Rows of help by the question they stand below."""
        found: dict[int, list[str]] = {}
        question = 0
        for row in self.reading.rows:
            if row.kind == RowKind.QUESTION:
                question = row.row
            elif row.kind == RowKind.HELP and question:
                texts = [cell.text for _column, cell in sorted(self.table.sheet.rows[row.row].items()) if cell.text]
                found.setdefault(question, []).append(max(texts, key=len))
            elif row.kind in {RowKind.SECTION, RowKind.HEADER}:
                question = 0
        return found

    def _required(self, row: int) -> bool | None:
        column = self.table.column(Column.REQUIRED)
        layout = next((each for each in self.table.columns if each.column == column), None)
        if layout is None or "optional" in folded(layout.head):
            return None
        return folded(self.table.told(row, Column.REQUIRED)) in REQUIRED


def _options_in_head(reading: Reading) -> tuple[str, ...]:
    """The answers to choose from, where their head lists them: "Completed (Yes/No/N/A)", "Rating (1-5)"."""
    column = reading.table.column(Column.ANSWER)
    head = next((each.head for each in reading.table.columns if each.column == column), "") if column else ""
    found = IN_ITS_BRACKETS.search(head)
    for text in (found[1] if found else "", head):
        if len(known_answers(text)) > 1:
            return listed_options(text)
    return scale_in(found[1]) if found else ()
