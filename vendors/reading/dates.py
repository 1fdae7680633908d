"""Dates and periods as reports write them. Found on text in which lines may break anywhere.

Read: "December 1, 2023", "1 November 2018", "Mar. 31, 2024", "June 30th, 2025", "2024-10-01", a year with a footnote
mark stuck to it ("March 31, 20201"). Not read: 03/04/2025, of which nobody knows the month.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"20\d\d(?:\d(?!\d)|(?!\d))"
_DATE = (
    rf"(?:{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}"
    rf"|{_DAY}\s+(?:day\s+of\s+|of\s+)?{_MONTH}\s*,?\s*{_YEAR}"
    r"|20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d))"
)
DATE_WORDS = _DATE
DATE = re.compile(rf"(?<![A-Za-z0-9])(?P<date>{_DATE})", re.IGNORECASE)
_JOINER = r"(?:to|through|thru|until|till|and\s+ending|and\s+ended|ending|[-–—→]+)"
# The first date of a period may leave its year to the second: "January 1 through June 30, 2025".
_FIRST = rf"(?:{_DATE}|{_MONTH}\s*{_DAY}(?=\s*,?\s*{_JOINER})|{_DAY}\s+{_MONTH}(?=\s*,?\s*{_JOINER}))"
PERIOD = re.compile(
    rf"(?<![A-Za-z0-9])(?P<start>{_FIRST})\s*,?\s*{_JOINER}\s*(?P<end>{_DATE})(?![A-Za-z])", re.IGNORECASE
)
_MONTHS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12}
_MONTHS_ENDED = re.compile(
    rf"\b(?P<months>{'|'.join(_MONTHS)})[-\s]months?(?:\s+period)?\s+end(?:ed|ing)\s+(?P<end>{_DATE})(?![A-Za-z])",
    re.IGNORECASE,
)
_AS_OF = re.compile(rf"\bas\s+(?:of|at)\s+(?P<date>{_DATE})", re.IGNORECASE)


@dataclass(frozen=True)
class FoundDate:
    day: date
    start: int
    end: int


@dataclass(frozen=True)
class FoundPeriod:
    first: date
    last: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[FoundDate]:
    """Every date of the text, from left to right."""
    for match in DATE.finditer(text):
        day = as_date(match["date"])
        if day is not None:
            yield FoundDate(day, match.start(), match.end())


def as_of_dates_in(text: str) -> Iterator[FoundDate]:
    """Every date that "as of" points at."""
    for match in _AS_OF.finditer(text):
        day = as_date(match["date"])
        if day is not None:
            yield FoundDate(day, match.start("date"), match.end("date"))


def periods_in(text: str) -> Iterator[FoundPeriod]:
    """Every period of the text: two dates with a joiner, the first not after the second; or "the twelve months ended"
    on the last day of a month, which are whole months."""
    for match in PERIOD.finditer(text):
        last = as_date(match["end"])
        first = as_date(match["start"]) or (as_date(f"{match['start']}, {last.year}") if last else None)
        if first is not None and last is not None and first <= last:
            yield FoundPeriod(first, last, match.start(), match.end())
    for match in _MONTHS_ENDED.finditer(text):
        last = as_date(match["end"])
        if last is not None and (last + timedelta(days=1)).day == 1:
            month = last.year * 12 + last.month - _MONTHS[match["months"].lower()]
            yield FoundPeriod(date(month // 12, month % 12 + 1, 1), last, match.start(), match.end())


def as_date(words: str) -> date | None:
    """The day that such words name, or None when there is no such day."""
    iso = re.fullmatch(r"(20\d\d)-(\d\d)-(\d\d)", words.strip())
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    else:
        name = re.search(r"[A-Za-z]{3,}", re.sub(r"\b(?:day|of)\b", "", words, flags=re.IGNORECASE))
        years = re.search(r"20\d\d", words)
        days = re.search(r"(?<!\d)\d{1,2}(?!\d)", words)
        if not (name and years and days and name.group()[:3].lower() in MONTHS):
            return None
        year, month, day = int(years.group()), MONTHS.index(name.group()[:3].lower()) + 1, int(days.group())
    try:
        return date(year, month, day)
    except ValueError:
        return None
