"""The audit period of a Type 2 and the as-of date of a Type 1: the auditor's scope first, and the opinion must agree.

The cover and the assertion are asked only where there is no letter to read; a cover that differs from the letter is
a note, not a reason to doubt the letter.
"""

from dataclasses import replace
from datetime import date

from vendors.reading.dates import FoundDate, FoundPeriod, as_of_dates_in, periods_in
from vendors.reading.evidence import Find, settled
from vendors.reading.facts import Fact
from vendors.reading.flow import Flow
from vendors.reading.rules.letter import is_of_this_examination, opinion_paragraphs, scope
from vendors.reading.sections import Part, Sections

Period = tuple[date, date]


def period(sections: Sections) -> Fact[Period]:
    """First and last day of the examination, or nothing."""
    fact = settled(_periods(sections), _looked_on(sections))
    if fact.value is None:
        return fact
    others = [find for part in (Part.COVER, Part.ASSERTION) for find in stated_periods(sections.flow(part))]
    pages = {find.page for find in others if find.value == fact.value and find.page != fact.page}
    return replace(fact, also_on=tuple(sorted({*fact.also_on, *pages})))


def as_of(sections: Sections) -> Fact[date]:
    """The day of a Type 1, or nothing."""
    return settled(_as_of_dates(sections), _looked_on(sections))


def ends(fact: Fact[Period]) -> tuple[Fact[date], Fact[date]]:
    """A period as two facts with one ground."""
    first, last = fact.value or (None, None)

    def end(day: date | None) -> Fact[date]:
        return Fact(day, fact.page, fact.quote, fact.box, fact.also_on, fact.conflict_on, fact.looked_on)

    return end(first), end(last)


def stated_periods(flow: Flow) -> list[Find[Period]]:
    """Every period that a text states."""
    return [_find(flow, found) for found in periods_in(flow.text)]


def _looked_on(sections: Sections) -> tuple[int, ...]:
    parts = (Part.LETTER,) if Part.LETTER in sections else (Part.ASSERTION, Part.COVER)
    return sections.pages(*parts)


def _periods(sections: Sections) -> list[Find[Period]]:
    if Part.LETTER in sections:
        letter = sections.flow(Part.LETTER)
        start, end = scope(letter)
        spans = [(start, end), *opinion_paragraphs(letter)]
        found = list(periods_in(letter.text))
        inside = [each for each in found if any(first <= each.start < last for first, last in spans)]
        decisive = [each for each in inside if is_of_this_examination(letter, each.start, each.end)]
        return [_find(letter, each) for each in decisive]
    return [find for part in (Part.ASSERTION, Part.COVER) for find in stated_periods(sections.flow(part))]


def _as_of_dates(sections: Sections) -> list[Find[date]]:
    if Part.LETTER in sections:
        letter = sections.flow(Part.LETTER)
        start, end = scope(letter)
        spans = [(start, end), *opinion_paragraphs(letter)]
        found = [
            each for each in as_of_dates_in(letter.text) if any(first <= each.start < last for first, last in spans)
        ]
        return [_day(letter, each) for each in found if is_of_this_examination(letter, each.start, each.end)]
    flows = [sections.flow(part) for part in (Part.ASSERTION, Part.COVER)]
    return [_day(flow, each) for flow in flows for each in as_of_dates_in(flow.text)]


def _find(flow: Flow, found: FoundPeriod) -> Find[Period]:
    return Find((found.first, found.last), flow, found.start, found.end)


def _day(flow: Flow, found: FoundDate) -> Find[date]:
    return Find(found.day, flow, found.start, found.end)
