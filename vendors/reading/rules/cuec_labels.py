"""The number and the criteria of each complementary user entity control, where its list gives them.

A number is the mark with which an item begins, if no other item has the same. Criteria stand in a cell beside the
item, in brackets at its beginning or end, or in a line that heads a group of items; a cell that is empty says nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vendors.reading.criteria import ID as CRITERION
from vendors.reading.criteria import ONLY_CRITERIA, exists, ids_in
from vendors.reading.document import Document
from vendors.reading.facts import Cuec, Fact
from vendors.reading.lines import Line
from vendors.reading.tables import Cell, TableRow, line_of
from vendors.reading.words import Word

BULLETS = "•●▪■◦‣·○∙–—*-"
_CALLED = r"(?:CUEC|UEC|CUC|UE)"
MARK = re.compile(
    rf"(?:[{BULLETS}]|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]|\d{{1,2}}|{_CALLED}[\s.-]*\d*[.:]?"
    r"|[A-Z]{1,6}-?\d{1,3}[.:]?|[A-Z]{2,6}[.-]\d{1,2}\.\d{1,2}[.:]?)"
)
NUMBER = re.compile(r"\d{1,3}[.:)]?")
GROUP = re.compile(
    rf"(?:(?:trust services |related )?criteri(?:on|a):? )?(?P<ids>{ONLY_CRITERIA.pattern})", re.IGNORECASE
)
AHEAD = re.compile(rf"[(\[](?:[A-Za-z ]+:? )?(?P<ids>{ONLY_CRITERIA.pattern})[)\]]")
IN_BRACKETS = re.compile(rf"[(\[](?:[A-Za-z ]+:? )?(?P<ids>{ONLY_CRITERIA.pattern})[)\]]\.?$")


@dataclass(frozen=True)
class Item:
    """A control and the words of the document it is made of."""

    cuec: Cuec
    words: Sequence[Word]


def mark_of(row: TableRow) -> list[Word]:
    """The words with which a row marks the beginning of an item: a bullet, a number, "CUEC 3"; none for other rows."""
    if row.head or not row.cells:
        return []
    first, *others = row.cells[0].line.words
    if re.fullmatch(_CALLED, first.text) and others and NUMBER.fullmatch(others[0].text):
        return [first, others[0]]
    return [first] if MARK.fullmatch(first.text) and not CRITERION.fullmatch(first.text) else []


def is_marked(row: TableRow) -> bool:
    """Whether an item begins in the row: a mark, and words behind it or in the next cell."""
    mark = mark_of(row)
    return bool(mark) and (len(row.cells) > 1 or len(row.cells[0].line.words) > len(mark))


def with_labels(document: Document, rows: Sequence[TableRow], items: Sequence[Item]) -> tuple[Cuec, ...]:
    """The controls in their order, each with its number and its criteria where they are given."""
    row_of = {id(word): at for at, row in enumerate(rows) for cell in row.cells for word in cell.line.words}
    spans = [(row_of[id(item.words[0])], row_of[id(item.words[-1])]) for item in items]
    marks = [mark_of(rows[first]) for first, _last in spans]
    numbers = [_number(mark) for mark in marks]
    counted = _is_counted(numbers)
    groups = _groups(document, rows, spans)
    labelled = []
    for at, item in enumerate(items):
        cuec = item.cuec
        if counted and numbers[at]:
            place = document.flow([line_of(list(marks[at]))]).place(0, 1)
            cuec = replace(cuec, reference=Fact(numbers[at], place.page, place.quote, place.box))
        criteria = _beside(document, rows, spans, at) or _in_brackets(item) or groups[at]
        labelled.append(replace(cuec, criteria=criteria) if criteria else cuec)
    return tuple(labelled)


def _number(mark: Sequence[Word]) -> str:
    """The mark as it would be named: "3" of "3.", "CUEC-3" of "CUEC-3:"; nothing of a bullet."""
    number = " ".join(word.text for word in mark).strip("().:[] ")
    return number if re.search(r"[^\W_]", number) else ""


def _is_counted(numbers: Sequence[str]) -> bool:
    """Whether numbers name their items: each differs from the others."""
    given = [number for number in numbers if number]
    return bool(given) and len(set(given)) == len(given)


def _beside(
    document: Document, rows: Sequence[TableRow], spans: Sequence[tuple[int, int]], at: int
) -> Fact[tuple[str, ...]] | None:
    """The criteria in cells of their own beside an item, on rows that no other item has a part of."""
    first, last = spans[at]
    before = spans[at - 1][1] if at else -1
    behind = spans[at + 1][0] if at + 1 < len(spans) else len(rows)
    if first <= before or last >= behind:
        return None
    columns = {cell.column for row in rows[first : last + 1] for cell in row.cells if _is_criteria(cell)}
    while last + 1 < behind and all(_is_criteria(cell) and cell.column in columns for cell in rows[last + 1].cells):
        last += 1
    lines = [cell.line for row in rows[first : last + 1] for cell in row.cells if _is_criteria(cell)]
    return _stated(document, lines)


def _is_criteria(cell: Cell) -> bool:
    return bool(ONLY_CRITERIA.fullmatch(cell.text))


def _in_brackets(item: Item) -> Fact[tuple[str, ...]] | None:
    """The criteria that end the item, "... when they leave (CC6.2, CC6.3).", or begin it: "(CC6.2): User entities"."""
    found = IN_BRACKETS.search(item.cuec.text) or AHEAD.match(item.cuec.text)
    criteria = tuple(each for each in ids_in(found["ids"]) if exists(each)) if found else ()
    place = item.cuec.place
    return Fact(criteria, place.page, place.quote, place.box) if criteria else None


def _groups(
    document: Document, rows: Sequence[TableRow], spans: Sequence[tuple[int, int]]
) -> list[Fact[tuple[str, ...]] | None]:
    """For each item the criteria of the line that heads its group: "CC6.1 – Logical access", until the next such."""
    taken = {at for first, last in spans for at in range(first, last + 1)}
    heads: dict[int, Fact[tuple[str, ...]] | None] = {}
    for at, row in enumerate(rows):
        heading = GROUP.match(row.text) if at not in taken and len(row.cells) == 1 else None
        if heading and (heading.end() == len(row.text) or not row.text.rstrip().endswith(".") or _is_apart(rows, at)):
            heads[at] = _stated(document, [row.cells[0].line], len(heading.group()))
    found = []
    for first, _last in spans:
        above = [at for at in heads if at < first]
        found.append(heads[max(above)] if above else None)
    return found


def _is_apart(rows: Sequence[TableRow], at: int) -> bool:
    """Whether a row is no line of the paragraph above it."""
    return (
        at == 0 or rows[at - 1].page != rows[at].page or rows[at].bottom - rows[at - 1].bottom > 1.35 * rows[at].height
    )


def _stated(document: Document, lines: Sequence[Line], length: int | None = None) -> Fact[tuple[str, ...]] | None:
    flow = document.flow(lines)
    end = len(flow.text) if length is None else length
    criteria = tuple(each for each in ids_in(flow.text[:end]) if exists(each))
    if not criteria:
        return None
    place = flow.place(0, end)
    return Fact(criteria, place.page, place.quote, place.box)
