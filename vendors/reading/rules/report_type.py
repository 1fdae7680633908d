"""Type 1 or Type 2: whether the auditor examined how controls operated over a period, or their design on one day."""

import re

from vendors.reading.dates import as_of_dates_in, periods_in
from vendors.reading.evidence import Find, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.rules.letter import is_of_this_examination, scope
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

OPERATING = any_wording([
    r"design(ed)? and (the )?(operating|operation(al)?) effectiveness",
    r"(suitably designed and|controls? (\S+ ){0,12}) ?(operated|operating) effectively",
    r"design,? implementation and operating effectiveness",
    r"operating effectiveness of (the |its )?controls",
    r"were effective throughout",
])  # fmt: skip
DESIGN = wording(r"suitab(ility|ly)( of)? (the |their )?design(ed)?")
TITLE = re.compile(r"\btype\s+(?P<number>1|2|I{1,2})(?![A-Za-z0-9])", re.IGNORECASE)


def report_type(sections: Sections) -> Fact[int]:
    """1, 2 or nothing: the letter's scope decides, the cover must not say otherwise; else assertion and cover."""
    looked_on = sections.pages(Part.COVER, Part.LETTER, Part.ASSERTION)
    finds = by_title(sections.flow(Part.COVER))
    if Part.LETTER in sections:
        letter = sections.flow(Part.LETTER)
        finds = _by_scope(letter, *scope(letter)) + finds
    elif Part.ASSERTION in sections:
        assertion = sections.flow(Part.ASSERTION)
        finds = _by_scope(assertion, 0, len(assertion.text)) + finds
    return settled(finds, looked_on)


def by_title(flow: Flow) -> list[Find[int]]:
    """What a title says: "SOC 2 Type II"."""
    return [
        Find(2 if match["number"].upper() in ("2", "II") else 1, flow, match.start(), match.end())
        for match in TITLE.finditer(flow.text)
    ]


def _by_scope(flow: Flow, start: int, end: int) -> list[Find[int]]:
    text = flow.text[:end]
    operating = next(
        (found for found in OPERATING.finditer(text, start) if is_of_this_examination(flow, *found.span())), None
    )
    periods = (found for found in periods_in(text) if is_of_this_examination(flow, found.start, found.end))
    period = next((found for found in periods if found.start >= start), None)
    if operating and period:
        return [Find(2, flow, operating.start(), operating.end())]
    design = DESIGN.search(text, start)
    as_of = next((found for found in as_of_dates_in(text) if found.start >= start), None)
    if design and as_of and not period and not operating:
        return [Find(1, flow, design.start(), as_of.end)]
    return []
