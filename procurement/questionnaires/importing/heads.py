"""What a column head means, and which row of a sheet heads its columns."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from procurement.questionnaires.importing.boxes import boxed
from procurement.questionnaires.importing.grid import Row, Sheet
from procurement.questionnaires.importing.texts import LONGEST_HEAD, folded, head, length
from procurement.questionnaires.importing.words import HEADS, Column

MOST_WORDS = 8  # of a head that only holds a known word
ROWS_LOOKED_AT = 60
ROWS_BELOW = 12
WORDLESS = 15  # heads in words that we do not know are looked for in so many rows
ENOUGH = 1.5  # the score from which a row may head columns
NAMED = 1.0  # the confidence of a head that is exactly a known word


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted((part for part in parts if part.isascii()), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest_first)})\w{{0,3}}\b") if longest_first else re.compile(r"(?!)")


LATIN_PARTS = {role: _pattern(known.part) for role, known in HEADS.items()}


@dataclass(frozen=True)
class Meaning:
    role: Column
    confidence: float


Heads = Mapping[str, Column]  # of a profile: the folded head and what it means


@lru_cache(maxsize=4096)
def meanings(text: str) -> tuple[Meaning, ...]:
    """What a head may mean, the likeliest first. Empty for a text that is no known head."""
    if "[" in text and text.rstrip().endswith("]"):
        return (Meaning(Column.OTHER, NAMED),)  # name[fr]: the same in another language
    if boxed(text):
        return ()  # "☐ Yes ☐ No" waits for an answer
    words = "no" if text.strip() in {"#", "№", "№ п/п"} else head(text)
    if not words or length(words) > LONGEST_HEAD:
        return ()
    exact = [Meaning(role, NAMED) for role, known in HEADS.items() if words in known.exact]
    if exact:
        return tuple(exact)
    if len(words.split()) > MOST_WORDS:
        return ()
    found = []
    for role in HEADS:
        if longest := max(map(len, _parts_in(words, role)), default=0):
            found.append(Meaning(role, 0.4 + 0.5 * longest / len(words)))
    return tuple(sorted(found, key=lambda meaning: -meaning.confidence))


def _parts_in(words: str, role: Column) -> list[str]:
    """The known parts of a head: words or their beginnings, up to an ending of three letters.

    Scripts without spaces have no such words: there a part stands anywhere.
    """
    if words.isascii():
        return LATIN_PARTS[role].findall(words)
    return [
        *LATIN_PARTS[role].findall(words),
        *(part for part in HEADS[role].part if not part.isascii() and part in words),
    ]


def meaning_of(text: str, heads: Heads) -> tuple[Meaning, ...]:
    """The same, where a profile's heads come first."""
    if (role := heads.get(folded(text))) is not None:
        return (Meaning(role, NAMED),)
    return meanings(text)


def header_of(sheet: Sheet, heads: Heads) -> int | None:
    """The row that heads the columns: the best of the first rows, None where no row looks like one.

    Known words count most; then short texts with longer ones below, and drop-downs below but not beside them.
    """
    filled = sorted(sheet.rows)
    scores = {
        row: _score(sheet, row, place, filled[place + 1 : place + 1 + ROWS_BELOW], heads)
        for place, row in enumerate(filled[:ROWS_LOOKED_AT])
    }
    best = max(scores, key=lambda row: (scores[row], -row), default=None)
    if best is None or scores[best] < ENOUGH:
        return None
    # Heads that are repeated for every section are the same heads: the first ones count.
    return min(
        row for row in scores if row == best or (row < best and repeats_header(sheet.rows[row], sheet.rows[best]))
    )


def _score(sheet: Sheet, row: int, nth: int, below: list[int], heads: Heads) -> float:
    cells = sheet.rows[row]
    known = {column: meaning_of(cell.text, heads) for column, cell in cells.items()}
    named = {meaning[0].role: meaning[0].confidence for meaning in known.values() if meaning}
    if not named and nth >= WORDLESS:
        return 0
    if len(cells) < 2 and not (Column.QUESTION in named and named[Column.QUESTION] == NAMED):
        return 0
    if not below:
        return 0
    score = sum(named.values()) + 0.25 * sum(1 for meaning in known.values() if meaning)
    score += 0.5 if {Column.QUESTION, Column.TEXT} & set(named) else 0
    for column, cell in cells.items():
        if length(head(cell.text)) > LONGEST_HEAD:
            score -= 1.5
        elif cell.kind != "text" or (cell.text.endswith("?") and len(cell.text) > 20):
            score -= 0.7
        elif not known[column] and any(length(sheet.text(each, column)) > 2 * length(cell.text) for each in below):
            score += 0.2
    continued = sum(1 for each in below if len(cells.keys() & sheet.rows[each].keys()) >= min(2, len(cells)))
    score += continued / len(below)
    return score + _drop_downs(sheet, row, below)


def _drop_downs(sheet: Sheet, row: int, below: list[int]) -> float:
    """Drop-downs begin below the heads. Those of a whole column tell nothing."""
    if not sheet.choices:
        return 0
    beside = sum(1 for rows in sheet.choice_columns.values() if row in rows and rows[row].options)
    first = any(row not in rows and set(below[:6]) & rows.keys() for rows in sheet.choice_columns.values())
    return (1 if first else 0) - 0.5 * beside


def repeats_header(cells: Row, header: Row) -> bool:
    """Whether a row says the heads again. One text may differ: there stands the section's title."""
    if len(cells) < 2:
        return False
    same = sum(
        1
        for column, cell in cells.items()
        if column in header and folded(cell.text) == folded(header[column].text) != ""
    )
    return (same >= 2 and same >= len(cells) / 2) or (same >= 1 and same >= len(cells) - 1)
