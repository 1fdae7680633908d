"""Cross-checks: each becomes a note with its pages, and changes no value."""

from datetime import date

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import CLEAN, ash, letter_only, oak, scope
from vendors.reading import read_report


def notes_of(paper: Paper) -> dict[str, tuple[int, ...]]:
    return {str(note): note.pages for note in read_report(paper.pdf()).notes}


def with_cover(paper: Paper, *lines: str) -> Paper:
    paper.pages[0] = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2", *lines).pages[0]
    return paper


def test_a_cover_with_another_period_is_noted_and_the_letter_wins():
    paper = with_cover(letter_only(Paper()), "For the period January 1, 2024 to December 31, 2024")
    assert notes_of(paper)["Page 1 states another period than the auditor’s report, page 2."] == (1, 2)
    assert read_report(paper.pdf()).period_start.value == date(2025, 1, 1)


def test_a_cover_with_other_categories_is_noted():
    paper = with_cover(letter_only(Paper()), "Relevant to Security and Privacy")
    assert notes_of(paper)["Page 1 names other categories than the auditor’s report, page 2."] == (1, 2)


@pytest.mark.parametrize(
    "lines",
    [
        ["Controls Relevant to Security, Availability,", "Processing Integrity, Confidentiality and Privacy"],
        ["Security, Availability,", "Processing Integrity, Confidentiality and Privacy"],
        ["Report in scope: Security, Availability, Processing Integrity and", "Confidentiality and Privacy"],
    ],
)
@pytest.mark.parametrize("same", [True, False])
def test_a_list_that_runs_over_lines_of_the_cover_is_one_list(lines, same):
    categories = "security, availability, processing integrity, confidentiality, and privacy" if same else "security"
    paper = letter_only(Paper(), scope=scope(categories=categories))
    paper.pages[0] = Paper().heading("Sedgemoor Ledger Ltd.", 20).lines("SOC 2 Type 2", *lines).pages[0]
    notes = [note for note in read_report(paper.pdf()).notes if "names other categories" in str(note)]
    assert len(notes) == (0 if same or lines[0].startswith("Report in scope") else 1)


@pytest.mark.parametrize(
    ("signed", "note"),
    [
        ("1 December 2025", "The report is dated before the end of its period."),
        ("1 May 2026", "The report is dated 121 days after the end of its period."),
    ],
)
def test_a_report_date_that_does_not_fit_the_period_is_noted(signed, note):
    assert notes_of(letter_only(Paper(), signed=f"Wexcombe Hale LLP\n{signed}"))[note] == (2,)


def test_a_usual_report_date_is_not_worth_a_word():
    assert not any("dated" in note for note in notes_of(letter_only(Paper())))


def test_categories_and_criteria_tested_are_held_against_each_other():
    told = notes_of(oak(Paper()))
    assert "availability is in scope, but none of its criteria was found in the tests." in told
    (missing,) = [note for note in told if note.startswith("No test was found of these criteria of security: CC1.1, ")]
    assert "CC6.1" not in missing


def test_a_type_2_without_tests_is_noted():
    assert "It is a Type 2, but no tested controls were found." in notes_of(letter_only(Paper()))


def test_a_type_1_or_a_soc_3_with_results_of_tests_is_noted():
    def with_tests(paper):
        paper.page().heading("Tests of Controls and Results", 15)
        return paper.lines(*["No exceptions noted."] * 4)

    assert "It is a Type 1, but holds results of tests." in notes_of(with_tests(ash(Paper())))
    paper = letter_only(
        Paper(),
        scope="We have examined management’s assertion that controls were effective throughout the period January 1, "
        "December 31, 2025, based on the trust services criteria relevant to security.",
    )
    paper.pages[0] = Paper().heading("SOC 3 Report", 20).pages[0]
    assert "It is called SOC 3, but holds tests of controls." in notes_of(with_tests(paper))


def test_a_modified_opinion_that_the_assertion_keeps_quiet_is_noted():
    paper = letter_only(Paper(), opinion=CLEAN.replace("in all", "except for the matter described above, in all"))
    paper.heading("Assertion of the Management of Sedgemoor Ledger Ltd.", 15).text(
        "We have prepared the description of the Tally Service. We confirm that its controls operated effectively."
    )
    assert notes_of(paper)["The opinion is modified, but management’s assertion does not say so."] == (3,)


def test_a_letter_without_text_is_noted_and_its_opinion_is_not_taken_from_the_assertion():
    paper = Paper().heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2 report on the Tally Service").page()
    paper.heading("Assertion of the Management of Sedgemoor Ledger Ltd.", 15).text(
        "We have prepared the description of the Tally Service throughout the period January 1, 2025 to "
        "December 31, 2025. We "
        "confirm that, in our opinion, its controls operated effectively, based on the criteria relevant to security."
    )
    paper.pages.append([])
    reading = read_report(paper.pdf())
    assert reading.kind.value == "soc2"
    assert reading.opinion.value is None
    assert (reading.type.value, reading.period_end.value) == (2, date(2025, 12, 31)), "these the assertion may tell"
    told = {str(note): note.pages for note in reading.notes}
    assert told["Pages without text, perhaps pictures: 3."] == (3,)
    assert told["No auditor’s report with text was found, so no opinion is proposed."] == (3,)


def test_a_conflict_names_its_pages():
    paper = letter_only(Paper(), scope=scope(period="throughout the period March 1, 2025 to December 31, 2025"))
    assert notes_of(paper)["The report says different things, so nothing is proposed. Read pages 2."] == (2,)
