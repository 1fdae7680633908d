"""What stands in a column, measured: lengths, repetitions, ids, answers, drop-downs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from procurement.questionnaires.importing.answers import is_answer
from procurement.questionnaires.importing.boxes import boxed
from procurement.questionnaires.importing.grid import Sheet
from procurement.questionnaires.importing.row_texts import ASKING
from procurement.questionnaires.importing.texts import length

LONGEST_REF, WORDS_OF_REF = 24, 3


@dataclass(frozen=True)
class Content:
    """What stands in a column below the heads.

    by_row          texts of the rows that are looked at
    drop_downs      how many rows have one
    offers_answers  whether they say yes and no
    """

    by_row: Mapping[int, str]
    drop_downs: int = 0
    offers_answers: bool = False

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(self.by_row.values())

    @property
    def filled(self) -> int:
        return len(self.by_row)

    @cached_property
    def length(self) -> float:
        """The usual length of a text."""
        return sum(map(length, self.texts)) / len(self.texts) if self.texts else 0

    @cached_property
    def distinct(self) -> int:
        return len(set(self.texts))

    @cached_property
    def asks(self) -> float:
        """The share of texts that end with a question mark."""
        return sum(text.rstrip().endswith(ASKING) for text in self.texts) / len(self.texts) if self.texts else 0

    def beside(self, other: "Content") -> tuple[str, ...]:
        """Texts of the rows where the other column has one as well."""
        return tuple(text for row, text in self.by_row.items() if row in other.by_row)

    @property
    def counts_rows(self) -> bool:
        """1, 2, 3 …: it says nothing that the order of the rows does not say."""
        first = self.texts[0] if self.texts else ""
        return first.isdigit() and self.texts == tuple(str(int(first) + step) for step in range(self.filled))

    @property
    def are_answers(self) -> bool:
        return sum(is_answer(text) or bool(boxed(text)) for text in self.texts) >= 0.8 * self.filled > 0

    @property
    def are_groups(self) -> bool:
        """The same text over several rows, then another one."""
        if self.filled < 4 or self.length < 4 or not 2 <= self.distinct <= self.filled / 2:
            return False
        return 1 + sum(one != two for one, two in pairwise(self.texts)) <= 1.2 * self.distinct


def content_of(sheet: Sheet, column: int, header: int, rows: Iterable[int]) -> Content:
    """What stands in these rows of a column, and the drop-downs below its head."""
    texts = {row: cell.text for row in rows if (cell := sheet.rows[row].get(column)) and cell.text}
    choices = sheet.choice_columns.get(column, {})
    lists = [each.options for row, each in choices.items() if each.options and row > header]
    return Content(texts, len(lists), bool(lists) and sum(map(is_answer, lists[0])) >= 2)


def are_refs(texts: Sequence[str]) -> bool:
    """Short, with a digit, all different: ids."""
    fitting = sum(
        len(text) <= LONGEST_REF and len(text.split()) <= WORDS_OF_REF and any(map(str.isdigit, text)) for text in texts
    )
    return len(texts) >= 2 and fitting >= 0.8 * len(texts) and len(set(texts)) >= 0.8 * len(texts)
