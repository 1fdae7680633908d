"""Days as people write them, where only one day can be meant → 2026-06-30. Pure."""

import re

from procurement.questionnaires.importing.texts import folded

_MONTHS = {
    "jan": 1, "feb": 2, "fev": 2, "mar": 3, "apr": 4, "avr": 4, "may": 5, "mai": 5, "jun": 6, "juin": 6, "jul": 7,
    "juil": 7, "aug": 8, "aou": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
_WORD = r"(?P<month>[^\W\d_]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_WAYS = (
    re.compile(rf"\b{_DAY}[ -]{_WORD},?[ -](?P<year>\d{{4}})\b"),  # 30 June 2026, 30-Jun-2026, 30. Juni 2026
    re.compile(rf"\b{_WORD} {_DAY},? (?P<year>\d{{4}})\b"),  # June 30, 2026
    re.compile(r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\b"),  # wherever it is written so
)
_SLASHED = re.compile(r"\b(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})\b")
_MONTHS_A_YEAR = 12


def days_as_iso(text: str) -> str:
    """The text with each such day as 2026-06-30.

    3/4/2026 is two days, here and over there, and stays as it is; 30/4/2026 is one.
    """
    for way in _WAYS:
        text = way.sub(_iso, text)
    return _SLASHED.sub(_iso_of_slashed, text)


def _iso(found: re.Match[str]) -> str:
    month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
    return f"{found['year']}-{month:02d}-{int(found['day']):02d}" if month else found[0]


def _iso_of_slashed(found: re.Match[str]) -> str:
    one, other = int(found["one"]), int(found["other"])
    if one <= _MONTHS_A_YEAR and other <= _MONTHS_A_YEAR and one != other:
        return found[0]
    day, month = (one, other) if one > _MONTHS_A_YEAR else (other, one)
    return f"{found['year']}-{month:02d}-{day:02d}"


def _month(word: str) -> int:
    """English, German, French, by how the word begins; 0 for another word."""
    plain = folded(word)
    return _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3], 0)
