"""What a record says in words: each state, and what stands beside an answer."""

from dataclasses import replace
from datetime import date

import pytest

from procurement.exports import words
from procurement.exports.record import ByReport, Flag, FurtherField, LastYear, Stands
from procurement.exports.tables import columns_of
from tests.procurement.exports.conftest import about

pytestmark = pytest.mark.django_db
BY_REPORT = ByReport(
    level="full",
    report="SOC 2 Type II, 2026",
    period_start=date(2025, 7, 1),
    period_end=date(2026, 6, 30),
    reason="Covered by SOC 2 Type II.",
    pages=(12, 14),
    required_by="",
)


@pytest.fixture
def answered(record):
    return about(record, "USA")


def cell(record, answered, title: str) -> str:
    return next(column.cell(answered) for column in columns_of(record) if column.title == title)


def test_each_state_has_its_word(answered):
    assert words.stands_in_words(answered) == "Not judged yet"
    assert words.stands_in_words(replace(answered, judgement=None)) == "Handed over"
    assert words.stands_in_words(replace(answered, is_handed_over=False)) == "Not handed over"
    assert words.stands_in_words(replace(answered, stands=Stands.HIDDEN)) == "Not asked"
    covered = replace(answered, stands=Stands.COVERED, report=BY_REPORT)
    assert words.stands_in_words(covered) == "Answered by the report"
    judged = replace(answered.judgement, verdict="sent_back")
    assert words.stands_in_words(replace(answered, judgement=judged)) == "Sent back"


def test_what_the_report_says_has_its_pages_and_who_asks_all_the_same(record, answered):
    covered = replace(answered, report=BY_REPORT)
    assert cell(record, covered, "By the report") == "Covered by SOC 2 Type II. p. 12, 14"
    asked = replace(answered, report=replace(BY_REPORT, pages=(), required_by="Ines Varga"))
    assert words.report_in_words(asked) == "Covered by SOC 2 Type II. Asked all the same by Ines Varga."


def test_last_year_says_what_became_of_the_answer(record, answered):
    assert words.last_year_in_words(answered) == ""
    earlier = LastYear(answer="Yes", comment="", how="key", became="changed")
    assert cell(record, replace(answered, last_year=earlier), "Last year") == "Changed. Last year: Yes"
    commented = replace(earlier, comment="Until March.", became="unchanged")
    assert words.last_year_in_words(replace(answered, last_year=commented)) == (
        "Unchanged. Last year: Yes (Until March.)"
    )


def test_a_rating_before_the_answer_was_changed_says_so(record, answered):
    old = replace(answered.worth.ratings[0], counts=False, before=None)
    rated = replace(answered, worth=replace(answered.worth, ratings=(old,)))
    assert cell(record, rated, "Rating").startswith("Before the answer was changed: 40 of 100, before none: ")


def test_each_further_field_has_a_column_until_they_are_too_many(record, answered):
    fields = tuple(FurtherField(key=f"f-{n}", title=f"Field {n}", said=f"Said {n}.") for n in range(25))
    few = replace(answered, companions=fields[:2])
    assert cell(replace(record, answers=(few,)), few, "Field 1") == "Said 1."
    many = replace(answered, companions=fields)
    told = cell(replace(record, answers=(many,)), many, "Further fields")
    assert told.splitlines()[-1] == "Field 24: Said 24."


def test_flags_name_what_they_raise(record, answered):
    flagged = replace(
        answered, flags=(Flag(option="No", severity="high", text=""), Flag(option="Yes", severity="low", text="Late"))
    )
    assert cell(record, flagged, "Flags") == "high: No\nlow: Late"


def test_what_is_not_there_is_left_out(record):
    early = replace(record.course, submitted_at=None, signer_name="", signer_title="", contact="")
    labels = [label for label, _text in words.facts_of(replace(record, course=early, review=""))]
    assert [label for label in ("Review", "Sent to", "Submitted", "Signed by", "Completed") if label in labels] == []
    assert words.score_in_words(None) == "none yet"
