"""Cross-checks: where parts of a report do not agree, or where something is missing. Each is a note, never a value."""

from collections.abc import Iterator
from datetime import date, timedelta

from vendors.reading.criteria import CRITERIA, category_of
from vendors.reading.evidence import pages_of
from vendors.reading.facts import Fact, Note, Reading, gettext_noop
from vendors.reading.rules.categories import categories_of_cover
from vendors.reading.rules.exceptions import FOUND, NONE
from vendors.reading.rules.period import stated_periods
from vendors.reading.sections import Part, Sections
from vendors.reading.wording import wording

_ = gettext_noop
LATE = timedelta(days=90)
UNQUALIFIED_ASSERTION = wording(r"\b(?:except|but for|not (?:met|achieved|effective|suitably|operat))")
MANY_RESULTS = 3
NAMED = ("kind", "type", "service_organization", "system", "auditor", "period_start", "as_of", "opinion", "categories")


def notes(sections: Sections, reading: Reading) -> list[Note]:
    """What a reviewer should look at, in the order in which the parts of a report come."""
    return [
        *_conflicts(reading),
        *_pages_without_text(sections, reading),
        *_periods(sections, reading),
        *_report_date(reading),
        *_categories(sections, reading),
        *_criteria(reading),
        *_assertion(sections, reading),
        *_tests(sections, reading),
    ]


def _conflicts(reading: Reading) -> Iterator[Note]:
    for name in NAMED:
        fact: Fact[object] = getattr(reading, name)
        if fact.conflict_on:
            pages = ", ".join(str(page) for page in fact.conflict_on)
            yield Note(name, _("The report says different things, so nothing is proposed. Read pages {pages}."),
                       {"pages": pages}, fact.conflict_on)  # fmt: skip


def _pages_without_text(sections: Sections, reading: Reading) -> Iterator[Note]:
    pages = tuple(page for page in reading.pages_without_text if page not in reading.recognised)
    if pages:
        listed = ", ".join(str(page) for page in pages)
        yield Note("pages", _("Pages without text, perhaps pictures: {pages}."), {"pages": listed}, pages)
    if reading.recognised:
        listed = ", ".join(str(page) for page in reading.recognised)
        said = _("Pages that are pictures, read by OCR: {pages}. Compare each value with its page.")
        yield Note("pages", said, {"pages": listed}, reading.recognised)
        if reading.opinion.value is None and set(sections.pages(Part.LETTER)) & set(reading.recognised):
            yield Note("opinion", _("The auditor’s report is a picture. Read the opinion by eye."), {},
                       sections.pages(Part.LETTER))  # fmt: skip
    if Part.LETTER not in sections:
        yield Note("opinion", _("No auditor’s report with text was found, so no opinion is proposed."), {}, pages)


def _periods(sections: Sections, reading: Reading) -> Iterator[Note]:
    start, end = reading.period_start, reading.period_end
    if start.value is None or end.value is None or start.page is None:
        return
    for part in (Part.COVER, Part.ASSERTION):
        stated = [find for find in stated_periods(sections.flow(part)) if find.page != start.page]
        if stated and all(find.value != (start.value, end.value) for find in stated):
            page = stated[0].page
            yield Note("period_start", _("Page {other} states another period than the auditor’s report, page {page}."),
                       {"other": page, "page": start.page}, (page, start.page))  # fmt: skip


def _report_date(reading: Reading) -> Iterator[Note]:
    signed = reading.report_date
    until: date | None = reading.period_end.value or reading.as_of.value
    if signed.value is None or until is None or signed.page is None:
        return
    if signed.value < until:
        yield Note("report_date", _("The report is dated before the end of its period."), {}, (signed.page,))
    elif signed.value - until > LATE:
        days = (signed.value - until).days
        yield Note(
            "report_date",
            _("The report is dated {days} days after the end of its period."),
            {"days": days},
            (signed.page,),
        )


def _categories(sections: Sections, reading: Reading) -> Iterator[Note]:
    read = reading.categories
    if not read.value or read.page is None:
        return
    others = [find for find in categories_of_cover(sections.flow(Part.COVER)) if find.value != read.value]
    for page in pages_of(find for find in others if find.page != read.page):
        yield Note("categories", _("Page {other} names other categories than the auditor’s report, page {page}."),
                   {"other": page, "page": read.page}, (page, read.page))  # fmt: skip


def _criteria(reading: Reading) -> Iterator[Note]:
    claimed, tested = reading.categories.value, reading.criteria_tested.value
    if not claimed or not tested:
        return
    seen = {category_of(criterion) for criterion in tested}
    for category in sorted(seen - set(claimed) - {"security"}):  # the common criteria serve every category
        yield Note(
            "criteria_tested", _("Criteria of {category} were tested, but it is not in scope."), {"category": category}
        )
    for category in sorted(set(claimed) - seen):
        yield Note("criteria_tested", _("{category} is in scope, but none of its criteria was found in the tests."),
                   {"category": category})  # fmt: skip
    for category in sorted(set(claimed) & seen):
        missing = [each for each in CRITERIA if category_of(each) == category and each not in tested]
        if missing:
            yield Note("criteria_tested", _("No test was found of these criteria of {category}: {criteria}."),
                       {"category": category, "criteria": ", ".join(missing)})  # fmt: skip


def _assertion(sections: Sections, reading: Reading) -> Iterator[Note]:
    modified = reading.opinion.value in ("qualified", "adverse")
    if modified and Part.ASSERTION in sections and not UNQUALIFIED_ASSERTION.search(sections.flow(Part.ASSERTION).text):
        yield Note("opinion", _("The opinion is modified, but management’s assertion does not say so."), {},
                   sections.pages(Part.ASSERTION))  # fmt: skip


def _tests(sections: Sections, reading: Reading) -> Iterator[Note]:
    tests = sections.flow(Part.TESTS)
    results = sum(1 for _match in NONE.finditer(tests.text)) + sum(1 for _match in FOUND.finditer(tests.text))
    if reading.kind.value == "soc3" and results >= MANY_RESULTS:
        yield Note("kind", _("It is called SOC 3, but holds tests of controls."), {}, sections.pages(Part.TESTS)[:1])
    if reading.type.value == 1 and results >= MANY_RESULTS:
        yield Note("type", _("It is a Type 1, but holds results of tests."), {}, sections.pages(Part.TESTS)[:1])
    if reading.type.value == 2 and reading.kind.value != "soc3" and not reading.controls_tested.value:
        yield Note("controls_tested", _("It is a Type 2, but no tested controls were found."))
