"""The document's map: where the auditor's report, the assertion, the description, the tests and the other
information begin and end. In any order, numbered or not; a heading counts only where its content follows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from statistics import median

from vendors.reading.document import Document
from vendors.reading.flow import STRAIGHT, Flow
from vendors.reading.lines import Line, Row
from vendors.reading.wording import any_wording, wording


class Part(StrEnum):
    COVER = "cover"
    LETTER = "letter"
    ASSERTION = "assertion"
    DESCRIPTION = "description"
    TESTS = "tests"
    OTHER = "other"


NUMBERING = re.compile(
    r"^(?:(?:section|part|chapter|attachment|appendix|exhibit)\s+)?(?:[ivx]{1,4}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-h](?:\.\d{1,2}){0,3}"
    r"|one|two|three|four|five)?\s*[.:)|–—-]*\s+(?=\S)",
    re.IGNORECASE,
)
NUMBER_ALONE = re.compile(
    r"(?:section|part|chapter)\s+(?:[ivx]{1,4}|\d{1,2}|one|two|three|four|five)\s*[.:–—-]?", re.IGNORECASE
)
CONTENTS = re.compile(r"(?:table\s*of\s*)?contents", re.IGNORECASE)
CONTENTS_LINE = re.compile(r"\S.*(?:\.{4,}|…|(?:\s\.){4,})\s*\d*$|\S.*\s\d{1,3}$")

HEADINGS: dict[Part, re.Pattern[str]] = {
    Part.OTHER: any_wording(
        [
            r"(other|further|supplementa(l|ry)|additional|unaudited) information\b.*",
            r".*(not covered by (the|this|our) (\S+ ){0,3}(auditor|accountant|practitioner|report|opinion|examination)"
            r"|\bunaudited\b|not examined\)).*",
            r"management's responses? to .*[^:]",
        ]
    ),
    Part.TESTS: any_wording(
        [
            r"(?!(independent|report)\b).*\btest(s|ing)\b( \S+){0,2} (of|and|performed|results?)\b.*",
            r".*\bresults? of (the )?(tests?|testing|procedures)\b.*",
            r"(\S+ ){0,4}test(ing)? (matrix|matrices|tables?)\b.*",
            r".*\brelated controls?\b.*\btests?\b.*",
            r"information provided by (the )?(independent )?(service )?auditors?\b.*",
        ]
    ),
    Part.ASSERTION: any_wording(
        [
            r"(?!(independent|report of independent)\b)(\S+ ){0,12}assertions?\b( .*)?",
            r"(written )?statement (of|by) (the )?(management|the service organi[sz]ation|assertion)\b.*",
            r"(\S+ ){0,6}management's? statement\b.*",
        ]
    ),
    Part.LETTER: any_wording(
        [
            r"independent (service )?(auditor|accountant|practitioner)s?'?s?'? (\S+ ){0,4}report\b.*",
            r"(\S+ )?reports? of (the )?independent (service )?(\S+ )?(auditor|accountant|practitioner)s?\b.*",
            r"(service )?auditor'?s'? (\S+ )?report\b.*",
        ]
    ),
    Part.DESCRIPTION: any_wording(
        [
            r"(\S+ ){0,9}description of .*",
            r"(\S+ ){0,2}system description\b.*",
            r"information provided by .*",
            r"(\S+ ){0,4}boundaries of .*",
        ]
    ),
}

CONTENT: dict[Part, re.Pattern[str]] = {
    Part.LETTER: wording(r"\bwe (have )?(examined|were engaged|performed|conducted)|in our opinion"),
    Part.ASSERTION: wording(
        r"\bwe (have )?(prepared|assert|confirm|are responsible|state)\b|(prepared|provided) (the|this)\b"
        r"|^(\S+ ){0,12}assertions? (the |our )?controls (\S+ ){0,8}(were|are|did not|operated)\b"
    ),
}
LISTED = re.compile(r"(?:CC\d|A1|PI1|C1|P\d)\.\d|control objective \d", re.IGNORECASE)
# "noted" may stand on the next line of a narrow cell.
RESULT = wording(
    r"\bno (relevant )?(exceptions?|deviations?) (were )?(noted|identified|found|observed|detected)"
    r"|^no (relevant )?(exceptions?|deviations?)\.?$"
)
SENTENCE = re.compile(r"(We|Our|The (?!.*[A-Z].*[A-Z])|This|These|It|As|In|For|Scope\.)\s")
HEADING_WORD = re.compile(
    r"report|assertion|statement|description|information|criteria|controls|tests?\b|testing|boundaries|results"
    r"|responses?\b|examined|unaudited",
    re.IGNORECASE,
)
MANY_RESULTS = 3
SENTENCES_OF_PROSE = 8  # a page with a title and more sentences than these is no table of contents
LOOK_AHEAD = {Part.LETTER: 60, Part.ASSERTION: 60, Part.TESTS: 160}
# Where no heading is known, the first sentence of a part shows where it begins.
OPENINGS: dict[Part, re.Pattern[str]] = {
    Part.LETTER: wording(
        r"^(we (have examined|were engaged (by|to))\b|in our opinion, in all material respects)",
        re.IGNORECASE | re.MULTILINE,
    ),
    Part.ASSERTION: wording(
        r"^(we have prepared (the|this) (accompanying )?description|we (assert|confirm,? to the best))\b",
        re.IGNORECASE | re.MULTILINE,
    ),
}


@dataclass
class Sections:
    """The parts that were found, each as lines; `contents` are the pages of the table of contents."""

    document: Document
    lines: Mapping[Part, list[Line]]
    contents: frozenset[int] = frozenset()
    _flows: dict[Part, Flow] = field(default_factory=dict)

    def __contains__(self, part: Part) -> bool:
        return bool(self.lines.get(part))

    def flow(self, part: Part) -> Flow:
        """The part's text; empty when the document has none."""
        if part not in self._flows:
            self._flows[part] = self.document.flow(self.lines.get(part, []))
        return self._flows[part]

    def pages(self, *parts: Part) -> tuple[int, ...]:
        """The pages on which these parts lie."""
        return tuple(sorted({line.page for part in parts for line in self.lines.get(part, [])}))

    def spans(self) -> dict[str, tuple[int, int]]:
        """First and last page of each part that was found."""
        found = {part.value: self.pages(part) for part in Part}
        return {name: (pages[0], pages[-1]) for name, pages in found.items() if pages}


