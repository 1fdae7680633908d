"""Complementary user entity controls: the items of the list or table under their heading.

Items are told by their marks (bullets, numbers, a cell of their own); where there are none, by sentences that tell a
user entity what to do. The list ends at the next heading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from vendors.reading.criteria import ONLY_CRITERIA
from vendors.reading.document import Document
from vendors.reading.facts import Cuec
from vendors.reading.flow import STRAIGHT, Flow
from vendors.reading.lines import Line
from vendors.reading.rules.cuec_labels import Item, is_marked, mark_of, with_labels
from vendors.reading.sections import NUMBERING, Part, Sections
from vendors.reading.tables import ALIGNED, TableRow, line_of, rows_of_print
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
SHORTEST = 15  # characters
SET_IN = 9  # points by which the items of a list are further in than its introduction
FULL = 30  # points by which a line that is full may end before the widest of the report
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
        beside = (
            bool(taken) and taken[-1].page == line.page and abs(taken[-1].bottom - line.bottom) < 0.35 * line.height
        )
        if taken and not beside and any(_is_heading(line, known) for known in HEADINGS):
            break
        taken.append(line)
        if len(taken) > 600:
            break
    return taken


def _body_height(lines: Sequence[Line], at: int) -> float:
    heights = sorted(line.height for line in lines[at + 1 : at + 30])
    return heights[len(heights) // 2] if heights else lines[at].height


def _items(sections: Sections, lines: Sequence[Line]) -> tuple[Cuec, ...]:
    rows = [row for row in rows_of_print(lines) if not row.head]
    document = sections.document
    if sum(is_marked(row) for row in rows) >= 2:
        items = _joined(document, _marked_items(rows))
    else:
        told = _told_items(document.flow(line for row in rows for line in _texts(row)))
        items = list(told) or _joined(document, _set_in(document, rows)) or _joined(document, _beside_criteria(rows))
    return with_labels(document, rows, items)


def _joined(document: Document, groups: Iterable[Sequence[Line]]) -> list[Item]:
    return [item for group in groups if (item := _item(document.flow(group))) is not None]


def _marked_items(rows: Sequence[TableRow]) -> list[list[Line]]:
    """Items that begin with a mark and go on in lines that are set in as far, or until their sentence ends."""
    left = min(_text_start(row) for row in rows if is_marked(row))
    groups: list[list[Line]] = []
    is_open = False
    last: TableRow | None = None
    for row in rows:
        texts = _texts(row)
        if not texts:
            continue
        if is_marked(row):
            groups.append(list(texts))
            is_open = True
        elif is_open and (texts[0].x0 >= left - 3 or not _ended(groups[-1])) and not _far_below(row, last):
            groups[-1] += texts
        else:
            is_open = False
        last = row
    return groups


def _set_in(document: Document, rows: Sequence[TableRow]) -> list[list[Line]]:
    """Sentences that are set in below their introduction: some producers draw bullets, which are no text then."""
    left = min((row.cells[0].line.x0 for row in rows), default=0.0)
    inner = [row for row in rows if row.cells[0].line.x0 > left + SET_IN]
    if not inner or inner[0] is rows[0] or any(len(row.cells) > 1 for row in inner):
        return []
    if max(row.cells[0].line.x0 for row in inner) - min(row.cells[0].line.x0 for row in inner) > ALIGNED:
        return []
    full = max(line.x1 for page in document.rows.values() for row in page for line in row.lines) - FULL
    groups: list[list[Line]] = []
    goes_on = False
    for row in rows:
        line = row.cells[0].line
        if line.x0 <= left + SET_IN:
            goes_on = False
            continue
        if goes_on and not _ended(groups[-1]):
            groups[-1].append(line)
            continue
        if goes_on and groups[-1][-1].x1 > full:
            return []  # whether an item ends there or only a sentence of it does not show
        groups.append([line])
        goes_on = True
    is_list = len(groups) > 1 and all(group[0].text[0].isupper() and _ended(group) for group in groups)
    return groups if is_list else []


def _beside_criteria(rows: Sequence[TableRow]) -> list[list[Line]]:
    """The cells of a table with criteria in its first column; a row begins where criteria stand and the cell above
    has ended."""
    groups: list[list[Line]] = []
    for row in rows:
        has_criteria = len(row.cells) == 2 and ONLY_CRITERIA.fullmatch(row.cells[0].text)
        if has_criteria and (not groups or _ended(groups[-1])):
            groups.append([row.cells[1].line])
        elif groups and not _ended(groups[-1]):
            groups[-1] += _texts(row)
    return groups if len(groups) > 1 and all(map(_ended, groups)) else []


def _told_items(flow: Flow) -> Iterator[Item]:
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


def _told(flow: Flow, start: int, end: int) -> Item:
    start += len(flow.text[start:end]) - len(flow.text[start:end].lstrip())
    text = re.sub(r"\s+", " ", flow.text[start:end]).strip()
    return Item(Cuec(text, flow.place(start, end)), flow.words_of(start, end))


def _texts(row: TableRow) -> list[Line]:
    """The row's lines without marks, numbers and criteria in cells of their own."""
    found = []
    for place, cell in enumerate(row.cells):
        words = cell.line.words[len(mark_of(row)) :] if place == 0 else cell.line.words
        text = " ".join(word.text for word in words)
        if words and not ONLY_CRITERIA.fullmatch(text) and not re.fullmatch(r"[\d\W]+", text):
            found.append(line_of(list(words)))
    return found


def _text_start(row: TableRow) -> float:
    texts = _texts(row)
    return texts[0].x0 if texts else row.cells[0].line.x0


def _ended(group: Sequence[Line]) -> bool:
    return bool(SENTENCE_END.search(group[-1].text))


def _far_below(row: TableRow, last: TableRow | None) -> bool:
    return last is not None and last.page == row.page and row.bottom - last.bottom > 2.2 * row.height


def _item(flow: Flow) -> Item | None:
    return _told(flow, 0, len(flow.text)) if len(flow.text) >= SHORTEST else None
