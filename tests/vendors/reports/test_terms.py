"""What cannot be true of a report's dates, and what is worth a word (DESIGN.md, "Reading a report")."""

from datetime import date

import pytest

from vendors.reports.terms import (
    Category,
    Opinion,
    ReportFacts,
    ReportKind,
    ReportType,
    SubserviceMethod,
    impossible_dates,
    length_of,
    notes_on,
)

ON = date(2026, 12, 1)


def type_2(**changed) -> ReportFacts:
    facts = {
        "kind": ReportKind.SOC2,
        "type": ReportType.TYPE2,
        "period_start": date(2025, 7, 1),
        "period_end": date(2026, 6, 30),
        "report_date": date(2026, 8, 14),
        "categories": frozenset({Category.SECURITY, Category.AVAILABILITY}),
    }
    return ReportFacts(**{**facts, **changed})


def type_1(**changed) -> ReportFacts:
    facts = {"type": ReportType.TYPE1, "as_of": date(2026, 6, 30), "report_date": date(2026, 8, 1)}
    return ReportFacts(**{**facts, **changed})


@pytest.mark.parametrize("facts", [type_2(), type_1(), ReportFacts(), type_2(report_date=date(2026, 6, 30))])
def test_dates_that_can_stand_are_not_impossible(facts):
    assert impossible_dates(facts, ON) == []


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        (
            type_2(period_end=date(2025, 6, 30)),
            "period_end",
            "The audit period ends on 30 Jun 2025, before it starts on 1 Jul 2025. "
            "Take both dates from the auditor’s letter.",
        ),
        (
            type_2(report_date=date(2026, 6, 29)),
            "report_date",
            "The report is dated 29 Jun 2026, before its audit period ends on 30 Jun 2026. "
            "Take the date under the auditor’s signature.",
        ),
        (
            type_2(report_date=date(2026, 12, 2)),
            "report_date",
            "The report date, 2 Dec 2026, has not come yet. Take the date under the auditor’s signature.",
        ),
        (
            type_2(period_end=date(2027, 6, 30), report_date=None),
            "period_end",
            "The audit period ends on 30 Jun 2027, which has not come yet. Check the year.",
        ),
        (
            type_2(period_start=date(2027, 7, 1), period_end=None),
            "period_start",
            "The audit period starts on 1 Jul 2027, which has not come yet. Check the year.",
        ),
        (
            type_2(period_start=date(205, 7, 1)),
            "period_start",
            "1 Jul 205 is older than any SOC 2 report. Check the year.",
        ),
        (
            type_2(as_of=date(2026, 6, 30)),
            "as_of",
            "A Type II report has an audit period and no as-of date. Clear it, or change the type.",
        ),
        (
            type_1(period_end=date(2026, 6, 30)),
            "period_end",
            "A Type I report has an as-of date and no audit period. Clear it, or change the type.",
        ),
        (
            type_1(as_of=date(2027, 1, 1), report_date=None),
            "as_of",
            "The as-of date, 1 Jan 2027, has not come yet. Check the year.",
        ),
        (
            type_1(report_date=date(2026, 6, 1)),
            "report_date",
            "The report is dated 1 Jun 2026, before its as-of date, 30 Jun 2026. "
            "Take the date under the auditor’s signature.",
        ),
    ],
)
def test_an_impossible_date_is_refused_with_a_sentence_that_names_the_field(facts, field, sentence):
    assert [(name, str(reason)) for name, reason in impossible_dates(facts, ON)] == [(field, sentence)]


@pytest.mark.parametrize(
    ("start", "end", "length"),
    [
        (date(2025, 7, 1), date(2026, 6, 30), "12 months"),
        (date(2026, 1, 1), date(2026, 1, 31), "1 month"),
        (date(2026, 1, 1), date(2026, 4, 1), "3 months and 1 day"),
        (date(2026, 1, 1), date(2026, 1, 20), "20 days"),
        (date(2026, 1, 1), date(2026, 1, 1), "1 day"),
    ],
)
def test_a_length_is_said_in_months_and_days(start, end, length):
    assert str(length_of(start, end)) == length


