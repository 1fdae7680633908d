"""The controls of the tests section, each with its criteria and the rows that belong to it.

A control begins where its id stands and ends where the next one begins, over page breaks, whatever the columns are:
so tables, lists of labels and prose ("Control AC-1. ... Result. ...") are read by one rule. Which tokens are ids is
learned from the document: they stand at the start of cells of one kind, many of them, of few shapes.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from vendors.reading.criteria import ID as CRITERION
from vendors.reading.criteria import ONLY_CRITERIA, ids_in
from vendors.reading.lines import Line, Row
from vendors.reading.sections import RESULT, Part, Sections
from vendors.reading.tables import Cell, TableRow, table_rows

LABEL = re.compile(r"(?:control|ctrl|ref(?:erence)?)\.?(?:\s+(?:id|no|number|ref|activity))?\.?\s*[#:]?", re.IGNORECASE)
CONTROL_ID = re.compile(
    r"(?:[A-Z][A-Za-z]{0,7}(?:[-–_.]?[A-Z]{1,5})?[-–_. ]?\d{1,4}(?:[.\-–_]\d{1,4})*[a-z]?"
    r"|\d{1,3}(?:[.\-–]\d{1,4})+[a-z]?)"
)
ID_HEAD = re.compile(r"\b(ref|no|number|id|#)\b|#|^control$", re.IGNORECASE)
CRITERIA_LABEL = re.compile(
    r"(?:related |applicable )?(?:trust services )?(?:criteri(?:on|a)|TSC)(?: ref\S*)?\s*:?", re.IGNORECASE
)
BEHIND_ID = re.compile(r"\d[a-z]?\s+\((?P<criteria>[^()]+)\)$")  # "Control AC-2 (CC6.1, CC6.2)"
OBJECTIVE = re.compile(r"control objective\b|objective \d", re.IGNORECASE)


LINES_APART = 1.35  # of the height: lines that are no further apart follow one another in a cell
BESIDE = 0.2  # of the height: lines that differ by less stand on one level
NEAR = 5  # rows of print, of which centred cells have two for each line


@dataclass
class Control:
    """A control as the tests section lists it: its id, the page of the id, and its rows of print."""

    id: str
    page: int
    rows: list[TableRow]
    criteria: tuple[str, ...] = ()

    def cells(self) -> dict[int, list[Line]]:
        """Its lines by column, from top to bottom and over page breaks."""
        found: dict[int, list[Line]] = defaultdict(list)
        for row in self.rows:
            for cell in row.cells:
                found[cell.column].append(cell.line)
        return dict(found)


@dataclass(frozen=True)
class _Candidate:
    row: int
    column: int
    token: str
    slot: tuple[object, ...]
    shape: str


@dataclass(frozen=True)
class Listed:
    """The controls in the order in which they are listed; one that is listed under two criteria comes twice.

    named  the criteria that head rows or stand in cells of their own, in the order of print
    """

    controls: list[Control]
    named: tuple[str, ...]


def listed_controls(sections: Sections) -> Listed:
    """Read the tests section."""
    rows = table_rows(_rows_of(sections, Part.TESTS))
    controls = _controls(rows, _learned(rows))
    if not any(control.criteria for control in controls):
        _add_criteria(sections, controls)
    return Listed(controls, tuple(dict.fromkeys(each for row in rows for each in _named(row))))


def _add_criteria(sections: Sections, controls: Sequence[Control]) -> None:
    """The criteria of controls that are tested under titles of another kind, from a table in another part."""
    for part in (Part.DESCRIPTION, Part.OTHER):
        matrix = _matrix(table_rows(_rows_of(sections, part)), {control.id for control in controls})
        for control in controls if matrix else ():
            control.criteria = control.criteria or tuple((matrix or {}).get(control.id, ()))


def _controls(rows: Sequence[TableRow], found: Sequence[_Candidate]) -> list[Control]:
    starts = _starts(rows, found)
    matrix = _matrix(rows, {each.token for each in found})
    result: list[Control] = []
    heading: tuple[str, ...] = ()
    at = 0
    for place, candidate in enumerate(found):
        end = starts[place + 1] if place + 1 < len(found) else len(rows)
        for row in rows[at : starts[place]]:
            heading = (_heading(row) if matrix is None else ()) or heading
        first = rows[candidate.row]
        own = _criteria_on(first, candidate)
        control = Control(candidate.token, first.page, list(rows[starts[place] : candidate.row + 1]))
        at = candidate.row + 1
        told = False
        while at < end:
            row = rows[at]
            more = [] if row.head or told else _criteria_below(row, first, own)
            if not row.head and not more and _ends(row):
                break
            if not row.head:
                own += [each for each in more if each not in own]
                told = told or bool(RESULT.search(row.text))
                control.rows.append(row)
            at += 1
        # A criterion may stand once for several rows: what is in force stays so until another is named.
        heading = tuple(own) or heading
        control.criteria = heading if matrix is None else tuple(own) or tuple(matrix.get(control.id, ()))
        result.append(control)
    return result


def _matrix(rows: Sequence[TableRow], known: set[str]) -> dict[str, list[str]] | None:
    """Criteria by control from a table of its own: a criterion on the left, the ids of its controls on the right."""
    found: dict[str, list[str]] = {}
    criteria: list[str] = []
    for row in rows:
        first, *others = row.cells
        if ONLY_CRITERIA.fullmatch(first.text):
            criteria = ids_in(first.text)
        elif first.column == 0:
            criteria = []
        names = [re.split(r"[,;]\s*", cell.text.strip(" ,;")) for cell in (others or row.cells)]
        for name in names[0] if len(names) == 1 and all(each in known for each in names[0]) else []:
            found.setdefault(name, []).extend(each for each in criteria if each not in found.get(name, ()))
    return found if len(found) >= max(2, 0.5 * len(known)) and any(found.values()) else None


def _named(row: TableRow) -> tuple[str, ...]:
    if row.head:
        return ()
    return _heading(row) or tuple(
        each for cell in row.cells if ONLY_CRITERIA.fullmatch(cell.text) for each in ids_in(cell.text)
    )


def _ends(row: TableRow) -> bool:
    return bool(_heading(row) or OBJECTIVE.match(row.text))


def _starts(rows: Sequence[TableRow], found: Sequence[_Candidate]) -> list[int]:
    """The row with which each control begins: that of its id, or further up where cells are centred on each other."""
    middles = [each for each in found if _is_mid_cell(rows, each)]
    if len(middles) < 0.3 * len(found):
        return [each.row for each in found]
    return [_top_of_centred(rows, each.row, found[place - 1].row if place else -1) for place, each in enumerate(found)]


def _top_of_centred(rows: Sequence[TableRow], id_row: int, before: int) -> int:
    """The first row of cells that are centred on an id: below the nearest gap above it, or the widest one since the
    id before where the table is set so tight that none stands out."""
    start = id_row
    while start - 1 > before and _is_contiguous(rows[start - 1], rows[start]) and not _ends(rows[start - 1]):
        start -= 1
    if start - 1 > before or before < 0 or not _is_contiguous(rows[before], rows[start]):
        return start
    gaps = [rows[at].bottom - rows[at - 1].bottom for at in range(start, id_row + 1)]
    return start + gaps.index(max(gaps))


def _is_contiguous(above: TableRow, row: TableRow) -> bool:
    return above.page == row.page and not above.head and row.bottom - above.bottom <= LINES_APART * row.height


def _is_mid_cell(rows: Sequence[TableRow], candidate: _Candidate) -> bool:
    """Whether the id stands beside the middle of a sentence of another cell: it is centred on that cell.

    The line of the sentence that stands beside it or half a line below begins with a small letter, and one more of
    its cell stands right above.
    """
    row = rows[candidate.row]
    near = [
        each
        for each in rows[max(0, candidate.row - NEAR) : candidate.row + NEAR]
        if each.page == row.page and not each.head and abs(each.bottom - row.bottom) <= LINES_APART * row.height
    ]
    level = row.bottom - BESIDE * row.height
    for column in {cell.column for each in near for cell in each.cells} - {candidate.column}:
        lines = [(each.bottom, cell.text) for each in near for cell in each.cells if cell.column == column]
        above = [bottom for bottom, _text in lines if bottom < level]
        beside = [(bottom, text) for bottom, text in lines if bottom >= level]
        if not above or not beside:
            continue
        bottom, text = beside[0]
        if text[0].islower() and bottom - above[-1] <= LINES_APART * row.height and bottom - row.bottom < row.height:
            return True
    return False


def _rows_of(sections: Sections, part: Part) -> list[Row]:
    lines = sections.lines.get(part, [])
    wanted = {id(line) for line in lines}
    pages = sorted({line.page for line in lines})
    return [
        row for page in pages for row in sections.document.rows[page] if any(id(line) in wanted for line in row.lines)
    ]


def _learned(rows: Sequence[TableRow]) -> list[_Candidate]:
    """The ids: of all tokens that look like one, those of the slot with the most, and of shapes seen more than once."""
    candidates = [each for at, row in enumerate(rows) if not row.head for each in _candidates(at, row)]
    slots: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for each in candidates:
        slots[each.slot].add(each.token)
    if not slots:
        return []
    best = max(slots, key=lambda slot: (len(slots[slot]), slot[0] == "label"))
    chosen = [each for each in candidates if each.slot == best]
    shapes: dict[str, set[str]] = defaultdict(set)
    for each in chosen:
        shapes[each.shape].add(each.token)
    few = max(2, 0.03 * len(slots[best]))
    kept = [each for each in chosen if len(shapes[each.shape]) >= few or len(chosen) <= 3]
    if best[0] == "text":
        kept = [each for each in kept if _begins_a_cell(rows, each)]
    return kept


def _candidates(at: int, row: TableRow) -> list[_Candidate]:
    found = []
    for place, cell in enumerate(row.cells):
        label, token, rest = _id_of(cell, row.cells[place - 1] if place else None, row.heads.get(cell.column, ""))
        if token:
            kind = "label" if label else "alone" if not rest else "text"
            slot = (kind,) if label else (kind, cell.column)
            found.append(
                _Candidate(at, cell.column, token, slot, re.sub(r"\d+", "9", re.sub(r"[A-Za-z]+", "A", token)))
            )
    return found


def _id_of(cell: Cell, before: Cell | None, head: str) -> tuple[bool, str, bool]:
    """Whether a label names it, the id at the start of the cell or "", and whether more text follows."""
    words = [word.text for word in cell.line.words]
    if len(words) > 1 and re.fullmatch(r"[^\w#]", words[0]):
        words = words[1:]  # a bullet
    label = before is not None and LABEL.fullmatch(before.text) is not None
    for count in (3, 2, 1):
        if len(words) > count and LABEL.fullmatch(" ".join(words[:count])):
            label, words = True, words[count:]
            break
    token = words[0].strip(".:;,()[]")
    if len(words) > 1 and re.fullmatch(r"[A-Z]{1,6}", token) and re.fullmatch(r"\d{1,4}(?:\.\d{1,3})*[.:]?", words[1]):
        token, words = f"{token} {words[1].strip('.:')}", words[1:]
    if ID_HEAD.search(head) and re.fullmatch(r"\d{1,3}", token) and len(words) == 1:
        return label, token, False
    if not CONTROL_ID.fullmatch(token) or CRITERION.fullmatch(token) or re.fullmatch(r"(19|20)\d\d", token):
        return label, "", False
    return label, token, len(words) > 1


def _begins_a_cell(rows: Sequence[TableRow], candidate: _Candidate) -> bool:
    """Whether the id opens its cell: no line of the same cell stands right above it ("... by / AES-256 keys")."""
    row = rows[candidate.row]
    for above in reversed(rows[max(0, candidate.row - 3) : candidate.row]):
        if above.page != row.page or above.head:
            return True
        if any(cell.column == candidate.column for cell in above.cells):
            return row.bottom - above.bottom > 1.25 * row.height or len(row.cells) > 2
    return True


def _heading(row: TableRow) -> tuple[str, ...]:
    """The criteria that a row announces for the controls below it: "CC6.1 – Logical access ..."."""
    if row.head or not row.cells:
        return ()
    text = row.text
    label = CRITERIA_LABEL.match(text)
    if label and label.end() and CRITERION.match(text[label.end() :].lstrip()):
        text = text[label.end() :].lstrip()
    if not CRITERION.match(text):
        return ()
    only = ONLY_CRITERIA.match(text)
    return tuple(ids_in(only.group())) if only else ()


def _criteria_on(row: TableRow, candidate: _Candidate) -> list[str]:
    """Criteria in a cell of their own on the row of the id, or in brackets right behind it."""
    found: list[str] = []
    for cell in row.cells:
        if cell.column != candidate.column and CRITERION.match(cell.text):
            only = ONLY_CRITERIA.match(cell.text)
            found += ids_in(only.group() if only else cell.text)
        elif cell.column == candidate.column and (behind := BEHIND_ID.search(cell.text)):
            found += ids_in(behind["criteria"]) if ONLY_CRITERIA.fullmatch(behind["criteria"]) else []
    return found


def _criteria_below(row: TableRow, first: TableRow, own: Sequence[str]) -> list[str]:
    """Further criteria of the same control: below the first in its cell, or after a label."""
    for place, cell in enumerate(row.cells):
        label = CRITERIA_LABEL.match(cell.text)
        if label and label.end() and ONLY_CRITERIA.fullmatch(cell.text[label.end() :].lstrip()):
            return ids_in(cell.text)
        if place and CRITERIA_LABEL.fullmatch(row.cells[place - 1].text) and ONLY_CRITERIA.fullmatch(cell.text):
            return ids_in(cell.text)
        columns = [each.column for each in first.cells if CRITERION.match(each.text)]
        if own and ONLY_CRITERIA.fullmatch(cell.text) and cell.column in columns and len(row.cells) > 1:
            return ids_in(cell.text)
    return []
