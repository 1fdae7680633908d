"""The end of the auditor's report: the firm's name, its city and the date, in whatever order they stand.

The block is found by its date, which stands alone on its line after the opinion. The firm is the line of the block
that is no date, no place, no person and no description; where the letterhead, the cover or the running lines name one
of the lines, that one. A date in the assertion is never taken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vendors.reading.dates import DATE, as_date, as_of_dates_in, periods_in
from vendors.reading.document import Document
from vendors.reading.evidence import Find, fact_from, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.names import FIRM, LEGAL_FORM, cleaned, folded, is_name, same_name
from vendors.reading.rules.letter import IN_OUR_OPINION
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

BLOCK_ABOVE, BLOCK_BELOW = 7, 4
# A date may follow its place: "Graz, 4 May 2026", "Waukee, Iowa | May 4, 2026".
_CITY = r"(?-i:[A-Z][\w.'-]*(?:,? [A-Z][\w.'-]*){0,4})(?:,|\s[|·•–—-])?\s+"
DATE_LINE = re.compile(rf"(?:dated?:?\s+)?(?:{_CITY})?(?:on\s+)?{DATE.pattern}\.?", re.IGNORECASE)
PLACE_LINE = re.compile(r"[A-Z][\w.' -]{1,40}(?:,\s*[A-Z][\w.' -]{1,40}){1,2}(?:\s+\d{4,6}(?:-\d{4})?)?")
DESCRIPTION = any_wording([
    r"(certified|chartered|licensed|registered|independent|public|statutory|wirtschaft).*", r".*accountants?( and .*)?",
    r"(a )?member (firm )?of .*", r"docusign.*", r"/s/.*", r"(engagement )?(partner|principal|director|managing \S+)",
    r"by:?.*", r"sincerely,?|yours .*", r"[\d\W]+", r".*\bsigned\b.*", r"signature:?.*",
    r"firm (licen[sc]e|permit|registration).*",
    r"\d+ .*(street|avenue|road|row|suite|floor|drive|boulevard|way|lane).*", r".*@.*|.*www\..*",
])  # fmt: skip
PREPARED_BY = any_wording([
    r"(?:prepared|issued|report|examined|performed|audited) by:? (?P<one>[^\n]{2,80})",
])  # fmt: skip
NO_FIRM = re.compile(r"(?:the|service auditor|independent|us|management)\b", re.IGNORECASE)
HAS_FORM = re.compile(rf"[\s,]{LEGAL_FORM}\.?$")
AUDIT_FIRM = re.compile(r"\b(?:LLP|CPAs?|P\.C|PLLC)\b")
TESTED_BY = any_wording([
    r"information provided by (?P<one>[^\n:]{2,80}): ",
    r"tests? (?:that|which) (?P<two>[^\n]{2,80}?) (?:carried out|performed|conducted)",
    r"tests? (?:of controls? )?(?:performed|conducted|carried out) by (?P<three>[^\n]{2,80}?)(?: and| to|[;:]|$)",
])  # fmt: skip


@dataclass(frozen=True)
class Signature:
    """The block at the end of the letter: its date, and the lines around it that may name the firm."""

    day: Find[date]
    lines: tuple[Find[str], ...]


def auditor(document: Document, sections: Sections) -> Fact[str]:
    """The firm that signed; without a signature to read, the firm that cover and tests name alike."""
    looked_on = sections.pages(Part.COVER, Part.LETTER, Part.TESTS)
    named = _named_elsewhere(document, sections)
    block = signature(sections)
    if block is not None:
        known = [line for line in block.lines if any(same_name(line.value, other.value) for other in named)]
        firms = [line for line in block.lines if FIRM.search(line.value)]
        chosen = [*known, *firms, *block.lines]
        if chosen:
            firm = chosen[0]
            also = [other for other in named if same_name(other.value, firm.value)]
            return fact_from(firm, also, looked_on)
    firms = [find for find in named if find.flow is not sections.flow(Part.LETTER)]
    return settled(firms, looked_on, same_name)


def report_date(sections: Sections) -> Fact[date]:
    """The date under the firm's signature."""
    looked_on = sections.pages(Part.LETTER)
    block = signature(sections)
    return Fact(looked_on=looked_on) if block is None else fact_from(block.day, looked_on=looked_on)


