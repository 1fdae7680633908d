"""Two lists of rows, of an earlier and a later report: which are the same, reworded, new, gone. Pure.

"The same" is said of the same words only: a "not", a number or "yearly" instead of "monthly" makes a row reworded, and
a person reads both wordings. Numbering, order, capitals, punctuation, hyphens and a letter misread say nothing.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

# Chosen on the lists of 16 reports, in which no two rows are one, and on rows reworded by hand: different user entity
# controls of one list reach 0.38, a single pair 0.44; what was reworded starts at 0.43, most of it over 0.55.
ALIKE = 0.42
# Exceptions of one auditor are written alike, up to 0.64 for two that have nothing to do with each other; so at
# different controls they have to agree more, and at the same control less is enough to lay two beside each other.
SAME_PLACE, OTHER_PLACE = 0.2, -0.35
LONGEST = 2_000  # characters of a row that are looked at for likeness; real rows have a few hundred
# Above these only rows with the same words are found, and a few for each: no report has so many, a hostile file may.
MOST_PAIRS, MOST_EQUALS = 40_000, 5
FEW_ROWS, USUAL = 3, 0.2  # words in so many rows, and such a share of them, are the list's manner of speaking

_NUMBER = r"\d{1,3}(?:\.\d{1,3})*"
NUMBERING = re.compile(
    rf"\s*[^\w\s(]*\s*(?:(?:CU?EC|UECC?|CSOC|UC)[ -]?{_NUMBER}[.):]?|\(?(?:{_NUMBER}|[a-z]|[ivx]{{1,4}})[.):])\s+",
    re.IGNORECASE,
)
WORD = re.compile(r"\w+(?:[.,:/]\d+)*")
HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)|['’]")
ARTICLES = {"a", "an", "the"}
# How a control of the user entity begins in report after report; what follows tells it from others.
OPENING = re.compile(
    r"(?:(?:user (?:entity|entities|organi[sz]ations?)|customers?|clients?) )?"
    r"(?:(?:should|must|shall|will|are|is|have) )*"
    r"(?:(?:responsible|expected|required|needed) (?:for|to) )?"
    r"(?:(?:have|having|implement|implementing|maintain|maintaining )?controls?(?: are)? in place (?:to|that) )?"
    r"(?:(?:ensure|ensuring|make sure) (?:that )?)?"
)
STEM = 5  # letters
SHORTEST_MISREAD = 5  # in a shorter word one letter makes another word: now, not


class Tag(StrEnum):
    """What became of a row."""

    SAME = "same"
    REWORDED = "reworded"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Row:
    """What is compared of one row.

    text    its words
    place   what it belongs to, such as the id of a control: there less likeness is enough
    details what has to be equal as well for the row to be the same, such as the method of a subservice organization;
            one that is not known is equal to any
    """

    text: str
    place: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A row of the earlier list and one of the later; None where the other list has no such row.

    likeness  of their words, 0 to 1; 1 for the same words
    """

    tag: Tag
    earlier: int | None
    later: int | None
    likeness: float = 0.0


def compare(earlier: Sequence[Row], later: Sequence[Row], *, alike: float = ALIKE) -> tuple[Pair, ...]:
    """Each row of both lists in exactly one pair: the later list in its order, then what is gone in the earlier's.

    alike  the least likeness at which two rows are one row reworded
    Which rows come together does not depend on the order of either list.
    """
    before, after = [_Words.of(row) for row in earlier], [_Words.of(row) for row in later]
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for found in _candidates(before, after, alike):
        if found.later not in partner and found.earlier not in taken:
            partner[found.later] = found.earlier, found.likeness
            taken.add(found.earlier)
    pairs = []
    for place, words in enumerate(after):
        if place not in partner:
            pairs.append(Pair(Tag.NEW, None, place))
            continue
        at, likeness = partner[place]
        tag = Tag.SAME if words.says_the_same_as(before[at]) else Tag.REWORDED
        pairs.append(Pair(tag, at, place, 1.0 if tag is Tag.SAME else likeness))
    pairs += [Pair(Tag.GONE, at, None) for at in range(len(before)) if at not in taken]
    return tuple(pairs)


def same_system(one: str, other: str) -> bool:
    """Whether two reports describe one system: the same name, or one name inside the other ("People Cloud" and
    "People Cloud System"). An unread name matches none."""
    words, others = set(_words(one)), set(_words(other))
    return bool(words and others) and (words <= others or others <= words)


@dataclass(frozen=True)
class Piece:
    """A stretch of a wording; `changed`: the other wording does not have it there."""

    text: str
    changed: bool


