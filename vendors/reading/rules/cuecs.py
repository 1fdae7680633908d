"""Complementary user entity controls: the items of the list or table under their heading.

Items are told by their marks (bullets, numbers, a cell of their own); where there are none, by sentences that tell a
user entity what to do. The list ends at the next heading.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vendors.reading.criteria import ID as CRITERION
from vendors.reading.facts import Cuec
from vendors.reading.flow import STRAIGHT, Flow
from vendors.reading.lines import Line, Row
from vendors.reading.sections import NUMBERING, Part, Sections
from vendors.reading.tables import TableRow, table_rows
from vendors.reading.wording import any_wording, wording

_THEY = r"(?:user[- ]?(?:entity|entities|organi[sz]ations?)|users?|customers?|clients?)"
HEADINGS = (
    any_wording([
        rf"(?:(?:{_THEY} responsibilities|responsibilities of {_THEY}) and )?complementary {_THEY} controls?"
        r"(?: considerations)?(?: \(\"?CUECs?\"?\))?(?: (?:and|at|of|for) .*)?",
        rf"(?:{_THEY}|user) control considerations",
    ]),
    # Duties that are needed to use the service well, where no complementary controls are listed apart.
    any_wording([
        rf"(?:complementary )?{_THEY} responsibilities(?: and .*)?",
        rf"(?:controls?|responsibilities) (?:expected of|at|of) (?:the )?{_THEY}",
    ]),
)  # fmt: skip
MARK = re.compile(
    r"(?:[•●▪■◦‣·○∙–—*-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}|CUEC[\s-]*\d*[.:]?|[A-Z]{1,6}-?\d{1,3}[.:]?)"
)
DUTY = wording(
    r"(?:the )?(?:user (?:entit(?:y|ies)|organi[sz]ations?)|users?|customers?|clients?|subscribers?|tenants?)"
    r"(?:' \S+)? "
    r"(?:(?:are|is) (?:solely |also )?(?:responsible|required|expected|advised)"
    r"|should|must|shall|need to|needs to|have to|has to|will)\b"
)
GERUND = re.compile(r"[A-Z][a-z]+ing\b")
SENTENCE = re.compile(r".+?(?:[.;!?](?=\s+[A-Z])|:(?=\s)|\Z)", re.DOTALL)
NEXT_OF_LIST = re.compile(r"\n(?=[A-Z][a-z]+ing\b)")  # items without a full stop, each on its line
INTRODUCTION = wording(r"\b(?:following|below|listed|the table|these controls)\b")
SENTENCE_END = re.compile(r"[.;!?]['\")]?$")


def cuecs(sections: Sections) -> tuple[Cuec, ...]:
    """Every item, with the page on which it begins. No list is a legitimate answer."""
    for heading in HEADINGS:
        for part in (Part.DESCRIPTION, Part.TESTS, Part.OTHER):
            found = _under_heading(sections, part, heading)
            if found:
                return found
    return ()


def _under_heading(sections: Sections, part: Part, heading: re.Pattern[str]) -> tuple[Cuec, ...]:
    lines = sections.lines.get(part, [])
    for at, line in enumerate(lines):
        if _is_heading(line, heading):
            items = _items(sections, _list_below(lines, at))
            if items:
                return items
    return ()


def _is_heading(line: Line, heading: re.Pattern[str]) -> bool:
    title = NUMBERING.sub("", line.text.translate(STRAIGHT).strip(), count=1).rstrip(" :.")
    return title[:1].isupper() and bool(heading.fullmatch(title))


def _list_below(lines: Sequence[Line], at: int) -> list[Line]:
    """The lines after a heading up to the next one of its size, or one that is written like it."""
    heading = lines[at]
    body = _body_height(lines, at)
    taken: list[Line] = []
    for line in lines[at + 1 :]:
        taller = line.height > 1.08 * body and line.height >= 0.97 * heading.height
        title = line.text[:1].isupper() and not SENTENCE_END.search(line.text) and len(line.text) < 90
        if taller and title and len(line.words) < 14:
            break
        if taken and any(_is_heading(line, known) for known in HEADINGS):
            break
        taken.append(line)
        if len(taken) > 600:
            break
    return taken


def _body_height(lines: Sequence[Line], at: int) -> float:
    heights = sorted(line.height for line in lines[at + 1 : at + 30])
    return heights[len(heights) // 2] if heights else lines[at].height


def _items(sections: Sections, lines: Sequence[Line]) -> tuple[Cuec, ...]:
    rows = [row for row in _as_rows(lines) if not row.head]
    if sum(_is_marked(row) for row in rows) >= 2:
        groups = _marked_items(rows)
        return tuple(cuec for group in groups if (cuec := _cuec(sections, group)) is not None)
    return tuple(_told_items(sections.document.flow(line for row in rows for line in _texts(row))))


def _marked_items(rows: Sequence[TableRow]) -> list[list[Line]]:
    """Items that begin with a mark and go on in lines that are set in as far, or until their sentence ends."""
    left = min(_text_start(row) for row in rows if _is_marked(row))
    groups: list[list[Line]] = []
    is_open = False
    last: TableRow | None = None
    for row in rows:
        texts = _texts(row)
        if not texts:
            continue
        if _is_marked(row):
            groups.append(list(texts))
            is_open = True
        elif is_open and (texts[0].x0 >= left - 3 or not _ended(groups[-1])) and not _far_below(row, last):
            groups[-1] += texts
        else:
            is_open = False
        last = row
    return groups


def _told_items(flow: Flow) -> Iterator[Cuec]:
    """Sentences that tell a user entity what to do, and the gerunds of a list that an introduction opens."""
    announced = found = False
    for match in SENTENCE.finditer(flow.text):
        start, end = match.span()
        words = re.sub(r"\s+", " ", match.group()).strip()
        if words.endswith(":"):
            announced = True
        elif DUTY.match(words) and (found or not INTRODUCTION.search(words)):
            found = True
            yield _told(flow, start, end)
        elif announced and GERUND.match(words):
            found = True
            cuts = [start, *(start + cut.end() for cut in NEXT_OF_LIST.finditer(match.group()) if cut.start() > 2), end]
            yield from (_told(flow, first, last) for first, last in pairwise(cuts))


def _told(flow: Flow, start: int, end: int) -> Cuec:
    start += len(flow.text[start:end]) - len(flow.text[start:end].lstrip())
    return Cuec(re.sub(r"\s+", " ", flow.text[start:end]).strip(), flow.place(start, end))


def _as_rows(lines: Sequence[Line]) -> list[TableRow]:
    """The lines as rows of print: side by side lines of a table together, two columns of prose apart."""
    rows: list[Row] = []
    for line in lines:
        if rows and rows[-1].lines[0].page == line.page and abs(rows[-1].bottom - line.bottom) < 0.35 * line.height:
            rows[-1].lines.append(line)
        else:
            rows.append(Row([line], line.bottom))
    return table_rows(rows)


def _is_marked(row: TableRow) -> bool:
    if row.head or not row.cells:
        return False
    first = row.cells[0].line.words[0].text
    return bool(MARK.fullmatch(first)) and (len(row.cells) > 1 or len(row.cells[0].line.words) > 1)


def _texts(row: TableRow) -> list[Line]:
    """The row's lines without marks, numbers and criteria in cells of their own."""
    found = []
    for place, cell in enumerate(row.cells):
        words = cell.line.words
        if place == 0 and MARK.fullmatch(words[0].text):
            words = words[1:]
        if not words:
            continue
        text = " ".join(word.text for word in words)
        if re.fullmatch(rf"(?:(?:{CRITERION.pattern})[\s,;/&]*)+", text) or re.fullmatch(r"[\d\W]+", text):
            continue
        line = Line(list(words), words[0].x0, words[-1].x1, cell.line.top, cell.line.bottom, cell.line.page)
        found.append(line.finish())
    return found


def _text_start(row: TableRow) -> float:
    texts = _texts(row)
    return texts[0].x0 if texts else row.cells[0].line.x0


def _ended(group: Sequence[Line]) -> bool:
    return bool(SENTENCE_END.search(group[-1].text))


def _far_below(row: TableRow, last: TableRow | None) -> bool:
    return last is not None and last.page == row.page and row.bottom - last.bottom > 2.2 * row.height


def _cuec(sections: Sections, lines: Sequence[Line]) -> Cuec | None:
    flow = sections.document.flow(lines)
    text = re.sub(r"\s+", " ", flow.text).strip()
    if len(text) < 15:
        return None
    place = flow.place(0, len(flow.text))
    return Cuec(text, place)