def signature(sections: Sections) -> Signature | None:
    """The signature block of the letter: around the first date that stands alone after the opinion."""
    letter = sections.flow(Part.LETTER)
    opinions = [match.start() for match in IN_OUR_OPINION.finditer(letter.text)] or _disclaimed(letter)
    if not opinions:
        return None
    lines = _text_lines(letter)
    ends = _days_of_periods(letter.text)
    for at, (start, _end, text) in enumerate(lines):
        found = DATE.search(text)
        if start < opinions[0] or found is None or not DATE_LINE.fullmatch(text) or _goes_on(lines[at - 1][2]):
            continue
        day = as_date(found["date"])
        if day is not None and day not in ends:
            names = tuple(_firms_around(letter, lines, at))
            return Signature(Find(day, letter, start + found.start(), start + found.end()), names)
    return None


def _days_of_periods(text: str) -> set[date]:
    """The first and last days that the letter speaks of: no report is signed on the last day of its period."""
    periods = [day for period in periods_in(text) for day in (period.first, period.last)]
    return {*periods, *(found.day for found in as_of_dates_in(text))}


def _firms_around(letter: Flow, lines: Sequence[tuple[int, int, str]], at: int) -> Iterator[Find[str]]:
    """Lines above and below the date, on its page, that may name the firm; below it only with a legal form."""
    page = letter.page_of(lines[at][0])
    above = _unbroken(lines, range(at - 1, max(at - BLOCK_ABOVE, -1), -1))
    below = [
        place
        for place in _unbroken(lines, range(at + 1, min(at + BLOCK_BELOW, len(lines))))
        if FIRM.search(lines[place][2])
    ]
    for place in sorted([*above, *below]):
        begin, end, words = lines[place]
        if letter.page_of(begin) == page and _may_be_firm(words):
            yield Find(cleaned(words), letter, begin, end)


def _goes_on(above: str) -> bool:
    """Whether the line above is prose that runs on into this one: "... to / December 31, 2025."."""
    return len(above) > 45 and not re.search(r"[.:]$", above)


def _disclaimed(letter: Flow) -> list[int]:
    return [match.start() for match in wording(r"do not express,? an opinion").finditer(letter.text)]


def _text_lines(flow: Flow) -> list[tuple[int, int, str]]:
    return [(match.start(), match.end(), match.group().strip()) for match in re.finditer(r"[^\n]+", flow.text)]


def _unbroken(lines: Sequence[tuple[int, int, str]], places: Iterable[int]) -> list[int]:
    """Lines next to the date as long as they are short and no sentences."""
    kept = []
    for place in places:
        text = lines[place][2]
        if len(text) > 70 or _is_sentence(text):
            break
        kept.append(place)
    return kept


def _is_sentence(text: str) -> bool:
    small = [
        word for word in text.split() if word[0].islower() and word not in ("and", "of", "the", "for", "de", "van")
    ]
    return len(small) > 2 or (text.endswith(".") and not FIRM.search(text) and len(text.split()) > 3)


def _may_be_firm(text: str) -> bool:
    if DATE_LINE.fullmatch(text) or (DESCRIPTION.fullmatch(text) and not HAS_FORM.search(text)):
        return False
    if PLACE_LINE.fullmatch(text) and not FIRM.search(text):
        return False
    return is_name(cleaned(text))


def _named_elsewhere(document: Document, sections: Sections) -> list[Find[str]]:
    """Firms that letterhead, cover, running lines and the tests name, each once for a page."""
    found = [
        *_letterhead(sections.flow(Part.LETTER)),
        *_by_wording(sections.flow(Part.COVER), PREPARED_BY),
        *_by_wording(sections.flow(Part.TESTS), TESTED_BY),
        *_lines_of_firms(sections.flow(Part.COVER)),
        *(find for page in (1, 2) for find in _lines_of_firms(document.flow(document.running.get(page, [])))),
    ]
    return list({(folded(find.value), find.page): find for find in reversed(found)}.values())[::-1]


def _letterhead(letter: Flow) -> Iterator[Find[str]]:
    for start, end, text in _text_lines(letter)[:6]:
        name = cleaned(re.split(r"\s+[·|•]\s+", text)[0])
        if FIRM.search(name) and is_name(name) and not name.lower().startswith("to"):
            yield Find(name, letter, start, end)


def _by_wording(flow: Flow, pattern: re.Pattern[str]) -> Iterator[Find[str]]:
    for match in pattern.finditer(flow.text[:3000]):
        group = match.lastgroup or ""
        name = cleaned(match[group])
        if is_name(name) and not NO_FIRM.match(name):
            yield Find(name, flow, match.start(group), match.end(group))


def _lines_of_firms(flow: Flow) -> Iterator[Find[str]]:
    for start, end, text in _text_lines(flow):
        if AUDIT_FIRM.search(text) and is_name(cleaned(text)):
            yield Find(cleaned(text), flow, start, end)
