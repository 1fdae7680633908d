"""What the pages of an import show: sheets with guessed roles, columns with samples, rows with what they become."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.imported import kind_of
from procurement.questionnaires.importing.draft import Draft, Kind, Question
from procurement.questionnaires.importing.layout import ColumnLayout, Layout, RowKind, RowLayout, SheetLayout, SheetRole
from procurement.questionnaires.importing.words import Column
from procurement.questionnaires.models import ImportJob

ROWS_A_PAGE = 100
SURE = 0.75
# A row that is judged by its look alone.
_WEAK = frozenset(
    {
        "text in the questions' column",
        "filled like the other questions",
        "a short text alone in its row",
        "a text alone below a question",
        "a text alone in its row",
        "a text alone",
        "short, without a drop-down",
        "no text in the questions' column",
    }
)
_DUPLICATES = frozenset({"duplicate_ref", "repeated_sheet"})
ASKING = ("?", "？", "؟")

SHEET_ROLES: dict[SheetRole, str | Promise] = {
    SheetRole.QUESTIONS: _("Questions"),
    SheetRole.INSTRUCTIONS: _("Instructions"),
    SheetRole.LISTS: _("Lists of answers"),
    SheetRole.SCORING: _("Scoring"),
    SheetRole.HISTORY: _("History of changes"),
    SheetRole.COPY: _("A copy of another sheet"),
    SheetRole.OTHER: _("Something else"),
    SheetRole.EMPTY: _("Empty"),
}
COLUMN_ROLES: dict[Column, str | Promise] = {
    Column.REF: _("Reference"),
    Column.QUESTION: _("Question"),
    Column.TEXT: _("Text of the row"),
    Column.NAME: _("Short title"),
    Column.ANSWER: _("Answer"),
    Column.CHOICE: _("Marks below an answer"),
    Column.COMMENT: _("Comment"),
    Column.COMPANION: _("Further field beside the answer"),
    Column.EVIDENCE: _("Expected evidence"),
    Column.NEEDS_FILE: _("Marks: needs a file or not"),
    Column.OPTIONS: _("Choices"),
    Column.KIND: _("Kind of answer"),
    Column.SECTION: _("Section"),
    Column.HELP: _("Help"),
    Column.DEPTH: _("Depth"),
    Column.ASKED: _("Mark of a question"),
    Column.REQUIRED: _("Required"),
    Column.WEIGHT: _("Weight"),
    Column.HISTORY: _("History"),
    Column.SCORE: _("Score"),
    Column.TRANSLATION: _("The questions in another language, left out"),
    Column.OTHER: _("Not read"),
}
ROW_KINDS: dict[RowKind, str | Promise] = {
    RowKind.QUESTION: _("Question"),
    RowKind.SECTION: _("Section title"),
    RowKind.HELP: _("Help for the question above"),
    RowKind.HEADER: _("Column heads"),
    RowKind.INSTRUCTION: _("Instruction, left out"),
    RowKind.NOISE: _("Total or closing, left out"),
    RowKind.SKIP: _("Left out"),
}


@dataclass(frozen=True)
class Row:
    """One row of a sheet as the wizard shows it. `question` where it became one."""

    layout: RowLayout
    kind: Kind | None
    question: Question | None
    is_unsure: bool
    is_duplicate: bool

    @property
    def what(self) -> str | Promise:
        return ROW_KINDS[self.layout.kind]


@dataclass(frozen=True)
class Shown:
    """A column with its letter and how sure the guess is, in whole percent."""

    layout: ColumnLayout
    letter: str
    percent: int

    @property
    def is_unsure(self) -> bool:
        """Columns that are not read need no look."""
        return self.layout.confidence < SURE and self.layout.role != Column.OTHER


@dataclass
class SheetPage:
    """One sheet: its columns, its rows, and how many rows each filter leaves."""

    number: int
    layout: SheetLayout
    columns: list[Shown] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def filtered(self, name: str) -> list[Row]:
        """The rows that this filter leaves."""
        _label, holds = FILTERS[name]
        return [row for row in self.rows if holds(row)]


Holds = Callable[[Row], bool]
FILTERS: dict[str, tuple[str | Promise, Holds]] = {
    "all": (_("All rows"), lambda _row: True),
    "questions": (_("Questions"), lambda row: row.layout.kind == RowKind.QUESTION),
    "unsure": (_("Unsure"), lambda row: row.is_unsure),
    "duplicate": (_("Duplicate id"), lambda row: row.is_duplicate),
    "hidden": (_("Hidden"), lambda row: row.layout.hidden),
}


def layout_of(job: ImportJob) -> Layout:
    return Layout.from_json(job.layout)


def reading_of(job: ImportJob) -> Draft:
    return Draft.from_json(job.reading)


@dataclass(frozen=True)
class Warned:
    """What a person should look at, in their language; `number` of the sheet and filter that show it, where rows do."""

    sentence: str
    number: int = 0
    rows: str = ""


def warnings_of(layout: Layout, draft: Draft) -> list[Warned]:
    numbers = {sheet.name: number for number, sheet in enumerate(layout.sheets, start=1)}
    found = []
    for note in draft.notes:
        why = {"why": _t(note.about["why"])} if "why" in note.about else {}
        sentence = _t(note.template).format(**note.about | why)
        number = next((numbers[sheet] for sheet, _row in note.rows if sheet in numbers), 0)
        rows = "duplicate" if note.code in _DUPLICATES else "hidden" if note.code == "hidden_rows" else "unsure"
        found.append(Warned(sentence, number, rows))
    return found


def section_counts(draft: Draft) -> list[tuple[str, int]]:
    """Each section with the number of its questions."""
    counts = [0] * len(draft.sections)
    for question in draft.questions:
        counts[question.section] += 1
    return [(title, count) for title, count in zip(draft.sections, counts, strict=True) if count]


def questions_by_sheet(draft: Draft) -> dict[str, int]:
    counts: dict[str, int] = {}
    for question in draft.questions:
        counts[question.sheet] = counts.get(question.sheet, 0) + 1
    return counts


def sheet_page(job: ImportJob, number: int) -> SheetPage:
    """The sheet with this number, counted from 1. Raises IndexError for any other."""
    layout, draft = layout_of(job), reading_of(job)
    sheet = layout.sheets[number - 1]
    asked = {each.row: each for each in draft.questions if each.sheet == sheet.name}
    noted = _rows_of_notes(draft, sheet.name)
    page = SheetPage(number, sheet, [_shown(each) for each in sheet.columns])
    for row in sheet.rows:
        question = asked.get(row.row) if row.kind == RowKind.QUESTION else None
        page.rows.append(
            Row(
                layout=row,
                kind=kind_of(question, job.kinds) if question else None,
                question=question,
                is_unsure=not row.decided and (row.row in noted[False] or _is_weak(row)),
                is_duplicate=row.row in noted[True],
            )
        )
    return page


def _rows_of_notes(draft: Draft, sheet: str) -> dict[bool, set[int]]:
    """Rows that notes point at, those about duplicates apart (True)."""
    found: dict[bool, set[int]] = {True: set(), False: set()}
    for note in draft.notes:
        found[note.code in _DUPLICATES] |= {row for name, row in note.rows if name == sheet}
    return found


def _is_weak(row: RowLayout) -> bool:
    if row.kind == RowKind.QUESTION or row.kind == RowKind.SECTION:
        return row.reason in _WEAK and not row.text.endswith(ASKING)
    return row.reason in _WEAK and row.text.endswith(ASKING)


def _shown(column: ColumnLayout) -> Shown:
    return Shown(column, letter_of(column.column), round(column.confidence * 100))


def letter_of(column: int) -> str:
    """1 → A, 27 → AA, as a spreadsheet heads its columns."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters


def kinds_for(question: Question) -> Sequence[Kind]:
    """How this question may be answered: from its list where it has one."""
    listed = (Kind.SINGLE, Kind.MULTI) if len(question.options) > 1 else ()
    return (*listed, *_WITHOUT_LIST)


_WITHOUT_LIST = (
    Kind.YES_NO,
    Kind.YES_NO_PARTIAL_NA,
    Kind.SHORT_TEXT,
    Kind.LONG_TEXT,
    Kind.NUMBER,
    Kind.DATE,
    Kind.FILE,
    Kind.LOCATION,
    Kind.CONTACT,
    Kind.INFO,
)


def with_sheets(layout: Layout, sheets: Iterable[SheetLayout]) -> Layout:
    """The layout with these sheets in place of those of the same name."""
    changed = {sheet.name: sheet for sheet in sheets}
    kept = tuple(changed.get(sheet.name, sheet) for sheet in layout.sheets)
    return Layout(layout.kind, kept, layout.profile, layout.encoding, layout.title)
