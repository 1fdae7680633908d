"""The ids of the 61 Trust Services Criteria, and how they are read in a text."""

import re
from collections.abc import Iterable

_COUNTS = {
    "CC1": 5, "CC2": 3, "CC3": 4, "CC4": 2, "CC5": 3, "CC6": 8, "CC7": 5, "CC8": 1, "CC9": 2,
    "A1": 3, "PI1": 5, "C1": 2,
    "P1": 1, "P2": 1, "P3": 2, "P4": 3, "P5": 2, "P6": 7, "P7": 1, "P8": 1,
}  # fmt: skip
CRITERIA = tuple(f"{group}.{number}" for group, count in _COUNTS.items() for number in range(1, count + 1))
_PLACE = {criterion: place for place, criterion in enumerate(CRITERIA)}
# What follows decides: "CC6.1-02" and "CC6.1.2" are ids of controls.
ID = re.compile(r"(?<![\w.-])(CC\s?[1-9]|A\s?1|PI\s?1|C\s?1|P\s?[1-8])\.\s?(\d{1,2})(?![\w])(?!\s?[.-]\d)(?!-[A-Z])")
ONLY_CRITERIA = re.compile(rf"(?:{ID.pattern}[\s,;/&]*(?:and\s+)?)+")  # a cell of nothing else
CATEGORY_OF_GROUP = {
    "CC": "security",
    "A": "availability",
    "PI": "processing_integrity",
    "C": "confidentiality",
    "P": "privacy",
}


def ids_in(text: str) -> list[str]:
    """The criteria named in a text, each once, as they come; ids that do not exist are among them."""
    return list(dict.fromkeys(f"{match[1]}.{match[2]}".replace(" ", "") for match in ID.finditer(text)))


def exists(criterion: str) -> bool:
    """Whether the standard has a criterion of this id."""
    return criterion in _PLACE


def in_order(criteria: Iterable[str]) -> tuple[str, ...]:
    """Existing criteria in the order of the standard."""
    return tuple(sorted({each for each in criteria if each in _PLACE}, key=_PLACE.__getitem__))


def category_of(criterion: str) -> str:
    """The category to which an id belongs: the common criteria to security."""
    return CATEGORY_OF_GROUP[re.sub(r"\d.*", "", criterion)]
