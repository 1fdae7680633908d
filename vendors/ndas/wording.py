"""An NDA's text: made exact when it is issued, hashed, and parted for reading. Pure."""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True)
class Passage:
    """One heading or paragraph as a page shows it."""

    part: Part
    text: str


def exact(text: str) -> str:
    """The text as it is issued: one kind of line end, NFC, nothing invisible, no space at line ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = ["".join(character for character in line if _shows(character)).rstrip() for line in lines]
    return "\n".join(lines).strip("\n") + "\n"


def filled_in(text: str, facts: dict[str, str | int]) -> str:
    """`[term_months]` and its like replaced by what is agreed, so that text and dates never differ."""
    for name, value in facts.items():
        text = text.replace(f"[{name}]", str(value))
    return text


def sha256_of(text: str) -> str:
    """SHA-256 of the exact UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def passages(text: str) -> list[Passage]:
    """Headings and paragraphs: an empty line parts paragraphs, a line that starts with # is a heading."""
    found: list[Passage] = []
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line and not line.startswith("#"):
            lines.append(line)
            continue
        if lines:
            found.append(Passage(Part.PARAGRAPH, " ".join(lines)))
            lines = []
        if line:
            found.append(Passage(Part.HEADING, line.lstrip("#").strip()))
    return found


def _shows(character: str) -> bool:
    return character == "\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