@pytest.mark.parametrize(
    ("start", "end", "flagged", "words"),
    [
        (date(2026, 4, 2), date(2026, 6, 30), True, "has 2 months and 29 days, under 3 months"),
        (date(2026, 4, 1), date(2026, 6, 30), False, "has 3 months, under 6 months"),
        (date(2026, 1, 2), date(2026, 6, 30), False, "has 5 months and 29 days, under 6 months"),
        (date(2025, 6, 30), date(2026, 6, 30), True, "has 12 months and 1 day, over 12 months"),
    ],
)
def test_a_short_or_long_period_is_noted(start, end, flagged, words):
    [note] = notes_on(type_2(period_start=start, period_end=end))
    assert note.field == "period_end"
    assert note.flagged is flagged
    assert words in str(note)
    assert str(note).startswith("Flagged: ") is flagged


@pytest.mark.parametrize("start", [date(2026, 1, 1), date(2025, 7, 1)])
def test_a_period_of_six_to_twelve_months_needs_no_word(start):
    assert notes_on(type_2(period_start=start)) == []


def test_a_report_that_came_over_ninety_days_after_its_period_is_noted():
    assert notes_on(type_2(report_date=date(2026, 9, 28))) == []
    [note] = notes_on(type_2(report_date=date(2026, 9, 29)))
    assert str(note) == ("The report is dated 29 Sep 2026, 91 days after its audit period ended. Over 90 days is late.")


@pytest.mark.parametrize(
    ("previous_end", "sentence"),
    [
        (
            date(2025, 5, 31),
            "The 30 days before this period, 1 Jun 2025 – 30 Jun 2025, were examined by nobody.",
        ),
        (date(2025, 6, 29), "30 Jun 2025 was examined by nobody: the report before ends the day before."),
    ],
)
def test_days_between_two_reports_are_noted(previous_end, sentence):
    [note] = notes_on(type_2(), previous_end)
    assert (note.field, str(note)) == ("period_start", sentence)


@pytest.mark.parametrize("previous_end", [None, date(2025, 6, 30), date(2025, 12, 31)])
def test_periods_that_touch_or_overlap_leave_no_gap(previous_end):
    assert notes_on(type_2(), previous_end) == []


def test_a_report_without_security_is_flagged():
    [note] = notes_on(type_2(categories=frozenset({Category.PRIVACY, Category.AVAILABILITY})))
    assert note.flagged
    assert str(note) == (
        "Flagged: Security is not among the categories examined. The report covers Availability, Privacy."
    )


def test_nothing_is_noted_while_nothing_is_recorded():
    assert notes_on(ReportFacts(), date(2025, 6, 30)) == []
    assert notes_on(type_2(period_end=date(2025, 1, 1), report_date=None)) == []


def test_the_last_three_opinions_are_modified_and_the_last_two_give_no_assurance():
    assert [opinion.is_modified for opinion in Opinion] == [False, True, True, True]
    assert [opinion.is_no_assurance for opinion in Opinion] == [False, False, True, True]


def test_terms_are_said_in_the_words_of_the_field():
    words = [*ReportKind, *ReportType, *Opinion, *Category, *SubserviceMethod]
    assert [term.words for term in words] == [
        "SOC 1",
        "SOC 2",
        "SOC 3",
        "Something else",
        "Type I",
        "Type II",
        "Unqualified",
        "Qualified",
        "Adverse",
        "Disclaimer of opinion",
        "Security",
        "Availability",
        "Processing Integrity",
        "Confidentiality",
        "Privacy",
        "Carve-out",
        "Inclusive",
    ]


def test_facts_know_the_pages_they_were_read_from():
    facts = type_2(pages={"period": 3, "opinion": 4, "kind": 3})
    assert facts.pages_of("kind", "period", "auditor") == (3,)
    assert facts.pages_of("opinion", "period") == (3, 4)
