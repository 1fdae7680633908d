"""Which row of a file is which of our questions. Pure.

The hidden key says it, else the reference with the same words, else the same words; a similar text is only proposed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from procurement.questionnaires.importing.texts import folded

SIMILAR_FROM = 70  # of 100, the words in any order: what is less alike is not worth a person's look
SAME_REF_FROM = 80  # under the same reference, what differs in a word or two is the same question
MOST_PAIRS = 9_000_000  # a few seconds' work


class How(StrEnum):
    """How a row found its question."""

    KEY = "key"
    WORDS = "words"
    REF = "ref"
    SIMILAR = "similar"
    NONE = "none"


@dataclass(frozen=True)
class Asked:
    """One of our questions."""

    key: str
    ref: str
    text: str


@dataclass(frozen=True)
class Row:
    """One row of the file; `key` is what its hidden column says."""

    key: str
    ref: str
    text: str


@dataclass(frozen=True)
class Match:
    key: str = ""
    how: How = How.NONE
    likeness: int = 0


def matched(rows: Sequence[Row], ours: Sequence[Asked], *, by_key: bool) -> list[Match]:
    """For each row the question it answers. No question is given to two rows: the first row has it.

    by_key  whether the keys of the rows are of this very questionnaire
    """
    finder = _Finder(rows, ours)
    if by_key:
        finder.by_key()
    finder.by_ref_and_words()
    finder.by_words()
    finder.by_ref()
    finder.by_likeness()
    return [finder.found.get(number, Match()) for number in range(len(rows))]


class _Finder:
    def __init__(self, rows: Sequence[Row], ours: Sequence[Asked]) -> None:
        self.rows = rows
        self.left = {each.key: each for each in ours}
        self.words = {each.key: _sorted_words(each.text) for each in ours}
        self.found: dict[int, Match] = {}

    def by_key(self) -> None:
        for number, row in self._open():
            if row.key in self.left:
                self._take(number, row.key, How.KEY)

    def by_ref_and_words(self) -> None:
        index = {(folded(each.ref), folded(each.text)): each.key for each in self._unused()}
        for number, row in self._open():
            key = index.pop((folded(row.ref), folded(row.text)), None)
            if key and row.text:
                self._take(number, key, How.WORDS)

    def by_words(self) -> None:
        index = {folded(each.text): each.key for each in self._unused()}
        for number, row in self._open():
            key = index.pop(folded(row.text), None)
            if key and folded(row.text):
                self._take(number, key, How.WORDS)

    def by_ref(self) -> None:
        index = {folded(each.ref): each.key for each in self._unused()}
        for number, row in self._open():
            key = index.get(folded(row.ref)) if row.ref else None
            if key in self.left and self._likeness(row, key) >= SAME_REF_FROM:
                self._take(number, key, How.REF)

    def by_likeness(self) -> None:
        """The most similar of what is left, the best pairs first."""
        open_rows = [(number, row) for number, row in self._open() if row.text]
        if len(open_rows) * len(self.left) > MOST_PAIRS:
            return
        left = {key: self.words[key] for key in self.left}
        pairs = []
        for number, row in open_rows:
            best = process.extract(_sorted_words(row.text), left, scorer=fuzz.ratio, score_cutoff=SIMILAR_FROM, limit=3)
            pairs += [(score, number, key) for _text, score, key in best]
        for score, number, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
            if number not in self.found and key in self.left:
                self._take(number, key, How.SIMILAR, int(score))

    def _open(self) -> Iterable[tuple[int, Row]]:
        return [(number, row) for number, row in enumerate(self.rows) if number not in self.found]

    def _unused(self) -> list[Asked]:
        """Backwards, so that of equal ones the first wins in an index."""
        return list(reversed(self.left.values()))

    def _likeness(self, row: Row, key: str) -> int:
        return int(fuzz.ratio(_sorted_words(row.text), self.words[key]))

    def _take(self, number: int, key: str, how: How, likeness: int | None = None) -> None:
        row = self.rows[number]
        self.found[number] = Match(key, how, self._likeness(row, key) if likeness is None else likeness)
        del self.left[key]


def _sorted_words(text: str) -> str:
    return " ".join(sorted(folded(text).split()))
