"""Boxes to tick that stand in a text: "☐ Yes ☒ No" lists two answers and says which of them is meant."""

import re

from procurement.questionnaires.importing.answer_words import NO, SPELLINGS
from procurement.questionnaires.importing.texts import folded, one_line

OPEN, TICKED = "☐□▢⬜◻○◯❏❑", "☑☒✅■◼●◉"
BOX = re.compile(rf"[{OPEN}{TICKED}]|[\[(] ?[xX✓✔]? ?[\])]")
OPEN_BOX = re.compile(rf"[{OPEN}]|[\[(] {{0,2}}[\])]")
NOTHING = frozenset(("-", "–", "—", "0"))
FEWEST = 2  # one mark in front of a text may be a bullet


def boxed(text: str) -> tuple[tuple[str, bool], ...]:
    """What stands beside each box, and whether that one is ticked; () for a text that offers no boxes.

    Labels follow their box ("☐ Yes ☐ No") or, where the text begins without one, stand before it ("Yes ☐ No ☐").
    """
    boxes = list(BOX.finditer(text))
    if len(boxes) < FEWEST:
        return ()
    ends = [box.start() for box in boxes]
    starts = [box.end() for box in boxes]
    if not text[: ends[0]].strip():
        labels = [text[start:end] for start, end in zip(starts, [*ends[1:], len(text)], strict=True)]
    elif not text[starts[-1] :].strip():
        labels = [text[start:end] for start, end in zip([0, *starts[:-1]], ends, strict=True)]
    else:
        return ()
    found = tuple(
        (one_line(label).strip(" /,;|"), not OPEN_BOX.fullmatch(box[0]))
        for label, box in zip(labels, boxes, strict=True)
    )
    return found if all(label for label, _ticked in found) else ()


def is_ticked(text: str) -> bool:
    """Whether a cell below "Yes" or "No" is marked: any mark but an empty box, a dash or a word for no."""
    plain = text.strip()
    return bool(plain) and plain not in NOTHING and not OPEN_BOX.fullmatch(plain) and SPELLINGS.get(folded(plain)) != NO
