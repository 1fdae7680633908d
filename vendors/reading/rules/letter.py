"""The places inside an auditor's report that several facts are read from: its scope, its opinion, its headings."""

import re
from dataclasses import dataclass

from vendors.reading.flow import Flow
from vendors.reading.wording import any_wording, wording

EXAMINED = any_wording([
    r"we (have )?(also )?(examined|audited|undertaken)",
    r"we (were|have been) engaged (by .{2,120}? )?(to|for)\b",
    r"(our|the) (examination|engagement) (covers?|covered|was)\b",
    r"we (have )?(performed|conducted|carried out) (an? )?(examination|assurance engagement|engagement)\b",
])  # fmt: skip
IN_OUR_OPINION = wording(r"\b(in|it is) our (opinion|conclusion)\b|\bin the opinion of (our firm|the undersigned)\b")
# What a sentence says of the examination before or after this one, or of what was not examined.
OTHER_EXAMINATION = any_wording([
    r"\b(plans? (to|an?|the)|planned|intends? to|expects? to|scheduled|will be)\b", r"\bdid not (perform|examine)\b",
    r"\b(prior|previous|preceding|earlier|next|last|following|subsequent|future) (examination|period|report|year)\b",
    r"\b(our|a|the) (\S+ )?reports? (on it )?(was |were )?(dated|issued|on the period|for the period)\b",
])  # fmt: skip
LENGTH_OF_SCOPE = 2500
LENGTH_OF_OPINION = 2500
# A heading of the letter: alone on its line, or before the text that it heads ("Opinion. In our opinion, ...").
HEADING = re.compile(
    r"^(?:[ivxIVX\d]{1,4}[.)]\s+)?(?P<title>[A-Z][^\n.:;]{2,90}?)(?P<stop>[.:](?=\s)|(?=\n))", re.MULTILINE
)
OPINION_HEADING = wording(
    r"(our )?(basis for )?(an? |our |the )?(?P<kind>(un)?qualified|unmodified|adverse|disclaimer of|modified)? ?"
    r"(audit(or)?'?s? |practitioner's )?(opinion|conclusion)s?( (is|are) (?P<stated>(un)?qualified|adverse))?"
    r"|basis (for|of) (the |our )?(?P<noun>qualification|disclaimer)s?"
)
KINDS_BY_NOUN = {"qualification": "qualified", "disclaimer": "disclaimer"}
BASIS = wording(r"basis (for|of)\b")


@dataclass(frozen=True)
class Heading:
    """A heading about the opinion: `kind` is "qualified", "adverse", "disclaimer" or "" for a plain one."""

    start: int
    end: int
    kind: str
    is_basis: bool


def scope(letter: Flow) -> tuple[int, int]:
    """Where the letter says what was examined: from that sentence on, before any opinion and its basis."""
    examined = EXAMINED.search(letter.text)
    start = examined.start() if examined else 0
    opinion = IN_OUR_OPINION.search(letter.text, start)
    stops = [heading.start for heading in opinion_headings(letter) if heading.start > start]
    return start, min([start + LENGTH_OF_SCOPE, opinion.start() if opinion else len(letter.text), *stops])


def is_of_this_examination(letter: Flow, start: int, end: int) -> bool:
    """Whether the sentence around a find speaks of the examination that this letter reports on."""
    return OTHER_EXAMINATION.search(letter.text, *letter.sentence(start, end)) is None


def opinion_headings(letter: Flow) -> list[Heading]:
    """Headings that name an opinion or its basis. "Qualified" within "unqualified" is not read as qualified."""
    found = []
    for match in HEADING.finditer(letter.text):
        title = match["title"].strip()
        words = OPINION_HEADING.fullmatch(title)
        if words is None:
            continue
        kind = (words["kind"] or words["stated"] or "").lower()
        kind = KINDS_BY_NOUN.get((words["noun"] or "").lower(), kind)
        kind = {"disclaimer of": "disclaimer", "unqualified": "", "unmodified": "", "modified": ""}.get(
            re.sub(r"\s+", " ", kind), kind
        )
        found.append(Heading(match.start("title"), match.end("title"), kind, bool(BASIS.match(title))))
    return found


def opinion_paragraphs(letter: Flow) -> list[tuple[int, int]]:
    """Each stretch that begins with "In our opinion", up to the next heading, opinion or the end of the letter."""
    starts = [match.start() for match in IN_OUR_OPINION.finditer(letter.text)]
    ends = [match.start() for match in HEADING.finditer(letter.text)]
    found = []
    for place, start in enumerate(starts):
        limit = min(start + LENGTH_OF_OPINION, starts[place + 1] if place + 1 < len(starts) else len(letter.text))
        # Titles that close an opinion stand well after its first words: an item of the opinion is no heading.
        closing = [end for end in ends if start + 60 < end < limit and _closes(letter, end)]
        found.append((start, min([limit, *closing])))
    return found


CLOSING = wording(
    r"(restrict|intended|use of|distribution|limitation|emphasis|other|additional|description of tests|basis|"
    r"inherent|our independence|responsibilit)\S*"
)


def _closes(letter: Flow, at: int) -> bool:
    return bool(CLOSING.match(letter.text, at))
