"""Whose report it is, and of which system: names that several sentences of the report agree on.

Every wording proposes a name; the name that most wordings propose wins. Two names with equal support are a conflict.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from vendors.reading.dates import DATE
from vendors.reading.evidence import Find, fact_from, pages_of
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.names import FIRM, cleaned, folded, is_name
from vendors.reading.paragraphs import paragraphs
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import wording

Votes = dict[str, set[tuple[Part, int]]]
_BY_LINE = re.IGNORECASE | re.MULTILINE
_ANY = r"(?P<name>[^\n(\"]{2,90}?(?:\n[^\n(\"]{1,60}?)??)"
_SHORT = r"(?: \([^)]*\))?"  # ("Quillhaven")
_WHOSE = r"(?:the |its |\S+(?: \S+)?'s )?"
_PEOPLE = (
    r"(?:(?:board of |managing |executive )?directors|management|trustees|owners|members|shareholders|stakeholders)"
)
ORGANIZATION: dict[Part, Sequence[re.Pattern[str]]] = {
    Part.LETTER: [
        wording(
            rf"^to:? (?:(?:the )?{_PEOPLE}(?:,? (?:and|&) (?:the )?{_PEOPLE})?(?: (?:of|at))?,? )?"
            r"(?P<name>[A-Z0-9][^\n]{1,90}?):?$",
            _BY_LINE,
        ),
        wording(rf"\bexamined {_ANY}'s?{_SHORT} (?:accompanying )?(?:description|assertion)"),
        wording(
            rf"\bof (?P<name>(?:(?! of )[^\n(\"]){{2,90}}?){_SHORT}"
            r" (?:in section|in part|and the suitability|were effective|and on the suitability|throughout|during|as of"
            r"|for the period|(?:en)?titled)"
        ),
        wording(rf"\boperated by {_ANY}{_SHORT},? (?:and|throughout|in)\b"),
        wording(rf"\bengaged by {_ANY}{_SHORT} to (?:examine|report)"),
        wording(rf"^{_ANY} is responsible for (?:its|the)\b", _BY_LINE),
    ],
    Part.ASSERTION: [
        wording(rf"\bassertion (?:of|by) (?:the )?(?:management of )?{_ANY}?(?:'s)?(?: management)?$", _BY_LINE),
        wording(rf"^(?:section \S+\s)?{_ANY}'s management'?s? assertion", _BY_LINE),
        wording(rf"\bcontrols that {_ANY} (?:has )?designed"),
        wording(rf"^{_ANY}\n(?:chief|president|vice|head|director|managing|general|ceo|c\wo)\b", _BY_LINE),
    ],
}
SYSTEM: dict[Part, Sequence[re.Pattern[str]]] = {
    Part.LETTER: [
        wording(
            rf"\bdescription(?:,? in (?:section|part) \S+,?| by (?s:.{{2,90}}?))? of (?:its|the|their|\S+'s) {_ANY} "
            r"(?:found|throughout|during|from|is presented|as of|of|operated|in section|in part|titled|for the period"
            r"|for processing"
            r"|and on|and the|made available|\()"
        ),
        wording(rf"\bcontrols (?:over|within|for|of) (?:its|the) {_ANY} (?:of|were|throughout)\b"),
        wording(rf"\bpresents? {_WHOSE}{_ANY} (?:\(\S+\) )?(?:that was|as|which was|made available) (?:designed|to)"),
        wording(rf"\b(?:shows|presents) the {_ANY} (?:as|that was|in accordance)\b"),
        wording(rf"\buser entities of (?:the|its) {_ANY} (?:during|throughout|as of)\b"),
    ],
    Part.ASSERTION: [
        wording(rf"\bdescription of (?:its|the|\S+'s) {_ANY} (?:throughout|as of|for the period|based on|\()"),
        wording(rf"\binformation about (?:its|the) {_ANY} that may be useful"),
        wording(rf"\bpresents? {_WHOSE}{_ANY} (?:that was|as|made available)\b"),
        wording(rf"\bis responsible for the {_ANY}[.,]"),
        wording(rf"\bcontrols over the {_ANY}[.,]"),
    ],
}
OWNER = re.compile(r"^[^'\n]{2,60}'s\s+(?=[A-Z0-9])")  # "Quillhaven, Inc.'s People Cloud"
PEOPLE_OF = wording(
    r"^(?:the )?(?:(?:executive|management|managing|supervisory) board|(?:board of |managing |executive )?directors"
    r"|trustees|management|owners|partners|members) (?:of|at) (?:the )?"
)
NOTHING = re.compile(r"(?!)")
GENERIC = re.compile(
    r"(?:the )?(?:service organization|company|management|entity|organization|system|(?:accompanying )?description"
    r"|controls?|user entities|board|directors|description criteria|service)(?: (?:of|and) .*)?",
    re.IGNORECASE,
)


def service_organization(sections: Sections, system: str | None) -> Fact[str]:
    """The name of the service organization, with its legal form where the report gives one; never the system's."""
    fact = _elected(sections, ORGANIZATION, lambda name: not GENERIC.fullmatch(name) and name != system, NOTHING)
    if fact.value and re.search(rf"\([\"'](?:the )?{re.escape(fact.value)}[\"']", sections.flow(Part.LETTER).text):
        return Fact(looked_on=fact.looked_on)  # only the short form that the letter gives to a name
    return fact


