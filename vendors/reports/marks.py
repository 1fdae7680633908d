"""Where on its pages a document says what was read of it: numbered passages, and the marks a viewer draws. Pure.

Content is a reading as `vendors.reading.contract.as_json` writes it. A passage is named by its facts: "opinion", or
"exceptions.0" for the first row of a register.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]

FACTS = (
    "kind", "type", "service_organization", "system", "categories", "period_start", "period_end", "as_of",
    "auditor", "report_date", "opinion", "modified_criteria", "controls_tested",
)  # fmt: skip
REGISTERS = ("subservice_organizations", "cuecs", "exceptions")

# In points: the disc with the number stands in the page's margin, and no disc covers another.
PIN_X, PIN_RADIUS = 16.0, 7.0
PIN_STEP = 2 * PIN_RADIUS + 1


@dataclass(frozen=True)
class Passage:
    """Words of the document that state one fact, or several in one breath. Numbered through the document, from 1."""

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
    return [
        Passage(number, tuple(keys), page, box, quote)
        for number, ((page, box), (keys, quote)) in enumerate(found.items(), start=1)
    ]


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
        yield from ((f"{register}.{place}", row) for place, row in enumerate(content.get(register, ())))


def _box(stated: Any) -> Box | None:
    if not stated or len(stated) != 4:
        return None
    x0, top, x1, bottom = (float(side) for side in stated)
    return x0, top, x1, bottom