def wordings(before: str, now: str) -> tuple[list[Piece], list[Piece]]:
    """Both wordings in pieces, so that a reader sees which words went and which came."""
    old, new = before.split(), now.split()
    keys, others = [_key(word) for word in old[:LONGEST]], [_key(word) for word in new[:LONGEST]]
    went: list[Piece] = []
    came: list[Piece] = []
    for step in Indel.opcodes(keys, others):
        same = step.tag == "equal"
        _add(went, old[step.src_start : step.src_end], changed=not same)
        _add(came, new[step.dest_start : step.dest_end], changed=not same)
    return went, came


def _add(pieces: list[Piece], words: list[str], *, changed: bool) -> None:
    if words:
        pieces.append(Piece(" ".join(words), changed))


def _key(word: str) -> str:
    return re.sub(r"\W", "", word.casefold()) or word


@dataclass(frozen=True)
class _Words:
    """A row, prepared: its words in small letters, without numbering, articles and hyphens."""

    words: tuple[str, ...]
    place: str
    details: tuple[str, ...]

    @classmethod
    def of(cls, row: Row) -> "_Words":
        return cls(_words(row.text), row.place.casefold().strip(), row.details)

    def says_the_same_as(self, other: "_Words") -> bool:
        """The same words, but for spaces within them and a letter of a long word."""
        if any(one != another for one, another in zip(self.details, other.details, strict=True) if one and another):
            return False
        if "".join(self.words) == "".join(other.words):
            return True
        return len(self.words) == len(other.words) and all(map(_is_misread, self.words, other.words))


@dataclass(frozen=True)
class _Telling:
    """The words that tell a row from others: in their order, in alphabetical order, and their stems."""

    text: str
    sorted: str
    stems: frozenset[str]


@dataclass(frozen=True)
class _Candidate:
    earlier: int
    later: int
    likeness: float
    weight: float


def _words(text: str) -> tuple[str, ...]:
    bare = HYPHENS.sub("", NUMBERING.sub("", text, count=1))
    return tuple(word for word in WORD.findall(bare.casefold()) if word not in ARTICLES)


def _is_misread(one: str, other: str) -> bool:
    """Whether two words differ in a letter at most, as a scan or another spelling makes them."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_MISREAD or one[0] != other[0] or re.search(r"\d", one + other):
        return False
    return Levenshtein.distance(one, other, score_cutoff=1) <= 1


def _candidates(before: Sequence[_Words], after: Sequence[_Words], alike: float) -> Iterator[_Candidate]:
    """Pairs that may belong together, the best first; equal ones in the order of their words, not of their places."""
    found = list(_with_the_same_words(before, after))
    if len(before) * len(after) <= MOST_PAIRS:
        usual = _usual_words(before) | _usual_words(after)
        texts, others = [_telling(row, usual) for row in before], [_telling(row, usual) for row in after]
        for at, text in enumerate(texts):
            for place, other in enumerate(others):
                bonus = _bonus(before[at].place, after[place].place)
                likeness = _likeness(text, other)
                if likeness + bonus >= alike:
                    found.append(_Candidate(at, place, likeness, likeness + bonus))
    found.sort(key=lambda pair: (-pair.weight, before[pair.earlier].words, after[pair.later].words))
    return iter(found)


def _bonus(place: str, other: str) -> float:
    if not place or not other:
        return 0.0
    return SAME_PLACE if place == other else OTHER_PLACE


def _with_the_same_words(before: Sequence[_Words], after: Sequence[_Words]) -> Iterator[_Candidate]:
    """They go before everything else, the same place first."""
    by_words: dict[str, list[int]] = {}
    for at, row in enumerate(before):
        by_words.setdefault("".join(row.words), []).append(at)
    for place, row in enumerate(after):
        for at in by_words.get("".join(row.words), [])[:MOST_EQUALS]:
            agree = (before[at].place == row.place) + (before[at].details == row.details)
            yield _Candidate(at, place, 1.0, 2.0 + agree)


def _usual_words(rows: Sequence[_Words]) -> set[str]:
    """Words that many rows of a list share ("user entities are responsible for") tell no row from another."""
    counted = Counter(word for row in rows for word in set(row.words))
    return {word for word, count in counted.items() if count >= max(FEW_ROWS, USUAL * len(rows))}


def _telling(row: _Words, usual: set[str]) -> _Telling:
    """What tells the row from others."""
    bare = OPENING.sub("", " ".join(row.words), count=1).split()
    words = [word for word in bare if word not in usual] or list(row.words)
    return _Telling(
        " ".join(words)[:LONGEST], " ".join(sorted(words))[:LONGEST], frozenset(word[:STEM] for word in words)
    )


def _likeness(one: _Telling, other: _Telling) -> float:
    """Half by letters, the better of the texts as they stand and of their words in alphabetical order; half by the
    share of words that both have, where "review" and "reviewing" are one."""
    both = len(one.stems & other.stems)
    words = 2 * both / (len(one.stems) + len(other.stems)) if both else 0.0
    letters = max(fuzz.ratio(one.text, other.text), fuzz.ratio(one.sorted, other.sorted)) / 100
    return (letters + words) / 2
