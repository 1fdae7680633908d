"""What stands about management's response right beside an exception: after a label, in a column, in a line below."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vendors.reading.evidence import Find
from vendors.reading.flow import STRAIGHT, Flow
from vendors.reading.lines import Line
from vendors.reading.paragraphs import paragraphs
from vendors.reading.rules.controls import Control
from vendors.reading.sections import Sections
from vendors.reading.tables import Cell, TableRow
from vendors.reading.wording import any_wording, wording

_REPLY = r"(?:management'?s? (?:response|reply|comment|action plan)s?|(?:response|reply) (?:of|from|by) management)"
MATTER = r"(?:exception|deviation|finding|matter|observation|issue)s?"
RESPONSE = wording(rf"\b{_REPLY}\b")
# "to exception 2", "to the matter noted at AC-3 (CC6.1)"
_NUMBER = r"(?: (?:(?:noted )?(?:at|for|in|on) )?(?:control )?#?(?=\S*\d)[\w.\-]*\w(?: \([^)\n]*\))?)"
_TO = rf"(?: to (?:the |this |these |each )?{MATTER}(?: noted| above| found)?{_NUMBER}?)?"
LABEL = any_wording([
    rf"(?:^|(?<=[.!?:;)•])) *{_REPLY}{_TO} ?(?:[:.–—-]|(?=\n?(?-i:[A-Z\"(])))",
    rf"(?<=\n){_REPLY}{_TO} ?[:–—-](?=\s)",
])  # fmt: skip
# The head of a column, or a title, may name whose response it is: "Response of Larchwood".
_OF_THE_COMPANY = r"(?:responses?|repl(?:y|ies)) (?:of|from|by) (?:the )?(?-i:[A-Z])\S*"
HEAD = wording(rf"\b{_REPLY}\b|^(?:responses?|repl(?:y|ies))$|^{_OF_THE_COMPANY}(?: \S+){{0,3}}$")
ANY_RESPONSE = wording(rf"\b{_REPLY}\b|^{_OF_THE_COMPANY}", re.IGNORECASE | re.MULTILINE)
POINTER = wording(
    r"\b(?:(?:see|refer to)|(?:included|provided|presented|found|set out|contained|is|stands?)\b.{0,40}\bin)"
    r" (?:the )?(?:(?:section|part) (?:[IVX]+|\d)\b|(?:other|supplement\w+) information|management'?s? response)"
)
NONE_GIVEN = any_wording([
    r"n/?a", r"none(?: (?:provided|given|received|noted))?", r"not (?:applicable|provided)", r"[-–—]*",
    r"no (?:management )?(?:response|reply|comment)s?(?: (?:was|were|is|has been|have been))?"
    r"(?: (?:provided|given|received|required|necessary|stated|noted))?(?: (?:by|from) (?:the )?management)?",
    r"(?:the )?management (?:did not|has not|chose not to|declined to|elected not to)"
    r" (?:respond(?:ed)?|repl(?:y|ied)|comment(?:ed)?|provided? an? (?:response|reply)|give an? (?:response|reply))"
    r"(?: to .{0,60})?",
])  # fmt: skip
# What begins something else than the response within the same cell.
NEXT_LABEL = wording(
    r"\n(?-i:(?=[A-Z]))(?:(?:related |applicable )?(?:controls?|criteri(?:on|a)|tests?|results?|conclusion)\b"
    r"|(?:service )?auditor'?s?\b)[^\n:]{0,40}:"
)


@dataclass(frozen=True)
class Said:
    """What one place tells: words that were found, that a response stands elsewhere, or that there is none."""

    found: Find[str] | None = None
    is_announced: bool = False
    is_none: bool = False


def beside(sections: Sections, control: Control) -> Iterator[Said]:
    """What stands about a response among the rows of a control."""
    yield from _after_labels(sections, control)
    for lines in _beside_label_cells(control.rows):
        yield told(sections.document.flow(lines))
    lines = [
        cell.line
        for row in control.rows
        for cell in row.cells
        if not row.head and HEAD.search(row.heads.get(cell.column, "").translate(STRAIGHT))
    ]
    if lines:
        yield told(sections.document.flow(lines))


def told(flow: Flow, start: int = 0, end: int | None = None) -> Said:
    """A stretch of text as a response, without what separates it from its label and without what follows it."""
    end = len(flow.text) if end is None else end
    start += len(flow.text[start:end]) - len(flow.text[start:end].lstrip(" \n:.–—-"))
    following = NEXT_LABEL.search(flow.text, start, end)
    end = following.start() if following else end
    text = " ".join(flow.text[start:end].split())
    if POINTER.search(text[:160]):
        return Said(is_announced=True)
    if NONE_GIVEN.fullmatch(text.rstrip(" .")):
        return Said(is_none=True)
    return Said(Find(text, flow, start, end))


def _after_labels(sections: Sections, control: Control) -> Iterator[Said]:
    """What follows "Management's response:" in a cell; in the first column only the paragraph that it begins."""
    for column, lines in control.cells().items():
        flow = sections.document.flow(lines)
        # "Refer to Section V for management's response."
        pointed_to = {
            match.end()
            for match in RESPONSE.finditer(flow.text)
            if POINTER.search(flow.text, max(0, match.start() - 80), match.end())
        }
        if pointed_to:
            yield Said(is_announced=True)
        for match in LABEL.finditer(flow.text):
            if any(match.start() <= at <= match.end() for at in pointed_to):
                continue
            if column or not flow.text[match.end() :].strip():
                yield told(flow, match.end())
            else:
                yield told(flow, match.end(), paragraphs(sections.document, flow, match.end(), len(flow.text))[0][1])


def _beside_label_cells(rows: Sequence[TableRow]) -> Iterator[list[Line]]:
    """The cell beside one that says only "Management's response", and what goes on below it until the next label."""
    for place, row in enumerate(rows):
        for label, answer in pairwise(row.cells):
            height = _height_of_label(label, rows[place + 1 : place + 2])
            if not height:
                continue
            lines = [answer.line]
            for at, below in enumerate(rows[place + 1 :], 1):
                if at >= height and any(cell.column <= label.column for cell in below.cells):
                    break
                lines += [cell.line for cell in below.cells if cell.column == answer.column]
            yield lines


def _height_of_label(label: Cell, below: Sequence[TableRow]) -> int:
    """How many lines a cell has that says only "Management's response", of which a narrow column makes two; 0 for
    other cells."""
    goes_on = [cell.text for row in below for cell in row.cells if cell.column == label.column]
    for height, words in enumerate((label.text, " ".join([label.text, *goes_on])), 1):
        if RESPONSE.fullmatch(words.translate(STRAIGHT).rstrip(": .")):
            return height
    return 0
