"""A sheet with its heads and columns known: what the rules about rows and sections look at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from procurement.questionnaires.importing.grid import Choices, Sheet
from procurement.questionnaires.importing.heads import repeats_header
from procurement.questionnaires.importing.layout import ColumnLayout
from procurement.questionnaires.importing.row_texts import ASKING, NUMBERED, is_parent, ref_shape
from procurement.questionnaires.importing.steps import Steps, steps_of
from procurement.questionnaires.importing.texts import folded, length
from procurement.questionnaires.importing.words import Column

# A column of answers belongs to the questions when this share of the rows has its drop-down.
USUAL = 0.4
MOST = 0.8
MOST_ASPECTS = 50  # that one question is asked about
ASPECTS = (Column.OTHER, Column.TEXT, Column.NAME, Column.HELP)
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
        once = [
            row
            for row in self.headers
            if any(self.header_texts[folded(c.text)] == 1 for c in self.sheet.rows[row].values())
        ]
        return len(once) > 1 and len(once) >= len(self.headers) / 2

    @cached_property
    def question_texts(self) -> dict[int, str]:
        column = self.column(Column.QUESTION)
        cells = ((row, self.sheet.rows[row].get(column)) for row in self.body) if column else ()
        texts = {row: cell.written for row, cell in cells if cell and cell.written}
        return dict(sorted({**texts, **self.parted}.items()))

    @cached_property
    def parted(self) -> Mapping[int, str]:
        """A question merged over several rows, each of which names what it is asked about: one question for each."""
        column = self.column(Column.QUESTION)
        found: dict[int, str] = {}
        for area in self.sheet.merges:
            rows = range(area.top, area.bottom + 1)
            text = self.sheet.text(area.top, area.left)
            if area.left != column or area.right != column or not text or len(rows) > MOST_ASPECTS:
                continue
            for beside in (each.column for each in self.columns if each.column > column and each.role in ASPECTS):
                aspects = [self.sheet.text(row, beside) for row in rows]
                if all(aspects) and len(set(aspects)) == len(aspects) > 1:
                    found |= {row: f"{text} – {aspect}" for row, aspect in zip(rows, aspects, strict=True)}
                    break
        return found

    @cached_property
    def steps(self) -> Steps:
        """Numbers in a column for each level, where there is more than one such column."""
        column = self.column(Column.QUESTION)
        return steps_of(self.sheet, column, list(self.question_texts)) if column and self.question_texts else Steps()

    @cached_property
    def usual_look(self) -> tuple[bool, bool, bool]:
        """Whether most texts of the questions' column are bold, coloured, in capitals."""
        column = self.column(Column.QUESTION)
        rows = [self.sheet.rows[row] for row in self.question_texts]
        cells = [cells[column] for cells in rows if column in cells] if column else []
        looks = (
            [each.bold for each in cells],
            [each.filled for each in cells],
            [each.text.isupper() for each in cells],
        )
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
        if self.column(Column.REF) is None and not self.steps.ref:
            return False
        return sum(bool(self.has_ref(row)) for row in self.question_texts) >= USUAL * len(self.question_texts)

    def has_ref(self, row: int) -> bool:
        """An id, or a formula in its place that has no stored result."""
        if row in self.steps.ref:
            return True
        column = self.column(Column.REF)
        cell = self.sheet.rows[row].get(column) if column else None
        return cell is not None and (bool(cell.text) or cell.kind == "uncached")

    @cached_property
    def shapes_of_refs(self) -> set[str]:
        """How the ids of rows with a drop-down are built; a title has another id or none."""
        return {ref_shape(ref) for row in self.drop_downs if (ref := self.ref(row))}

    @cached_property
    def is_numbered(self) -> bool:
        """Whether ids stand at the beginning of the texts, because no column holds them."""
        if self.column(Column.REF) is not None or self.steps.ref or not self.question_texts:
            return False
        numbered = sum(NUMBERED.match(text) is not None for text in self.question_texts.values())
        return numbered >= MOST * len(self.question_texts)

    def ref(self, row: int) -> str:
        """The id of a row: of its column, or the number that its text begins with."""
        if self.steps.ref:
            return self.steps.ref.get(row, "")
        if self.is_numbered and (number := NUMBERED.match(self.question_texts.get(row, ""))):
            return number[1]
        return self.told(row, Column.REF)

    @cached_property
    def parents(self) -> set[int]:
        """Rows whose id begins the id of the next row that has one: 2 before 2.1."""
        if self.steps.level:
            return {row for row, below in pairwise(self.steps.level) if self.steps.level[row] < self.steps.level[below]}
        refs = [(row, ref) for row in self.body if (ref := self.ref(row))]
        return {row for (row, ref), (_next, below) in pairwise(refs) if is_parent(ref, below)}

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
        return {row for row, below in pairwise(rows) if self.depths[below] > self.depths[row]}

    @cached_property
    def companions(self) -> list[int]:
        """Columns that tell a question from a title: what most rows with a question's text have filled."""
        apart = {Column.QUESTION, Column.REF, Column.DEPTH, Column.NAME, Column.SECTION}
        candidates = [each.column for each in self.columns if each.role not in apart]
        rows = [self.sheet.rows[row] for row in self.question_texts]
        return [column for column in candidates if sum(column in row for row in rows) > 0.6 * len(rows)]


def headers_of(sheet: Sheet, header: int | None) -> tuple[int, ...]:
    """The row that heads the columns and the rows below that say it again."""
    if header is None:
        return ()
    again = [row for row in sorted(sheet.rows) if row > header and repeats_header(sheet.rows[row], sheet.rows[header])]
    return (header, *again)
