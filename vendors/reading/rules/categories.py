"""The Trust Services Categories in scope, from the auditor's scope sentence.

Nearly every letter quotes the title of the criteria, which names all five: the title is blanked before reading.
A sentence that says what is not in scope is not read at all.
"""

import re
from collections.abc import Iterator

from vendors.reading.evidence import Find, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.rules.letter import scope
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

NAMES = ("security", "availability", "processing_integrity", "confidentiality", "privacy")
_NAME = r"(?:security|availability|processing integrity|confidentiality|privacy)"
_LIST = rf"{_NAME}(?:(?:,? (?:and|or|&) |, ?| ?/ ?){_NAME})*"
LISTS = any_wording([
    rf"relevant to (?:the )?(?:categor(?:y|ies) of )?(?P<one>{_LIST})(?! of\b)",
    rf"criteria for (?:the )?(?P<two>{_LIST})(?! of\b)",
    rf"(?:for|of|on|over|under) the (?P<three>{_LIST}) (?:trust services )?(?:categor(?:y|ies)|principles?|criteria)",
    rf"trust services categor(?:y|ies) (?:of|for|in scope:?) (?P<four>{_LIST})",
])  # fmt: skip
# A cover may name them on a line of their own; a line that goes on with the list of the one above it is none.
ALONE = wording(
    rf"(?<![,&/]\n)(?<!\band\n)(?<!\bor\n)^(?P<alone>{_NAME}(?:(?:,? (?:and|or|&) |, ?| ?/ ?){_NAME})+)$",
    re.IGNORECASE | re.MULTILINE,
)
FULL_TITLE = any_wording([
    rf"(?:TSP section 100A?,? ?(?:of )?|\b20\d\d )\W*(?:20\d\d )?trust services (?:principles and )?criteria"
    rf" (?:for|relevant to) {_LIST}",
    rf"criteria (?:for|relevant to) {_LIST} \((?:AICPA|with revised|trust services)",
])  # fmt: skip
NOT_IN_SCOPE = wording(
    r"(not|outside) (in |within |part of |of )?(the |our |this )?(scope|examination|engagement|report)|out of scope"
    r"|excluded"
    r"|not (included|covered|examined)|(do|does|did) not (cover|examine|include|extend to)"
)


def categories(sections: Sections) -> Fact[tuple[str, ...]]:
    """The categories in scope, in the order of the standard, or nothing."""
    parts = (Part.LETTER,) if Part.LETTER in sections else (Part.ASSERTION, Part.COVER)
    looked_on = sections.pages(*parts)
    finds = []
    for part in parts:
        flow = sections.flow(part)
        finds += list(stated_categories(flow, *scope(flow)) if part is Part.LETTER else categories_of_cover(flow))
    return settled(finds, looked_on)


def categories_of_cover(cover: Flow) -> Iterator[Find[tuple[str, ...]]]:
    """What a cover states, also on a line of its own."""
    stated = list(stated_categories(cover))
    yield from stated
    for match in ALONE.finditer(cover.text):
        if not any(find.start < match.end() and match.start() < find.end for find in stated):
            yield Find(listed(match["alone"]), cover, *match.span("alone"))


def stated_categories(flow: Flow, start: int = 0, end: int | None = None) -> Iterator[Find[tuple[str, ...]]]:
    """Every list of categories that the text states as its scope."""
    text = FULL_TITLE.sub(lambda title: " " * len(title.group()), flow.text)
    for match in LISTS.finditer(text, start, len(text) if end is None else end):
        group = match.lastgroup or ""
        first, last = flow.sentence(match.start(), match.end())
        if NOT_IN_SCOPE.search(text[first:last]):
            continue
        yield Find(listed(match[group]), flow, match.start(group), match.end(group))


def listed(words: str) -> tuple[str, ...]:
    """The categories that a list names."""
    text = re.sub(r"\s+", " ", words.lower())
    return tuple(name for name in NAMES if re.search(rf"\b{name.replace('_', ' ')}\b", text))
