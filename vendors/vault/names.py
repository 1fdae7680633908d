"""File names as people may see them. A name never becomes part of a path; storage names are random."""

import re
import unicodedata

LONGEST = 120
LONGEST_IN_BYTES = 200
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def clean_name(raw: str, *, fallback: str = "report.pdf") -> str:
    """The name without its folders and without what deceives or breaks: control, bidirectional and invisible
    characters, leading dots, dashes and formula signs, names that a system reserves, excess length.

    Returns `fallback` when nothing is left.
    """
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", raw))[-1]
    name = "".join(character if _is_harmless(character) else " " * character.isspace() for character in name)
    name = " ".join(name.split()).lstrip("-.=+@~ ").rstrip(". ")
    if not name or RESERVED.fullmatch(name):
        return fallback
    return _shortened(name)


def _is_harmless(character: str) -> bool:
    """No control, format, surrogate, private or unassigned character, and no separator but the space."""
    category = unicodedata.category(character)
    return category[0] != "C" and category not in {"Zl", "Zp"} and (category != "Zs" or character == " ")


def _shortened(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = name, "", ""
    while stem and (len(stem + dot + ending) > LONGEST or len((stem + dot + ending).encode()) > LONGEST_IN_BYTES):
        stem = stem[:-1]
    return stem.rstrip() + dot + ending
