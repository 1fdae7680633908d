"""What answers are worth: per section and in all, so far and if it were submitted now. Pure.

The score is the sum of weight times worth over the sum of the weights, from 0 to 100. What does not apply, what a
report answers and what nobody has rated yet is in neither sum. Each number opens to the items behind it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from vendors.reports.reasons import Term

LOW_FROM, MEDIUM_FROM = 80, 60
# With more of a section's weight not applicable, its score says little.
MOST_NOT_APPLICABLE = 30


class Risk(Term):
    """What the score says in a word. "Unknown" while nothing is scored."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        return {"low": "Low", "medium": "Medium", "high": "High", "unknown": "Not known yet"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question that is asked and weighs something.

    worth              from 0 to 100; None: open, not applicable, or nobody has rated it yet
    is_open            nothing is said yet
    is_required        left open, it counts as nothing once it is submitted
    is_not_negotiable  worth nothing, it makes the whole a high risk
    """

    ref: str
    section: str
    weight: int
    worth: int | None = None
    is_open: bool = False
    is_required: bool = True
    is_not_applicable: bool = False
    is_not_negotiable: bool = False

    @property
    def is_scored(self) -> bool:
        return self.worth is not None

    @property
    def is_unrated(self) -> bool:
        """Whether it waits for a reviewer: words and figures have no worth of their own."""
        return self.worth is None and not self.is_open and not self.is_not_applicable

    @property
    def knocks_out(self) -> bool:
        return self.is_not_negotiable and self.worth == 0


@dataclass(frozen=True)
class Tally:
    """The sum over some items; `title` is the section's, empty for the whole."""

    title: str
    items: tuple[Item, ...]

    @property
    def so_far(self) -> int | None:
        """The score of what is answered and scored; None while nothing is."""
        return _share([item for item in self.items if item.is_scored])

    @property
    def if_submitted(self) -> int | None:
        """The same, with nothing for each required question that is open."""
        return _share([item for item in self.items if item.is_scored or (item.is_open and item.is_required)])

    @property
    def open(self) -> int:
        return sum(item.is_open and item.is_required for item in self.items)

    @property
    def unrated(self) -> int:
        return sum(item.is_unrated for item in self.items)

    @property
    def not_applicable(self) -> int:
        """How much of the weight does not apply, in percent."""
        whole = sum(item.weight for item in self.items)
        return _rounded(100 * sum(item.weight for item in self.items if item.is_not_applicable), whole) if whole else 0

    @property
    def says_little(self) -> bool:
        """Whether too much does not apply. Asked of the weights, not of the rounded percentage."""
        whole = sum(item.weight for item in self.items)
        absent = sum(item.weight for item in self.items if item.is_not_applicable)
        return 100 * absent > MOST_NOT_APPLICABLE * whole

    @property
    def knocked_out(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.knocks_out)

    @property
    def risk(self) -> Risk:
        """What is not negotiable comes first: with it broken, no score is better than a high risk."""
        if self.knocked_out:
            return Risk.HIGH
        score = self.so_far
        if score is None:
            return Risk.UNKNOWN
        return Risk.LOW if score >= LOW_FROM else Risk.MEDIUM if score >= MEDIUM_FROM else Risk.HIGH


@dataclass(frozen=True)
class Sheet:
    """The whole and its sections, in order."""

    whole: Tally
    sections: tuple[Tally, ...]


def score(items: Iterable[Item]) -> Sheet:
    """The sums over these items, which stand in the order of their sections. What weighs nothing is left out."""
    weighing = tuple(item for item in items if item.weight)
    sections = tuple(Tally(title, tuple(group)) for title, group in groupby(weighing, key=lambda item: item.section))
    return Sheet(Tally("", weighing), sections)


def worth_of_chosen(scores: Sequence[float | None], possible: Sequence[float | None]) -> int | None:
    """What several chosen options are worth together: their share of all that could be had. None without scores.

    scores    of the chosen options
    possible  of all options of the question
    """
    most = sum(each or 0.0 for each in possible)
    if not most or any(each is None for each in possible):
        return None
    return round(100 * sum(each or 0.0 for each in scores) / most)


def _share(counted: Sequence[Item]) -> int | None:
    weight = sum(item.weight for item in counted)
    return _rounded(sum(item.weight * (item.worth or 0) for item in counted), weight) if weight else None


def _rounded(points: int, weight: int) -> int:
    """Whole numbers, halves up: the same on every machine."""
    return (2 * points + weight) // (2 * weight)