def system(sections: Sections) -> Fact[str]:
    """The name of the system as the report writes it; the plain word "system" behind it is no part of the name."""
    return _elected(sections, SYSTEM, lambda name: not GENERIC.fullmatch(name) and not FIRM.search(name), OWNER)


def _elected(
    sections: Sections,
    wordings: Mapping[Part, Sequence[re.Pattern[str]]],
    accepted: Callable[[str], bool],
    before: re.Pattern[str],
) -> Fact[str]:
    looked_on = sections.pages(Part.COVER, *wordings)
    votes, finds = _proposed(sections, wordings, accepted, before)
    for key, find in _on_the_cover(sections.flow(Part.COVER), finds):
        votes[key] |= {(Part.COVER, 0), (Part.COVER, 1)}
        finds[key].append(find)
    _count_short_names(votes, finds, sections.flow(Part.LETTER).text)
    ranked = sorted(votes, key=lambda key: -len(votes[key]))
    if not ranked:
        return Fact(looked_on=looked_on)
    if len(ranked) > 1 and len(votes[ranked[1]]) == len(votes[ranked[0]]):
        return Fact(conflict_on=pages_of([*finds[ranked[0]], *finds[ranked[1]]]), looked_on=looked_on)
    chosen = finds[ranked[0]]
    forms = Counter(find.value for find in chosen)
    form = max(forms, key=lambda form: (bool(FIRM.search(form)), forms[form], len(form)))
    best = next(find for find in chosen if find.value == form)
    return fact_from(best, [find for find in chosen if _key(find.value) == _key(form)], looked_on)


def _proposed(
    sections: Sections,
    wordings: Mapping[Part, Sequence[re.Pattern[str]]],
    accepted: Callable[[str], bool],
    before: re.Pattern[str],
) -> tuple[Votes, dict[str, list[Find[str]]]]:
    """Which wordings propose which name, and where."""
    votes: Votes = defaultdict(set)
    finds: dict[str, list[Find[str]]] = defaultdict(list)
    for part, patterns in wordings.items():
        flow = sections.flow(part)
        for place, pattern in enumerate(patterns):
            for match in pattern.finditer(flow.text):
                start = _below_a_title(sections, flow, *match.span("name"))
                words = PEOPLE_OF.sub("", flow.text[start : match.end("name")])
                name = re.sub(r"\s+(?:Management|system)$", "", cleaned(before.sub("", words)))
                if is_name(name) and not DATE.match(name) and accepted(name):
                    votes[_key(name)].add((part, place))
                    finds[_key(name)].append(Find(name, flow, start, match.end("name")))
    return votes, finds


def _below_a_title(sections: Sections, flow: Flow, start: int, end: int) -> int:
    """Where a name begins of which the pattern took in the line above, though a paragraph ends there."""
    first, last = (bisect_right(flow.line_starts, at) - 1 for at in (start, end - 1))
    if first == last:
        return start
    above, below = flow.lines[first], flow.lines[last]
    is_taller = abs(above.height - below.height) > 0.04 * below.height
    is_capitals = above.text.isupper() and not below.text.isupper()
    parts = paragraphs(sections.document, flow, start, end)
    return flow.line_starts[last] if is_taller or is_capitals or len(parts) > 1 else start


def _key(name: str) -> str:
    return re.sub(r" system$", "", folded(name))


def _on_the_cover(cover: Flow, finds: Iterable[str]) -> list[tuple[str, Find[str]]]:
    """Names among those proposed that stand on the cover as a line, or as a piece of one."""
    found = []
    for match in re.finditer(r"[^\n]+", cover.text):
        for piece in re.split(r"\s+[—–|-]\s+", match.group()):
            key = _key(cleaned(piece))
            if key and key in finds:
                start = match.start() + match.group().find(piece)
                found.append((key, Find(cleaned(piece), cover, start, start + len(piece))))
    return found


def _count_short_names(votes: Votes, finds: dict[str, list[Find[str]]], letter: str) -> None:
    """A short form ("Quillhaven") counts for the full name that begins with it."""
    for short in sorted(votes, key=len):
        longer = [
            key
            for key in votes
            if key.startswith(short + " ")
            and " of " not in key
            and (len(votes[key]) > 1 or _is_introduced(finds[short][0].value, finds[key][0].value, letter))
        ]
        if longer:
            target = max(longer, key=lambda key: len(votes[key]))
            votes[target] |= votes.pop(short)
            finds.pop(short)


def _is_introduced(short: str, name: str, letter: str) -> bool:
    """Whether the letter gives a name its short form: "Quillhaven, Inc.'s ("Quillhaven" or the company)"."""
    name = r"\s+".join(map(re.escape, name.split()))
    return re.search(rf"{name}(?:'s?)?\s+\([\"'](?:the )?{re.escape(short)}[\"']", letter) is not None
