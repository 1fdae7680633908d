"""The auditor's opinion, from the auditor's report alone, and the criteria that a modified opinion names.

A clean opinion is never called so in print: it is unqualified when the opinion sentence says what a clean one says
and no mark of a modified one stands in the letter. Marks of two kinds are a conflict. That the auditor gives no
opinion on other information or on what others operate is standard text and no disclaimer.
"""

from dataclasses import replace

from vendors.reading.criteria import exists, ids_in
from vendors.reading.evidence import Find, fact_from, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import LARGEST_QUOTE, Flow
from vendors.reading.quoting import shortened
from vendors.reading.rules.letter import opinion_headings, opinion_paragraphs
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

EXCEPT_FOR = any_wording([
    r"\b(except|other than|with the exception of)( for)?\b.{0,80}?\b(matters?|effects?|described|modification"
    r"|deviations?|exceptions?|failures?|instances?|criteri(on|a)|controls? (listed|numbered|over|for|related))\b",
    r"\bsubject to the (possible )?(effects?|matters?)\b",
])  # fmt: skip
NEAR = 420  # characters before "in our opinion" in which the same sentence may have begun with its exception
ADVERSE = any_wording([
    r"\b(was|were|is|are|has been|have been) not (suitably|fairly|appropriately|effective(ly)?|presented|properly)\b",
    r"\b(did|does|do) not (present|operate|fairly|achieve|meet|provide|give)\b",
    r"\bnot (suitably designed|fairly (presented|stated))\b",
    r"\bis not presented in accordance\b",
])  # fmt: skip
DISCLAIMER = any_wording([
    r"\b(we )?do not express,? (an|any) (opinion|conclusion) (on|about|as to|regarding|whether) "
    r"(whether )?(the|management's|\S+'s)? ?(accompanying )?(description|suitability|fairness|controls|assertion)\b",
    r"\bnot sufficient to enable us to express\b",
    r"\b(unable|not able) to obtain sufficient,? (and )?appropriate evidence\b",
    r"\bwe disclaim\b",
])  # fmt: skip
NOT_ABOUT_THE_REPORT = any_wording([
    r"other information", r"supplement", r"\bsection (V|5|VI|6)\b", r"did not perform", r"user entit", r"subservice",
    r"not been subjected", r"operating effectiveness of (the )?controls stated .{0,80}accordingly",
])  # fmt: skip
CLEAN = any_wording([
    r"\bpresents?\b", r"\bis presented\b", r"\bfairly (presents?|stated|presented)\b", r"\bsuitably designed\b",
    r"\boperat(ed|ing) effectively\b", r"\bwere effective\b", r"\bmaintained(,)? .{0,40}effective\b",
])  # fmt: skip
FIRST_WORDS = 160  # as much of the opinion as is marked on its page
SUPPLEMENTARY = wording(r"^.{0,40}\b(in addition|additionally|also|further)\b")


def opinion(sections: Sections) -> Fact[str]:
    """unqualified, qualified, adverse or disclaimer; nothing where the letter cannot be read or says two things."""
    letter = sections.flow(Part.LETTER)
    looked_on = sections.pages(Part.LETTER)
    if Part.LETTER not in sections:
        return Fact(looked_on=looked_on)
    paragraphs = opinion_paragraphs(letter)
    headings = _marks_in_headings(letter)
    marks = [*headings, *_marks_in_opinions(letter, paragraphs), *_disclaimers(letter)]
    if marks:
        # The opinion's own words are the better quotation; headings and a basis only bear them out.
        told = [find for find in marks if any(start <= find.start < end for start, end in paragraphs)]
        fact = settled(marks, looked_on)
        first = (told or marks)[0]
        if not fact.value or first in headings:
            return fact_from(first, told, looked_on) if fact.value else fact
        return replace(fact_from(first, told, looked_on), quote=_quoted(letter, first.start, first.end))
    for start, end in paragraphs:
        if CLEAN.search(letter.text, start, end):
            marked = Find("unqualified", letter, start, _first_words_end(letter, start, end))
            said = _quoted(letter, start, _last_said(letter, start, end))
            return replace(fact_from(marked, looked_on=looked_on), quote=said)
    return Fact(looked_on=looked_on)


def modified_criteria(sections: Sections, found: Fact[str]) -> Fact[tuple[str, ...]]:
    """The criteria that the basis of a qualified or adverse opinion names."""
    if found.value not in ("qualified", "adverse"):
        return Fact(())
    letter = sections.flow(Part.LETTER)
    spans = _bases(letter) or opinion_paragraphs(letter)
    for start, end in spans:
        named = [criterion for criterion in ids_in(letter.text[start:end]) if exists(criterion)]
        if named:
            at = letter.text.find(named[0].split(".")[0], start, end)
            return fact_from(Find(tuple(named), letter, max(at, start), end), looked_on=sections.pages(Part.LETTER))
    return Fact((), looked_on=sections.pages(Part.LETTER))


def _marks_in_headings(letter: Flow) -> list[Find[str]]:
    return [Find(each.kind, letter, each.start, each.end) for each in opinion_headings(letter) if each.kind]


def _marks_in_opinions(letter: Flow, paragraphs: list[tuple[int, int]]) -> list[Find[str]]:
    found = []
    for start, end in paragraphs:
        adverse = ADVERSE.search(letter.text, start, end)
        limited = EXCEPT_FOR.search(letter.text, max(letter.sentence(start, start)[0], start - NEAR), end)
        if limited:
            # "except for the matter ..., which did not operate": what follows belongs to the exception.
            found.append(Find("qualified", letter, start, _first_words_end(letter, limited.end(), end)))
        elif adverse:
            found.append(Find("adverse", letter, start, _first_words_end(letter, adverse.end(), end)))
    return found


def _disclaimers(letter: Flow) -> list[Find[str]]:
    found = []
    for match in DISCLAIMER.finditer(letter.text):
        start, end = letter.sentence(match.start(), match.end())
        if not NOT_ABOUT_THE_REPORT.search(letter.text, start, end):
            found.append(Find("disclaimer", letter, match.start(), match.end()))
    return found


def _bases(letter: Flow) -> list[tuple[int, int]]:
    """From a "Basis for ..." heading to the next heading about the opinion, or to the opinion itself."""
    headings = opinion_headings(letter)
    starts = [start for start, _ in opinion_paragraphs(letter)]
    spans = []
    for heading in headings:
        if heading.is_basis:
            stops = [each.start for each in headings if each.start > heading.end] + [
                at for at in starts if at > heading.end
            ]
            spans.append((heading.end, min([*stops, len(letter.text)])))
    return spans


def _last_said(letter: Flow, start: int, end: int) -> int:
    """Where the last sentence ends that says what a clean opinion says: that controls operated comes last in it."""
    said = list(CLEAN.finditer(letter.text, start, end))[-1]
    return min(letter.sentence(said.start(), said.end())[1], end)


def _quoted(letter: Flow, start: int, end: int) -> str:
    """The opinion's own words, its beginning and what it ends in; a sentence that goes on says so."""
    text = letter.text[start:end].rstrip()
    goes_on = text[-1:] not in {".", ";", ":"} and bool(letter.text[end:].strip())
    return shortened(f"{text}…" if goes_on else text, LARGEST_QUOTE)


def _first_words_end(letter: Flow, start: int, end: int) -> int:
    """Where the first words after `start` end: between two words, at the latest with the paragraph."""
    if start + FIRST_WORDS >= end:
        return end
    within = letter.text[start : start + FIRST_WORDS + 1]
    return start + len(within.rsplit(maxsplit=1)[0])
