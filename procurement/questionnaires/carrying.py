"""Which question of last year is which question of this year. Pure.

The stable key says it, else the same reference with the same words. Words that are nearly the same are only proposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

SIMILAR_FROM = 92  # of 100


class How(StrEnum):
    """How a question was found again."""

    KEY = "key"
    WORDS = "words"
    SIMILAR = "similar"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as it stands in its version; `kind` says how it is answered."""

    key: str
    ref: str
    text: str
    kind: str


@dataclass(frozen=True)
class Match:
    """The question of last year, by its key, and how it was found."""

    key: str
    how: How


def found_again(now: Sequence[Asked], then: Sequence[Asked]) -> dict[str, Match]:
    """For each question of now that was asked then, the earlier one; keys are those of now. None is used twice."""
    found: dict[str, Match] = {}
    by_key = {(each.key, each.kind): each for each in then}
    for each in now:
        if (each.key, each.kind) in by_key:
            found[each.key] = Match(each.key, How.KEY)
    by_words = {_words_of(each): each for each in _unused(then, found)}
    for each in _missing(now, found):
        earlier = by_words.pop(_words_of(each), None)
        if earlier is not None:
            found[each.key] = Match(earlier.key, How.WORDS)
    for each in _missing(now, found):
        nearest = _nearest(each, _unused(then, found))
        if nearest is not None:
            found[each.key] = Match(nearest.key, How.SIMILAR)
    return found


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but letter case and spaces."""
    return _plain(one) == _plain(other)


def _unused(then: Sequence[Asked], found: dict[str, Match]) -> list[Asked]:
    used = {match.key for match in found.values()}
    return [each for each in then if each.key not in used]


def _missing(now: Sequence[Asked], found: dict[str, Match]) -> list[Asked]:
    return [each for each in now if each.key not in found]


def _words_of(question: Asked) -> tuple[str, str, str]:
    return (question.ref.strip().lower(), _plain(question.text), question.kind)


def _nearest(question: Asked, others: Sequence[Asked]) -> Asked | None:
    """The most similar question of the same kind that is similar enough; the first of equals."""
    best, nearest = 0.0, None
    text = _plain(question.text)
    for other in others:
        if other.kind != question.kind:
            continue
        ratio = fuzz.ratio(text, _plain(other.text), score_cutoff=SIMILAR_FROM)
        if ratio > best:
            best, nearest = ratio, other
    return nearest


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
