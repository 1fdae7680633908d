"""What kind of document it is: by what its auditor examined and gave an opinion on, not by a title alone."""

import re

from vendors.reading.document import Document
from vendors.reading.evidence import Find, fact_from, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.rules.letter import scope
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import any_wording, wording

LETTER_PAGES = 6  # a bridge letter or a certificate is no longer than this
TITLE = re.compile(
    r"\bSOC[\s®™]*(?P<soc>[123])\b|\(SOC\)[\s®™]*(?P<named>[123])\b|organi[sz]ation\s+controls?\s+(?P<old>[123])\b",
    re.IGNORECASE,
)
BRIDGE = wording(r"\b(bridge|bridging|gap|comfort) letter\b")
ISO = re.compile(r"\bISO\s*(?:/\s*IEC)?\s*27001\b", re.IGNORECASE)
CERTIFICATE = any_wording([
    r"certificate\b", r"this is to certify", r"is hereby certified",
])  # fmt: skip
SOC1 = any_wording([
    r"internal control over financial reporting", r"achieve the related control objectives", r"AT-C section 320",
    r"ISAE 3402",
])  # fmt: skip
SOC3 = any_wording([
    r"examined (?s:(?!description).){0,160}?assertion\b(?!.{0,200}?description of)",
    r"management's assertion (?s:.{0,400}?) is fairly stated",
])  # fmt: skip
SOC2 = any_wording([
    r"trust services criteria", r"TSP section 100", r"description criteria", r"trust services (principles|categories)",
])  # fmt: skip


def kind(document: Document, sections: Sections) -> Fact[str]:
    """One of soc1, soc2, soc3, bridge_letter, iso27001_certificate, other; nothing where title and letter differ."""
    looked_on = sections.pages(Part.COVER, Part.LETTER)
    if Part.LETTER not in sections and document.pages <= LETTER_PAGES:
        short = _short_document(document)
        if short is not None:
            return fact_from(short, looked_on=looked_on)
    titles = _titles(sections.flow(Part.COVER))
    if Part.LETTER in sections:
        read = _by_letter(sections.flow(Part.LETTER))
        if read is None:
            # An auditor's report on something else, unless title or parts say what the letter leaves open.
            return settled(titles, looked_on) if titles else _other(sections, looked_on)
        if titles and titles[0].value != read.value:
            return Fact(conflict_on=(titles[0].page, read.page), looked_on=looked_on)
        return fact_from(read, titles, looked_on)
    if titles and Part.ASSERTION in sections:
        return settled(titles, looked_on)
    return _other(sections, looked_on)


def _other(sections: Sections, looked_on: tuple[int, ...]) -> Fact[str]:
    """Something else, unless it has parts of a report: without title and scope nobody can say of which kind."""
    unknown = Part.TESTS in sections or Part.ASSERTION in sections
    return Fact(None if unknown else "other", looked_on=looked_on)


def _short_document(document: Document) -> Find[str] | None:
    first = document.page_flow(1)
    letter = BRIDGE.search(first.text)
    if letter:
        return Find("bridge_letter", first, letter.start(), letter.end())
    standard = ISO.search(first.text)
    if standard and CERTIFICATE.search(first.text):
        return Find("iso27001_certificate", first, standard.start(), standard.end())
    return None


def _titles(cover: Flow) -> list[Find[str]]:
    return [
        Find(f"soc{match[match.lastgroup or 0]}", cover, match.start(), match.end())
        for match in TITLE.finditer(cover.text)
    ]


def _by_letter(letter: Flow) -> Find[str] | None:
    start, end = scope(letter)
    text = letter.text
    marks = [
        (name, match)
        for name, pattern in (("soc3", SOC3), ("soc1", SOC1), ("soc2", SOC2))
        if (match := pattern.search(text, start, end))
    ]
    if not marks:
        return None
    name, match = marks[0]
    return Find(name, letter, match.start(), match.end())
