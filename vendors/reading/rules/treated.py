"""Organizations whose treatment a sentence tells by name: "includes the controls of A and excludes those of B and C".

A name counts only where letter or assertion also says that the company uses it. Whatever else such a sentence names
is a note: it may be one more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vendors.reading.facts import Note, Subservice, gettext_noop
from vendors.reading.flow import Flow
from vendors.reading.names import LEGAL_FORM, cleaned, folded, is_name
from vendors.reading.rules.subservice import NO_STOP
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

_ = gettext_noop
_VERB = r"(?:uses|used|utili[sz]es|relies (?:up)?on|(?:has )?engage[sd]|contracts with)"
_FORM = r"(?:Inc|Ltd|Corp|Co|LLC|L\.L\.C|LLP|LP|AG|GmbH|B\.V|S\.A)\b\.?"
_FULL = rf"[A-Z][\w&'-]*(?:,? {_FORM}| [A-Z][\w&'-]*)*"
_ONE = rf"{_FULL}(?: \([^()\n]{{1,40}}\))?"
_LIST = rf"{_ONE}(?:(?:, and |, | and ){_ONE})*"
ONE = wording(rf"(?P<name>{_ONE})(?:, and |, | and |$)", 0)
_BE = r"(?:is|are|was|were|has been|have been)"
_CONTROLS = r"(?:those|(?:the )?(?:\w+ )?controls) (?:of|at)"
EXCLUDED = any_wording([
    rf"\bexcludes? {_CONTROLS} (?P<those>{_LIST})", rf"(?P<named>{_LIST}) {_BE} (?:excluded|carved[- ]out)\b",
], 0)  # fmt: skip
INCLUDED = any_wording([
    rf"(?<!not\s)\bincludes? {_CONTROLS} (?P<those>{_LIST})",
    rf"(?P<named>{_LIST}) {_BE} included (?:in|under|using|by)\b",
], 0)  # fmt: skip
# "relies on A for hosting, B for text messages and C for support tickets."
EACH_FOR = wording(rf"\b{_VERB} {_ONE} (?:for|to) {NO_STOP}*", 0)
SHORT_FORM = wording(rf"(?P<full>{_FULL}) \(\"?(?P<short>[^()\"]+)\"?\)", 0)
ANOTHER = wording(rf"(?:, and |, | and )(?P<name>{_ONE}) (?:for|to) ", 0)
NOT_A_COMPANY = wording(
    r"\b(?:the|this|these|those|our|we|in|controls?|criteria|entit(?:y|ies)|management|section|services?"
    r" organi[sz]ations?|subservice|system|description|company|trust services)\b|^services?$"
    rf"|^{LEGAL_FORM}\.?$"
)


@dataclass(frozen=True)
class Named:
    """A name in such a sentence, and the method the sentence tells of it, if it tells one."""

    name: str
    flow: Flow
    start: int
    end: int
    method: str | None = None


def with_treated(
    sections: Sections, found: Sequence[Subservice], own: str
) -> tuple[tuple[Subservice, ...], list[Note]]:
    """What was found by other rules and those that are used and treated by name; a note for each page where a sentence
    names another. `own` is the company's name."""
    organizations = list(found)
    unread: list[Named] = []
    for part in (Part.LETTER, Part.ASSERTION):
        flow = sections.flow(part)
        used = list(_used(flow))
        treated = list(_treated(flow))
        short = _short_forms(flow)
        for each in treated:
            full = next((one for one in used if _same(one.name, short.get(each.name, each.name))), None)
            if full and not _known(full.name, organizations):
                methods = {other.method for other in treated if _same(short.get(other.name, other.name), full.name)}
                organizations.append(
                    Subservice(
                        full.name, methods.pop() if len(methods) == 1 else None, flow.place(full.start, full.end)
                    )
                )
        unread += [
            each
            for each in (*used, *treated)
            if not _known(short.get(each.name, each.name), organizations)
            and not _same(folded(each.name).split(" ")[0], folded(own).split(" ")[0])
        ]
    pages = sorted({each.flow.page_of(each.start) for each in unread})
    said = _("A sentence on page {page} may name more subservice organizations ({names}): read it.")
    return tuple(organizations), [
        Note(
            "subservice",
            said,
            {
                "page": page,
                "names": ", ".join(dict.fromkeys(n.name for n in unread if n.flow.page_of(n.start) == page)),
            },
            (page,),
        )
        for page in pages
    ]


def _used(flow: Flow) -> Iterator[Named]:
    for sentence in EACH_FOR.finditer(flow.text):
        for match in ANOTHER.finditer(flow.text, sentence.start(), sentence.end()):
            yield from _names(flow, match["name"], match.start("name"), None)


def _treated(flow: Flow) -> Iterator[Named]:
    for words, method in ((EXCLUDED, "carve_out"), (INCLUDED, "inclusive")):
        for match in words.finditer(flow.text):
            group = match.lastgroup or ""
            yield from _names(flow, match[group], match.start(group), method)


def _names(flow: Flow, words: str, at: int, method: str | None) -> Iterator[Named]:
    for match in ONE.finditer(words):
        name = cleaned(match["name"])
        if is_name(name) and not NOT_A_COMPANY.search(name):
            yield Named(name, flow, at + match.start("name"), at + match.end("name"), method)


def _short_forms(flow: Flow) -> dict[str, str]:
    """What the text calls an organization for short: 'Amazon Web Services, Inc. ("AWS")'."""
    return {cleaned(match["short"]): cleaned(match["full"]) for match in SHORT_FORM.finditer(flow.text)}


def _known(name: str, organizations: Sequence[Subservice]) -> bool:
    return any(_same(name, each.name) for each in organizations)


def _same(one: str, other: str) -> bool:
    one, other = folded(one), folded(other)
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")
