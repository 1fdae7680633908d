"""Numbers that stand in a column for each level: 1 | 1.1 | a, and the text beside them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from procurement.questionnaires.importing.grid import Sheet

# "1", "A.1.1", "(a)", "iv."
NUMBER = re.compile(r"\(?(?:[A-Za-z]{0,4}[-.]?\d{1,3}(?:[.-]\d{1,3}){0,4}[A-Za-z]?|[A-Za-z]|[ivxIVX]{1,5})[.):]*")
FEWEST_LEVELS, FEWEST_ROWS = 2, 2
NUMBERED = 0.9  # of the rows with a text


@dataclass(frozen=True)
class Steps:
    """level  of each numbered row, from 0; ref of each, the letters of a lower level behind the number above them"""

    level: Mapping[int, int] = field(default_factory=dict)
    ref: Mapping[int, str] = field(default_factory=dict)


def steps_of(sheet: Sheet, question: int, rows: Sequence[int]) -> Steps:
    """The numbers in the columns before the questions, where each row has one of them at most; else nothing."""
    columns = [column for column in sheet.columns if column < question and _are_numbers(sheet, column, rows)]
    found = {row: [column for column in columns if sheet.text(row, column)] for row in rows}
    numbered = {row: each[0] for row, each in found.items() if each}
    if (
        len(columns) < FEWEST_LEVELS
        or any(len(each) > 1 for each in found.values())
        or len(numbered) < NUMBERED * len(rows)
        or numbered.get(rows[0]) != columns[0]
    ):
        return Steps()
    refs: dict[int, str] = {}
    above: dict[int, str] = {}  # the last number of each level
    for row, column in numbered.items():
        level = columns.index(column)
        written = sheet.text(row, column).strip("().: ")
        parent = next((above[each] for each in range(level - 1, -1, -1) if each in above), "")
        refs[row] = above[level] = written if any(map(str.isdigit, written)) else f"{parent}{written}"
        above = {each: ref for each, ref in above.items() if each <= level}
    return Steps({row: columns.index(column) for row, column in numbered.items()}, refs)


def _are_numbers(sheet: Sheet, column: int, rows: Sequence[int]) -> bool:
    texts = [text for row in rows if (text := sheet.text(row, column))]
    return len(texts) >= FEWEST_ROWS and all(NUMBER.fullmatch(text) for text in texts)
