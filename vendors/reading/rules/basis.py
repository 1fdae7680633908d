"""Why an opinion is modified: the paragraphs under the heading that says so, in the auditor's own words.

A heading counts where it names the same kind of opinion; without one, the paragraph to which the opinion itself
points counts. What stands in every letter ("we conducted our examination in accordance with ...") is no reason.
"""

import re

from vendors.reading.evidence import Find, fact_from
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.paragraphs import ENDED, paragraphs
from vendors.reading.rules.letter import HEADING, opinion_headings, opinion_paragraphs
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

MODIFIED = ("qualified", "adverse", "disclaimer")
LONGEST = 6_000  # characters; what is longer is no basis any more
# Titles that stand after a basis in letters; other words in a line of their own end it as well.
NEXT_TITLE = any_wording([
    r"(?:restrict|intended|use of|distribution|limitation|emphasis|other|additional|inherent|purpose|scope|opinion)\S*",
    r"(?:description of|our|the) (?:the )?(?:tests?|independence|responsibilit)\S*",
    r"(?:service )?(?:auditor|accountant|practitioner|organi[sz]ation|management)s?'?s?'? "
    r"(?:independence|responsib)\S*",
])  # fmt: skip
STANDARD = any_wording([
    r"^(?:our|we|the) .{0,40}\b(?:conducted|performed|carried out)\b.{0,30}\bin accordance with\b",
    r"^(?:those|these) standards require\b",
    r"^we (?:also )?(?:are|were) (?:required to be )?independent\b",
    r"^we believe (?:that )?the evidence\b",
])  # fmt: skip
ITEM = re.compile(r"(?:[•●▪■◦‣·–—*-]|\(?(?:\d{1,2}|[a-z])[.)])\s")
POINTS_BACK = wording(r"\bdescribed in the (?:immediately )?preceding paragraph\b")
FAULT = wording(r"\b(?:however|not|no evidence|failed|unable|insufficient|except)\b")


def opinion_basis(sections: Sections, found: Fact[str]) -> Fact[str]:
    """The words that say why the opinion is modified, paragraph by paragraph; nothing for an unqualified one."""
    if found.value not in MODIFIED:
        return Fact()
    letter = sections.flow(Part.LETTER)
    looked_on = sections.pages(Part.LETTER)
    spans = _under_headings(sections, letter, found.value) or _pointed_to(sections, letter)
    text = "\n\n".join(" ".join(letter.text[start:end].split()) for start, end in spans)
    if not text or len(text) > LONGEST or not FAULT.search(text):
        return Fact(looked_on=looked_on)
    whole = Find(text, letter, spans[0][0], spans[-1][1])
    return fact_from(whole, [Find(text, letter, start, end) for start, end in spans], looked_on)


def _under_headings(sections: Sections, letter: Flow, kind: str) -> list[tuple[int, int]]:
    headings = opinion_headings(letter)
    opinions = [start for start, _ in opinion_paragraphs(letter)]
    found = []
    for heading in headings:
        if heading.is_basis and heading.kind == kind:
            stops = [each.start for each in headings if each.start > heading.end]
            stops += [_sentence_start(letter, at) for at in opinions if at > heading.end]
            found += _reasons(sections, letter, heading.end, min([*stops, len(letter.text)]))
    return found


def _sentence_start(letter: Flow, at: int) -> int:
    """An opinion may begin before "in our opinion": "Except for the matter above, in our opinion ..."."""
    return letter.sentence(at, at)[0]


def _reasons(sections: Sections, letter: Flow, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs up to the next title, without those of every letter."""
    start += len(letter.text[start:end]) - len(letter.text[start:end].lstrip(".: \n"))
    titles = [match.start("title") for match in HEADING.finditer(letter.text, start, end)]
    end = min([end, *(at for at in titles if at > start and NEXT_TITLE.match(letter.text, at))])
    found = []
    for first, last in paragraphs(sections.document, letter, start, end):
        words = letter.text[first:last]
        if not ENDED.search(words) and not ITEM.match(words):
            break
        if not STANDARD.search(words):
            found.append((first, last))
    return found


def _pointed_to(sections: Sections, letter: Flow) -> list[tuple[int, int]]:
    """The paragraph right before the only opinion, where the opinion says that its matter stands there."""
    opinions = opinion_paragraphs(letter)
    if len(opinions) != 1 or not POINTS_BACK.search(letter.text, *opinions[0]):
        return []
    before = paragraphs(sections.document, letter, 0, _sentence_start(letter, opinions[0][0]))
    while before and not ENDED.search(letter.text[slice(*before[-1])]):
        before.pop()  # the heading of the opinion
    return before[-1:]
