"""Management's responses in the other information: under a control, under its criterion, or under a number."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vendors.reading.facts import ReportException
from vendors.reading.flow import STRAIGHT, Flow
from vendors.reading.paragraphs import ENDED, paragraphs
from vendors.reading.rules.controls import Control
from vendors.reading.rules.responses_beside import ANY_RESPONSE, HEAD, MATTER, RESPONSE, Said, beside, told
from vendors.reading.sections import Part, Sections
from vendors.reading.tables import TableRow, rows_of_print
from vendors.reading.wording import wording

BEHIND_KEY = wording(r"[ ,/&]*(?:\([^)]*\))?[^.\n]{0,40}?[:–—](?=\s|$)")  # "AC-03 (CC6.1), late removal: ..."
RESTATED = wording(rf"^(?:the )?{MATTER}(?: noted)? ?[:–—-]", re.IGNORECASE | re.MULTILINE)
NUMBERED = wording(
    rf"\b(?:response|reply|{MATTER})(?: noted(?= ?\())? ?(?:no\.?|number|#|\()? ?(?P<number>\d{{1,2}})\b"
    r"(?! (?:of|out of)\b)"
)
SENTENCE = re.compile(r"[A-Z\d\"'(]\S*(?:\s+\S+){2,}[.!?]['\")]*$")  # three words or more
FAR_IN = 90  # characters of a line in which the key of an answer stands
TALLER = 1.08
LONG_WORD = re.compile(r"[a-z]{4,}")
TOLD_AS = {"exception", "exceptions", "deviation", "deviations", "noted", "were"}
SAID_ALREADY = 0.6  # of an exception's words within a text: the text tells the exception itself


@dataclass(frozen=True)
class Elsewhere:
    """The answers of the other information, by control, criterion or number; `text` all of it from the first one on.

    unlabelled  the other information where nothing in it is called a response
    """

    pages: tuple[int, ...]
    text: str
    answers: Mapping[str, list[Said]]
    shared: frozenset[str]
    unlabelled: str = ""

    @classmethod
    def of(
        cls, sections: Sections, exceptions: Sequence[ReportException], controls: Mapping[str, Control]
    ) -> "Elsewhere":
        flow = sections.flow(Part.OTHER)
        first = ANY_RESPONSE.search(flow.text)
        if first is None:
            return cls(sections.pages(Part.OTHER), "", {}, frozenset(), flow.text)
        criteria = [criterion for each in exceptions for criterion in each.criteria[:1]]
        numbers = [number for each in exceptions for number in _numbers(each)]
        shared = frozenset(key for key in [*criteria, *numbers] if [*criteria, *numbers].count(key) > 1)
        rows = _section(flow, first.start())
        answers: dict[str, list[Said]] = {}
        texts = {each.control: each.text for each in exceptions}
        for key, is_last, segment in _segments(rows, _keys(controls, criteria, numbers)):
            answers.setdefault(key, []).extend(_of_segment(sections, key, segment, is_last, texts.get(key, "")))
        return cls(sections.pages(Part.OTHER), flow.text[first.start() :], answers, shared)

    def on(self, exception: ReportException) -> list[Said]:
        """What is said of one exception: under its control, else under what no other exception shares with it."""
        keys = [exception.control, *exception.criteria[:1], *_numbers(exception)]
        found = [self.answers[key] for key in keys if key in self.answers and key not in self.shared]
        return found[0] if found else []

    def names(self, exception: ReportException) -> bool:
        """Whether the control stands among the responses, however it is set."""
        if _mentions(self.text, exception.control):
            return True
        return any(line.startswith(criterion) for criterion in exception.criteria for line in self.text.splitlines())

    def may_name(self, exception: ReportException) -> bool:
        """Whether it may be answered in a way that is not read: among answers none of which is tied to a control, or
        where the control stands in other information that nowhere says that it holds responses."""
        return (bool(self.text) and not self.answers) or _mentions(self.unlabelled, exception.control)


def _mentions(text: str, control: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(control)}(?![\w-]|\.\d)", text) is not None


def _numbers(exception: ReportException) -> list[str]:
    """The number under which an exception is answered, as its own words give it: "see response 2", "Exception 2"."""
    found = {match["number"] for match in NUMBERED.finditer(exception.text + "\n" + exception.pointer)}
    return [f"#{number}" for number in found] if len(found) == 1 else []


def _section(flow: Flow, start: int) -> list[TableRow]:
    """The rows from the first mention of a response on, up to a title that is no part of the answers."""
    first = max(place for place, at in enumerate(flow.line_starts) if at <= start)
    lines = flow.lines
    rows = rows_of_print(lines)
    opening = lines[first]
    rows = [row for row in rows if (row.page, row.bottom) >= (opening.page, opening.bottom - 0.5 * opening.height)]
    heights = sorted(row.height for row in rows)
    usual = heights[len(heights) // 2]
    for place, row in enumerate(rows):
        title = row.height > TALLER * usual and not ENDED.search(row.text) and len(row.text) < FAR_IN
        if place > 2 and title and not RESPONSE.search(row.text.translate(STRAIGHT)) and not re.search(r"\d", row.text):
            return rows[:place]
    return rows


def _keys(controls: Iterable[str], criteria: Iterable[str], numbers: Iterable[str]) -> list[re.Pattern[str]]:
    """What an answer may stand under, the best first: a control, a criterion, the number of a response."""
    known = [rf"(?<![\w.-])(?P<key>{_one_of(names)})(?![\w-]|\.\d)" for names in (controls, criteria)]
    counted = _one_of(number[1:] for number in numbers)
    called = rf"(?:(?:{MATTER}|(?:management'?s? )?response)\s+)?(?:no\.?\s*|number\s+|#\s*)?"
    numbered = re.compile(rf"^{called}(?P<key>{counted})(?![\w-]|\.\d)", re.IGNORECASE)
    return [*(re.compile(pattern) for pattern in known), numbered]


def _one_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True)) or r"(?!)"


def _segments(rows: Sequence[TableRow], keys: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, bool, list[TableRow]]]:
    """The rows that belong to each key; `is_last` where no further key ends them."""
    starts = [(place, key) for place, row in enumerate(rows) if (key := _key_of(row, rows[place - 1 : place], keys))]
    for at, (place, key) in enumerate(starts):
        end = starts[at + 1][0] if at + 1 < len(starts) else len(rows)
        yield key, at + 1 == len(starts), list(rows[place:end])


def _key_of(row: TableRow, above: Sequence[TableRow], keys: Sequence[re.Pattern[str]]) -> str:
    """The key that opens an answer in this row; "" for a row within one."""
    if row.head or (above and len(row.cells) == 1 and _runs_on(above[0], row)):
        return ""
    text = row.text.translate(STRAIGHT)
    match = next((found for pattern in keys if (found := pattern.search(text[:FAR_IN]))), None)
    if match is None:
        return ""
    before, behind = text[: match.start()], text[match.end() :]
    titled = len(row.cells) == 1 and len(text) < FAR_IN and not ENDED.search(text)
    colon = BEHIND_KEY.match(behind)
    if before.strip() and not (titled or colon or len(row.cells) > 1):
        return ""
    return match["key"] if match.re is not keys[-1] else f"#{match['key']}"


def _runs_on(above: TableRow, row: TableRow) -> bool:
    """Whether a row is the next line of a paragraph that began above it."""
    near = above.page == row.page and 0 < row.bottom - above.bottom < 1.6 * row.height
    return near and not above.head and not ENDED.search(above.text) and len(above.text) > FAR_IN / 2


def _of_segment(
    sections: Sections, key: str, rows: Sequence[TableRow], is_last: bool, exception: str
) -> Iterator[Said]:
    """What one answer says: its column, what follows a label, or all that follows the key."""
    found = list(beside(sections, Control(key, rows[0].page, list(rows))))
    if found or any(HEAD.search(head) for head in rows[0].heads.values()):
        yield from found
        return
    if any(len(row.cells) > 1 for row in rows):
        return  # a table of something else
    flow = sections.document.flow(cell.line for row in rows for cell in row.cells)
    said = told(flow, _behind_key(flow, key), _end_of_answer(sections, flow, is_last=is_last))
    if said.found is None or (SENTENCE.match(said.found.value) and not _restates(said.found.value, exception)):
        yield said


def _behind_key(flow: Flow, key: str) -> int:
    """Where the words of an answer begin that has no label: behind its key, or in the line below a title."""
    line_end = flow.line_starts[1] if len(flow.line_starts) > 1 else len(flow.text)
    first = flow.text[:line_end]
    at = first.find(key.lstrip("#")) + len(key.lstrip("#"))
    rest = first[at:].rstrip()
    if not ENDED.search(first.rstrip()) and len(first) < FAR_IN and line_end < len(flow.text) and first[:at].count(" "):
        return line_end
    behind = BEHIND_KEY.match(rest)
    return at + (behind.end() if behind else 0)


def _end_of_answer(sections: Sections, flow: Flow, *, is_last: bool) -> int:
    """The last answer ends with its paragraph: nothing shows where else it does."""
    if not is_last:
        return len(flow.text)
    parts = paragraphs(sections.document, flow, 0, len(flow.text))
    titled = len(parts) > 1 and not ENDED.search(flow.text[slice(*parts[0])])
    return parts[1][1] if titled else parts[0][1]


def _restates(text: str, exception: str) -> bool:
    """Whether a text without labels tells the exception, so that it is not clear where the answer to it begins."""
    if RESTATED.search(text):
        return True
    words = set(LONG_WORD.findall(exception.lower())) - TOLD_AS
    return bool(words) and len(words & set(LONG_WORD.findall(text.lower()))) >= SAID_ALREADY * len(words)
