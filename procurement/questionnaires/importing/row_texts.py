"""What the text of a row looks like: a title, an explanation, an instruction, or the end of something."""

import re

from procurement.questionnaires.importing.texts import folded, length
from procurement.questionnaires.importing.words import GUIDANCE, INSTRUCTING, NOISE

LONGEST_TITLE = 120
BEGINNING = 80  # characters in which an explanation says that it is one
# "1.2 Text", "A-3) Text": an id before the text.
NUMBERED = re.compile(r"^\(?((?:[A-Z]{1,5}[-.]?)?\d{1,3}(?:[.-]\d{1,3}){0,5})[.):]?\s+(?=\S{2})")
LEAD = re.compile(r"^\W*([^\n:：]{1,30}?)\s*[:：]")
SENTENCE_END = tuple(".!?;,。！？；،؟:：")
ASKING = ("?", "？", "؟")


def is_title(text: str, *, colon: bool = False) -> bool:
    """One short line that is no sentence."""
    text = text.strip()
    ends = tuple(end for end in SENTENCE_END if end not in ":：") if colon else SENTENCE_END
    return (
        "\n" not in text
        and not text.startswith("=")
        and length(text) <= LONGEST_TITLE
        and not text.endswith(ends)
        and not is_guidance(text)
    )


def is_guidance(text: str) -> bool:
    lead = LEAD.match(text[:BEGINNING])
    return lead is not None and folded(lead[1]) in GUIDANCE


def is_instruction(text: str) -> bool:
    words = folded(text)
    return any(
        f"{words} ".startswith(f"{start} ") if start.isascii() else words.startswith(start) for start in INSTRUCTING
    )


def is_noise(text: str) -> bool:
    if text.lstrip().startswith(("©", "(c)", "(C)")):
        return True
    words = folded(text)
    if len(words) > LONGEST_TITLE:
        return False
    return words in NOISE.exact or any(f"{words} ".startswith(f"{start} ") for start in NOISE.part)


def is_parent(ref: str, below: str) -> bool:
    """ "2" or "2.0" is the parent of "2.1"; "AC" of "AC-1"; "1" is none of "10"."""
    ref = re.sub(r"[.]0$", "", ref.rstrip(".) ")).casefold()
    below = below.casefold()
    if not ref or not below.startswith(ref) or below == ref:
        return False
    rest = below[len(ref) :]
    return not rest[0].isalnum() or (ref[-1].isalpha() and rest[0].isdigit())


def ref_shape(ref: str) -> str:
    """How an id is built: "AC-1.12" is "A-9.9"."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "9", ref))