def map_of(document: Document) -> Sections:
    """Find the parts of a report."""
    contents = _contents_pages(document)
    lines = [line for line in document.all_lines if line.page not in contents]
    headings = _headings(lines)
    starts: dict[Part, int] = {}
    for part in (Part.LETTER, Part.ASSERTION, Part.TESTS, Part.DESCRIPTION, Part.OTHER):
        found = _start(part, lines, headings.get(part, []), starts)
        if found is not None:
            starts[part] = found
    order = sorted((at, part) for part, at in starts.items())
    parts: dict[Part, list[Line]] = {Part.COVER: lines[: order[0][0]] if order else lines}
    for place, (at, part) in enumerate(order):
        end = order[place + 1][0] if place + 1 < len(order) else len(lines)
        parts[part] = lines[at:end]
    return Sections(document, parts, contents)


def _contents_pages(document: Document) -> frozenset[int]:
    """Pages with a table of contents: its title, or heading after heading ending in a page number."""
    found: set[int] = set()
    for page in range(1, min(document.pages, 12) + 1):
        rows = document.rows.get(page, [])
        titles = any(CONTENTS.fullmatch(row.text.strip()) for row in rows)
        entries = [row for row in rows if CONTENTS_LINE.fullmatch(row.text) and _heading(row.text)]
        if (titles and len(rows) < 80 and not _is_prose(rows)) or len(entries) >= 3:
            found.add(page)
    return frozenset(found)


def _is_prose(rows: Sequence[Row]) -> bool:
    text = " ".join(row.text for row in rows)
    return len(re.findall(r"[a-z]{3,}\.\s+[A-Z]", text)) > SENTENCES_OF_PROSE


def _headings(lines: list[Line]) -> dict[Part, list[int]]:
    """The lines that are written and placed like the heading of a part."""
    found: dict[Part, list[int]] = {}
    usual = median(line.height for line in lines) if lines else 0.0
    for at, line in enumerate(lines):
        if len(line.text) > 170 or not _stands_apart(lines, at) or not HEADING_WORD.search(line.text):
            continue
        large = line.height > 1.15 * usual
        part, end = _heading(line.text, large=large), at
        while end + 1 < len(lines) and end < at + 3 and _continues(line, lines[end + 1], lines[end]):
            end += 1
            if part is None and end == at + 1:
                part = _heading(f"{line.text} {lines[end].text}", large=large)
        if part is not None and _ends_apart(lines, end):
            found.setdefault(part, []).append(at)
    return found


def _start(part: Part, lines: list[Line], candidates: list[int], starts: Mapping[Part, int]) -> int | None:
    """The index of the line with which the part begins."""
    good = [at for at in candidates if _content_follows(part, lines, at)]
    if part in (Part.LETTER, Part.ASSERTION):
        # A title on the cover names the part as well: better where the part's own words stand on the same page.
        good.sort(key=lambda at: not _content_follows(part, lines, at, same_page=True))
    if part is Part.TESTS:
        good = _before_results(good, lines)
    if part in (Part.OTHER, Part.DESCRIPTION):
        good = _placed(part, good, lines, starts)
    if not good:
        return _fallback(part, lines, starts)
    at = good[0]
    return at - 1 if at and NUMBER_ALONE.fullmatch(lines[at - 1].text) and lines[at - 1].page == lines[at].page else at


