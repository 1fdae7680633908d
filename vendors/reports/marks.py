"""Where on its pages a document says what was read of it: numbered passages, and the marks a viewer draws. Pure.

Content is a reading as `vendors.reading.contract.as_json` writes it. A passage is named by its facts: "opinion", or
"exceptions.0" for the first row of a register, "exceptions.0.response" for a field of it that stands elsewhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

FACTS = (
    "kind", "type", "service_organization", "system", "categories", "criteria_tested", "period_start", "period_end",
    "as_of", "auditor", "report_date", "opinion", "opinion_basis", "modified_criteria", "controls_tested",
)  # fmt: skip
REGISTERS = ("subservice_organizations", "cuecs", "exceptions")
# Fields of a row that are marked where they stand; what stands right beside the row is found with it.
PARTS = ("service", "response")

# In points: the disc with the number stands in the page's margin, and no disc covers another.
PIN_X, PIN_RADIUS = 16.0, 7.0
PIN_STEP = 2 * PIN_RADIUS + 1


@dataclass(frozen=True)
class Passage:
    """Words of the document that state one fact, or several in one breath. Numbered through the document, from 1; what
    belongs to one row has one number."""

    number: int
    keys: tuple[str, ...]
    page: int
    box: Box
    quote: str


@dataclass(frozen=True)
class Mark:
    """A passage as it is drawn on its page.

    state  "open", "accepted" or "selected"
    pin_y  where the middle of its numbered disc stands; across it is `PIN_X`
    """

    passage: Passage
    state: str
    pin_y: float


def passages(content: Mapping[str, Any]) -> list[Passage]:
    """Every passage with a place on a page: facts in the order of the form, then each register's rows."""
    found: dict[tuple[int, Box], tuple[list[str], str]] = {}
    for key, ground in _grounds(content):
        page, box = ground.get("page"), _box(ground.get("box"))
        if isinstance(page, int) and box is not None:
            found.setdefault((page, box), ([], str(ground.get("quote", ""))))[0].append(key)
    numbers: dict[str, int] = {}
    listed = []
    for (page, box), (keys, quote) in found.items():
        whole = row_of(keys[0])
        number = numbers.get(whole) or max(numbers.values(), default=0) + 1
        numbers |= dict.fromkeys(map(row_of, keys), number)
        listed.append(Passage(number, tuple(keys), page, box, quote))
    return listed


def row_of(key: str) -> str:
    """The row to which a field belongs, else the fact itself: its words have the row's number, wherever they stand."""
    return ".".join(key.split(".")[:2])


def named(passages: Sequence[Passage], key: str) -> Passage | None:
    """The passage of a fact or a row."""
    return next((passage for passage in passages if key in passage.keys), None)


def marks_on(passages: Sequence[Passage], *, page: int, accepted: Collection[str], selected: str) -> list[Mark]:
    """The marks of one page, from its top down. `accepted` names the facts a person has recorded."""
    marks: list[Mark] = []
    lowest = 0.0
    for passage in sorted((one for one in passages if one.page == page), key=lambda one: (one.box[1], one.number)):
        middle = max((passage.box[1] + passage.box[3]) / 2, lowest + PIN_STEP if marks else PIN_RADIUS)
        lowest = middle
        marks.append(Mark(passage, _state(passage, accepted, selected), round(middle, 2)))
    return marks


def _state(passage: Passage, accepted: Collection[str], selected: str) -> str:
    if selected in passage.keys:
        return "selected"
    return "accepted" if all(key in accepted for key in passage.keys) else "open"


def _grounds(content: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    evidence = content.get("evidence", {})
    yield from ((fact, evidence[fact]) for fact in FACTS if fact in evidence)
    for register in REGISTERS:
        for place, row in enumerate(content.get(register, ())):
            yield f"{register}.{place}", row
            grounds = row.get("evidence", {})
            yield from ((f"{register}.{place}.{part}", grounds[part]) for part in PARTS if part in grounds)


def _box(stated: Any) -> Box | None:
    if not stated or len(stated) != 4:
        return None
    x0, top, x1, bottom = (float(side) for side in stated)
    return x0, top, x1, bottom
