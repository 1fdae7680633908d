"""Drop-downs: what a validation allows, whatever it points at: its own text, cells of this or another sheet, a name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procurement.questionnaires.importing.answers import scale
from procurement.questionnaires.importing.grid import Area, Choices, Sheet
from procurement.questionnaires.importing.texts import clean

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")
POINTER = re.compile(
    r"^(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]]+)!)?(?P<area>[$A-Za-z]{1,4}[$\d]{1,8}(?::[$A-Za-z]{1,4}[$\d]{1,8})?)$"
)
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
MOST_OPTIONS = 200
MOST_COLUMNS = 50  # of one area
MOST_CELLS = 200_000  # that get a drop-down, on one sheet
STEP = re.compile(r"\d{1,2}")
KINDS = {"date": "date", "whole": "number", "decimal": "number"}


@dataclass(frozen=True)
class Validation:
    """One rule for the cells of these areas: its kind ("list", "date", "whole" …) and its formula, as written.

    until  the second formula of a rule that says "between"
    """

    areas: tuple[Area, ...]
    kind: str
    formula: str
    until: str = ""


@dataclass(frozen=True)
class Names:
    """Defined names in small letters, with the place of the sheet they belong to (None: the workbook)."""

    formulas: dict[tuple[str, int | None], str]

    def formula(self, name: str, sheet_place: int) -> str:
        key = name.casefold()
        return self.formulas.get((key, sheet_place)) or self.formulas.get((key, None), "")


def give_choices(sheets: Sequence[tuple[int, Sheet, Sequence[Validation]]], names: Names) -> None:
    """Note for every cell of every sheet what its validation allows. Each sheet comes with its place."""
    by_name = {sheet.name.casefold(): sheet for _place, sheet, _rules in sheets}
    for place, sheet, rules in sheets:
        known: dict[str, tuple[str, ...]] = {}
        for rule in rules:
            if rule.kind == "list":
                if rule.formula not in known:
                    known[rule.formula] = _options(rule.formula, sheet, place, by_name, names)
                choices = Choices("list", known[rule.formula])
            elif steps := _steps(rule):
                choices = Choices("list", steps)
            elif rule.kind in KINDS:
                choices = Choices(KINDS[rule.kind])
            else:
                continue
            _spread(sheet, rule, choices)


def _steps(rule: Validation) -> tuple[str, ...]:
    """The steps of a rating, where a cell takes whole numbers between two that are near each other."""
    if rule.kind != "whole" or not (STEP.fullmatch(rule.formula) and STEP.fullmatch(rule.until)):
        return ()
    return scale(int(rule.formula), int(rule.until))


def _spread(sheet: Sheet, rule: Validation, choices: Choices) -> None:
    for area in rule.areas:
        for row in _filled_rows(sheet, area):
            for column in range(area.left, min(area.right, area.left + MOST_COLUMNS) + 1):
                if len(sheet.choices) + len(sheet.unread_lists) >= MOST_CELLS:
                    return
                if choices.kind == "list" and not choices.options:
                    sheet.unread_lists.add((row, column))
                else:
                    sheet.choices.setdefault((row, column), choices)


def _filled_rows(sheet: Sheet, area: Area) -> Iterator[int]:
    """Rows with anything in them: a validation may reach down to row 1,048,576."""
    if area.bottom - area.top < len(sheet.rows):
        return (row for row in range(area.top, area.bottom + 1) if row in sheet.rows)
    return (row for row in sheet.rows if area.top <= row <= area.bottom)


def _options(
    formula: str, sheet: Sheet, place: int, by_name: dict[str, Sheet], names: Names, *, steps: int = 3
) -> tuple[str, ...]:
    formula = formula.strip().removeprefix("=").strip()
    if formula.startswith('"') and formula.endswith('"'):
        inline = formula[1:-1].replace('""', '"')
        return _distinct(inline.split("," if "," in inline else ";"))
    if pointer := POINTER.match(formula):
        target = by_name.get(pointer["sheet"].strip("'").replace("''", "'").casefold()) if pointer["sheet"] else sheet
        area = area_of(pointer["area"])
        return _distinct(_texts(target, area)) if target and area else ()
    behind = names.formula(formula, place)
    return _options(behind, sheet, place, by_name, names, steps=steps - 1) if behind and steps else ()


def _texts(sheet: Sheet, area: Area) -> Iterator[str]:
    for row in sorted(_filled_rows(sheet, area)):
        for column, cell in sorted(sheet.rows[row].items()):
            if area.left <= column <= area.right:
                yield cell.text


def _distinct(texts: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts if (text := clean(each))))[:MOST_OPTIONS]


def area_of(reference: str) -> Area | None:
    """`$B$2:C9` → its rectangle; a single cell as well. None for anything else."""
    found = REFERENCE.match(reference.strip().upper())
    if not found:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    if not (1 <= top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN):
        return None
    return Area(top, left, bottom, right)


def column_number(letters: str) -> int:
    """ "AB" → 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
