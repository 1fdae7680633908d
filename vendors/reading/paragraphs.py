"""Paragraphs of a flow, by the space between their lines; a page break ends one only where its sentence has ended."""

import re
from collections.abc import Sequence
from itertools import pairwise

from vendors.reading.document import Document
from vendors.reading.flow import Flow
from vendors.reading.lines import Line

WIDER = 1.25  # than the usual distance of two lines: a paragraph ends there
SET_APART = 4  # distances that are all wider than the document's: these lines are set wider than others
ENDED = re.compile(r"[.:;!?]['\")\]]*$")


def paragraphs(document: Document, flow: Flow, start: int, end: int) -> list[tuple[int, int]]:
    """Where each paragraph between two characters begins and ends, the first and the last cut to them."""
    inside = [place for place, at in enumerate(flow.line_starts) if start <= at < end]
    if not inside:
        return [(start, end)] if flow.text[start:end].strip() else []
    lines = [flow.lines[place] for place in inside]
    leading = _leading(document, lines)
    cuts = [start]
    for place, (above, below) in zip(inside[1:], pairwise(lines), strict=True):
        if _parts(above, below, leading):
            cuts.append(flow.line_starts[place])
    found = [_trimmed(flow.text, first, last) for first, last in pairwise([*cuts, end])]
    return [(first, last) for first, last in found if first < last]


def _leading(document: Document, lines: Sequence[Line]) -> float:
    """The usual distance of two lines, as a share of their height."""
    apart = [
        (below.bottom - above.bottom) / above.height
        for above, below in pairwise(lines)
        if above.page == below.page and below.bottom > above.bottom
    ]
    if len(apart) >= SET_APART and min(apart) > WIDER * document.leading:
        return min(apart)
    return document.leading


def _parts(above: Line, below: Line, leading: float) -> bool:
    """Whether a paragraph ends between two lines."""
    apart = below.bottom - above.bottom
    if above.page != below.page or apart <= 0:  # the next page, or the next column
        return bool(ENDED.search(above.text)) and not below.text[0].islower()
    return apart > WIDER * leading * above.height


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