def _continues(line: Line, below: Line, above: Line) -> bool:
    """Whether `below` is a further line of the heading that begins with `line`."""
    return (
        below.page == line.page
        and abs(below.height - line.height) < 0.02 * line.height
        and 0 < below.bottom - above.bottom < 1.4 * line.height
        and len(below.text) <= 170
    )


def _heading(text: str, *, large: bool = False) -> Part | None:
    """Which part a line names as a heading does, if any. A large or numbered line need not be in title case."""
    text = text.translate(STRAIGHT).strip()
    bare = NUMBERING.sub("", text, count=1)
    numbered = bare != text and text[:7].lower() in ("section", "chapter")
    bare = re.sub(r"[\s.…]*\d*$", "", bare)
    if not bare or not _is_title(bare, free=large or numbered):
        return None
    return next((part for part, pattern in HEADINGS.items() if pattern.fullmatch(bare)), None)


def _is_title(text: str, *, free: bool) -> bool:
    """Whether a line is written like a title: it begins with a capital and most of its longer words do."""
    words = re.findall(r"[A-Za-z][\w'’.-]*", text)
    if not words or not words[0][0].isupper() or re.search(r"[;,]$", text) or SENTENCE.match(text):
        return False
    long = [word for word in words if len(word) > 4 or word.isupper()]
    return free or len(long) <= 3 or sum(word[0].isupper() for word in long) >= 0.5 * len(long)


def _stands_apart(lines: list[Line], at: int) -> bool:
    """Whether the line is not simply the next line of a paragraph above it."""
    if at == 0 or lines[at - 1].page != lines[at].page:
        return True
    line, above = lines[at], lines[at - 1]
    if abs(line.height - above.height) > 0.04 * line.height or NUMBER_ALONE.fullmatch(above.text):
        return True
    gap = line.bottom - above.bottom
    return (
        gap < 0 or gap > 1.55 * line.height or bool(re.search(r"[.:!?]['\"”’]?$", above.text)) or len(above.text) < 60
    )


def _ends_apart(lines: list[Line], at: int) -> bool:
    """Whether the line is followed by something else than the next line of its own paragraph."""
    if at + 1 == len(lines) or lines[at + 1].page != lines[at].page:
        return True
    line, below = lines[at], lines[at + 1]
    gap = below.bottom - line.bottom
    return abs(line.height - below.height) > 0.02 * line.height or gap <= 0 or gap > 1.4 * line.height


def _content_follows(part: Part, lines: list[Line], at: int, *, same_page: bool = False) -> bool:
    following = lines[at : at + LOOK_AHEAD.get(part, 0)]
    if same_page:
        following = [line for line in following if line.page == lines[at].page]
    if part is Part.TESTS:
        told = (line for line in following if LISTED.match(line.text) or RESULT.search(line.text))
        return sum(1 for _ in islice(told, MANY_RESULTS)) == MANY_RESULTS
    pattern = CONTENT.get(part)
    return pattern is None or bool(pattern.search(" ".join(line.text for line in following).translate(STRAIGHT)))


def _before_results(good: list[int], lines: list[Line]) -> list[int]:
    """Headings before the first result, the largest first: the letter may have a heading about tests as well."""
    first = next((at for at, line in enumerate(lines) if RESULT.search(line.text)), len(lines))
    before = [at for at in good if at < first] or good
    return sorted(before, key=lambda at: (-round(lines[at].height), -at))


def _placed(part: Part, good: list[int], lines: list[Line], starts: Mapping[Part, int]) -> list[int]:
    """Other information comes last; the description before the tests and after the cover."""
    if part is Part.DESCRIPTION:
        limit = starts.get(Part.TESTS, len(lines))
        known = [starts[each] for each in (Part.LETTER, Part.ASSERTION) if each in starts]
        return [at for at in good if at < limit and (not known or at > min(known)) and at not in starts.values()]
    known = [starts[each] for each in (Part.LETTER, Part.TESTS, Part.DESCRIPTION) if each in starts]
    results = [at for at, line in enumerate(lines) if RESULT.search(line.text)] if Part.TESTS in starts else []
    after = max([*known, *results[-1:]], default=0)
    return [at for at in good if at > after and lines[at].page > lines[max(known, default=0)].page]


def _fallback(part: Part, lines: list[Line], starts: Mapping[Part, int]) -> int | None:
    """Where a part begins that no heading names: at the top of the page of its first sentence or result."""
    opening = RESULT if part is Part.TESTS else OPENINGS.get(part)
    if opening is None:
        return None
    told = [at for at, line in enumerate(lines) if opening.search(line.text.translate(STRAIGHT))]
    if len(told) < (MANY_RESULTS if part is Part.TESTS else 1):
        return None
    at = told[0]
    first = next(place for place in range(at, -1, -1) if place == 0 or lines[place - 1].page != lines[at].page)
    return max([first, *[other + 1 for other in starts.values() if first <= other < at]])
