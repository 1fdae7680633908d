"""Subservice organizations and their method, from what the auditor and management say that the company uses.

A name counts only where its own words carve it out or include it; software that is merely used is not listed. An
examination that "did not extend to" the controls of another is a carve-out that never says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vendors.reading.facts import Subservice
from vendors.reading.flow import Flow
from vendors.reading.names import cleaned, folded, is_name
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

_VERB = r"(?:also )?(?:uses|used|utili[sz]es|relies (?:up)?on|(?:has )?engage[sd]|contracts with)"
NO_STOP = (
    r"(?:[^.;]|(?<=Inc)\.|(?<=Ltd)\.|(?<=Corp)\.|(?<=Co)\.|(?<=[A-Z])\.)"  # a full stop within a legal form is none
)
_NAMES = rf"[A-Z0-9]{NO_STOP}{{1,200}}?"
_FEW_NAMES = rf"[A-Z0-9](?:(?!\b(?:controls|exclud|includ|Our|The|We)){NO_STOP}){{1,100}}?"
_SUBSERVICES = (
    r"(?:(?:an?|the|two|three|several|certain|following|third[- ]party) )*subservice (?:organi[sz]ation|provider)s?"
)
_A_SUBSERVICE = r"(?:an?|as|the) (?:\S+ )?subservice (?:organi[sz]ation|provider)s?,? ?"
_FULL_STOP = r"(?<!Inc)(?<!Ltd)(?<!Corp)(?<!Co)(?<![A-Z])\.(?:\s|$)|(?<=\.) (?=(?:Our|The|We|This|These|Certain|In)\b)"
USES = any_wording(
    [
        # "uses the subservice organizations A, Inc. and B. ..."
        rf"\b{_VERB} {_SUBSERVICES}(?:,? [^.:()]{{3,80}}(?=:))?,?:? (?:namely |including |such as |of )?"
        rf"(?P<listed>{_NAMES})"
        rf"(?:,? (?:to|for|as) |{_FULL_STOP})",
        # "uses A, Inc. (subservice organization) to provide ..."
        rf"\b{_VERB} (?P<used>{_NAMES})(?: \((?:a |the )?\"?subservice organi[sz]ations?\"?\))?,?"
        rf" (?:{_A_SUBSERVICE})?(?:to|for|as) ",
        # "outsources hosting to A, Inc. ..."
        rf"\boutsources .{{3,60}}? to (?P<sent>{_NAMES})(?:,? (?:which|who|for) |{_FULL_STOP})",
        # "certain controls of A are necessary in combination with the controls of ..."
        rf"\bcontrols (?:of|at) (?P<needed>{_NAMES}) are necessary\b",
        # "controls of A have been excluded from the description", "those of B were included (inclusive method)"
        rf"\b(?:[Cc]ontrols|[Tt]hose) (?:of|at) (?P<treated>{_FEW_NAMES}) (?:are|were|have been|has been)"
        r" (?:not (?:included|part|examined)|excluded|carved[- ]out|included \((?:the )?inclusive)\b",
        # "includes the controls of A under the inclusive method"
        rf"\bincludes? the (?:relevant )?controls of (?P<joined>{_FEW_NAMES}) (?:under|by|using|in accordance with) the"
        r" inclusive method\b",
        # "with respect to A, the carve-out method was used"
        rf"\b(?:[Ww]ith respect to|[Ff]or) (?P<respected>{_FEW_NAMES}), the \"?(?:carve[- ]?out|inclusive)\"? method\b",
        # "has adopted the carve-out method of reporting with respect to A"
        rf"\b(?:carve[- ]?out|inclusive)\"? method (?:of reporting )?(?:with respect to|for) (?P<adopted>{_NAMES})"
        rf"(?:[,:;]|{_FULL_STOP})",
    ],
    0,
)
_LINE = r"(?:[•●▪◦○–—*-] )?[A-Z0-9][^\n]{1,60}? ?(?:[–—:]| -|\() ?[^\n]{3,90}"
LISTED_BELOW = wording(rf"\b{_VERB} {_SUBSERVICES}[^.\n:]{{0,60}}:\n(?P<lines>(?:{_LINE}\n){{1,12}})", 0)
NAME_AND_SERVICE = wording(r"^(?:[•●▪◦○–—*-] )?(?P<name>[A-Z0-9][^\n]{1,60}?) ?(?:[–—:]| -|\() ?[^\n]+$", re.MULTILINE)
CARVE_OUT = any_wording([
    r"carve[- ]?out|carved out", r"\bexcludes?\b|\bexcluded\b|\bexcluding\b",
    r"(?:did|does|do) not (?:extend to|include|cover|disclose)", r"\blie outside\b|\boutside (?:the|our)\b",
    r"not (?:included|part of|within|evaluated)",
])  # fmt: skip
INCLUSIVE = any_wording([
    r"inclusive method", r"own written assertion", r"\b(?:been|were|was) included \(inclusive",
    r"(?<!not\s)\bincludes? the (?:relevant )?(?:services and )?controls (?:of|at) (?!.{0,60}excludes)",
])  # fmt: skip
USER_ENTITIES = wording(r"\b(?:complementary )?user entit")  # what did not extend to these, says nothing of others
SAYS_HOW = ("treated", "joined", "respected")  # wordings that say by themselves how an organization is treated
WINDOW = 900
NOT_NAMES = re.compile(
    r"(?:the|a|an|its|these|this|various|certain|several|other|third|multiple|subservice)\b", re.IGNORECASE
)


@dataclass
class _Mention:
    name: str
    flow: Flow
    start: int
    end: int
    method: str | None


def subservice_organizations(sections: Sections) -> tuple[Subservice, ...]:
    """Each organization once, with the method that letter and assertion agree on; None where they differ."""
    found: dict[str, list[_Mention]] = {}
    for part in (Part.LETTER, Part.ASSERTION):
        flow = sections.flow(part)
        for mention in [*_mentions(flow), *_named_in_lines(flow)]:
            if mention.method is not None:
                _add(found, mention)
    if Part.LETTER not in sections and Part.ASSERTION not in sections:
        return ()
    return tuple(_settled(mentions) for mentions in found.values())


def _add(found: dict[str, list[_Mention]], mention: _Mention) -> None:
    key = folded(mention.name)
    for known in found:
        if known == key or known.startswith(key + " ") or key.startswith(known + " "):
            key = known
            break
    found.setdefault(key, []).append(mention)


def _settled(mentions: list[_Mention]) -> Subservice:
    methods = {mention.method for mention in mentions}
    first = mentions[0]
    return Subservice(
        first.name, methods.pop() if len(methods) == 1 else None, first.flow.place(first.start, first.end)
    )


def _mentions(flow: Flow) -> Iterator[_Mention]:
    matches = list(USES.finditer(flow.text))
    for place, match in enumerate(matches):
        group = match.lastgroup or "used"
        names = list(names_in(match[group]))
        if not names:
            continue
        stop = matches[place + 1].start() if place + 1 < len(matches) else match.end() + WINDOW
        user_entities = USER_ENTITIES.search(flow.text, match.end())
        limits = (stop, match.end() + WINDOW, user_entities.start() if user_entities else stop)
        window = flow.text[match.start() : min(limits)]
        method = _method(match.group() if group in SAYS_HOW else window)
        for name in names:
            at = flow.text.find(name.split()[0], match.start(group))
            yield _Mention(name, flow, at, match.end(group), method)


def _named_in_lines(flow: Flow) -> Iterator[_Mention]:
    """Organizations in lines below "uses the following subservice organizations:", each with its service."""
    for match in LISTED_BELOW.finditer(flow.text):
        lines = [(line.start("name"), line["name"]) for line in NAME_AND_SERVICE.finditer(match["lines"])]
        method = _method(flow.text[match.end() : match.end() + WINDOW])
        for start, words in lines:
            name = cleaned(words)
            if is_name(name) and not NOT_NAMES.match(name):
                at = match.start("lines") + start
                yield _Mention(name, flow, at, at + len(words), method)


def names_in(words: str) -> Iterator[str]:
    """The names of a list: "Full Name (“ABBR”) and Other, Inc."."""
    words = re.sub(r"\s+", " ", words)
    words = re.sub(r"\s*\([^)]*\)", "", words)
    words = re.sub(r",\s+(?=(?:Inc|LLC|L\.L\.C|Ltd|Corp|B\.V|LP|LLP|GmbH|S\.A)\b)", " §", words)
    for piece in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", words):
        name = cleaned(piece.replace(" §", ", "))
        if is_name(name) and not NOT_NAMES.match(name):
            yield name


def _method(window: str) -> str | None:
    carved, included = CARVE_OUT.search(window), INCLUSIVE.search(window)
    if included and not wording(r"inclusive method|own written assertion").search(window) and carved:
        return None
    if included:
        return "inclusive"
    return "carve_out" if carved else None
