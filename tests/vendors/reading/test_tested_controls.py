"""Controls and their criteria, from tables, lists, labels and prose."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from tests.vendors.reading.tables import COLUMNS, NONE, reading_with, rows_with
from vendors.reading import read_report


def test_a_control_under_two_criteria_counts_once_and_has_both():
    rows = rows_with("Exception noted. One was late.")
    rows += [["CC6.2 The entity registers users."], [*rows[3]]]
    reading = reading_with(rows)
    assert reading.controls_tested.value == 6
    (exception,) = reading.exceptions
    assert exception.criteria == ("CC6.1", "CC6.2")
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2")


def test_criteria_in_a_column_of_their_own_go_with_their_row():
    rows = [[f"AC-{n}", "CC6.1, CC6.2" if n == 2 else "CC7.1", "Inspected accounts.", NONE] for n in range(1, 6)]
    rows[1][3] = "Exception noted. One was late."
    reading = reading_with(rows, head=("Control", "Criteria", "Tests", "Results"))
    (exception,) = reading.exceptions
    assert exception.criteria == ("CC6.1", "CC6.2")


@pytest.mark.parametrize(
    "name",
    [
        "AC-0{}",
        "AC.0{}",
        "AC0{}",
        "AC 0{}",
        "CC6.1.{}",
        "CC6.1-0{}",
        "1.0{}",
        "6.1-0{}",
        "SEC-AC-{}",
        "CTL-00{}",
        "C{}a",
    ],
)
def test_ids_are_learned_from_the_document(name):
    rows = rows_with("Exception noted. One was late.")
    for number, row in enumerate(rows[1:], 1):
        row[0] = name.format(number)
    reading = reading_with(rows)
    assert [each.control for each in reading.exceptions] == [name.format(3)]
    assert reading.controls_tested.value == 6


@pytest.mark.parametrize("name", ["AC-0{}", "AC 0{}", "CC6.1.{}", "1.0{}"])
def test_ids_at_the_start_of_a_longer_cell_are_learned_as_well(name):
    rows = rows_with("Exception noted. One was late.")
    rows = [
        [f"{name.format(at)} {row[1]} AES-256 or SHA-256 keys are used, and TLS-1.2 or newer.", *row[2:]] if at else row
        for at, row in enumerate(rows)
    ]
    reading = reading_with(rows, head=("Control Activity", "Tests", "Results"), shares=[0.4, 0.3, 0.3])
    assert [each.control for each in reading.exceptions] == [name.format(3)]
    assert reading.controls_tested.value == 6


def test_a_criterion_that_stands_once_serves_the_rows_below_it():
    rows = [[f"CC6.{1 + n // 3}" if n % 3 == 0 else "", f"AC-{n}", "Inspected accounts.", NONE] for n in range(6)]
    rows[5][3] = "Exception noted. One was late."
    reading = reading_with(rows, head=("Criteria", "Control", "Tests", "Results"))
    (exception,) = reading.exceptions
    assert (exception.control, exception.criteria) == ("AC-5", ("CC6.2",))
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2")


def test_criteria_in_a_table_before_the_tests_go_with_their_controls():
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15)
    paper.table(
        ["Criteria", "Controls"], [["CC6.1", "AC-1, AC-2"], ["CC6.2", "AC-2, AC-3"], ["A1.1", "AC-4"]], [0.3, 0.7]
    )
    rows = [[f"AC-{n}", "Accounts are kept.", "Inspected accounts.", NONE] for n in range(1, 5)]
    rows[1][3] = "Exception noted. One was late."
    reading = read_report(paper.table(["Control", "Description", "Tests", "Results"], rows, COLUMNS).pdf())
    assert [(each.control, each.criteria) for each in reading.exceptions] == [("AC-2", ("CC6.1", "CC6.2"))]
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2", "A1.1")
    assert reading.controls_tested.value == 4


def test_criteria_in_a_table_of_another_part_go_with_their_controls():
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER)
    mapping = [[f"CC6.{n}", f"LOG-{n}"] for n in range(1, 5)]
    paper.heading("Mapping of Criteria", 12).table(["Criteria", "Controls"], mapping, [0.3, 0.7]).page()
    paper.heading("Auditor’s Tests of Controls and Results", 15)
    rows = [[f"LOG-{n}", "Accounts are kept.", "Inspected accounts.", NONE] for n in range(1, 5)]
    rows[1][3] = "Exception noted. One was late."
    reading = read_report(paper.table(["Control", "Description", "Tests", "Results"], rows, COLUMNS).pdf())
    assert [(each.control, each.criteria) for each in reading.exceptions] == [("LOG-2", ("CC6.2",))]
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2", "CC6.3", "CC6.4")


def test_without_ids_of_controls_the_criteria_are_still_read():
    rows = [["Accounts are reviewed by their owners.", "CC6.1", "Inspected reviews.", NONE] for _ in range(4)]
    rows[1][1:] = ["CC6.3", "Inspected reviews.", "Exception noted. One was late."]
    reading = reading_with(rows, head=("Control", "Criteria", "Tests", "Results"))
    assert reading.criteria_tested.value == ("CC6.1", "CC6.3")
    assert reading.controls_tested.value is None
    assert reading.exceptions == ()
    assert any("could not be tied" in str(note) for note in reading.notes)


def test_labels_and_prose_are_read_like_a_table():
    lines = []
    for number in range(1, 5):
        told = "Exception noted. One was late." if number == 3 else NONE
        lines += [f"Control AC-{number}. Accounts are kept.", "Test. Inspected 25 accounts.", f"Result. {told}"]
    reading = reading_with([], lines=["CC6.3 – Access follows roles.", *lines])
    (exception,) = reading.exceptions
    assert (exception.control, exception.criteria) == ("AC-3", ("CC6.3",))


@pytest.mark.parametrize("title", ["Control AC-{0} (CC6.{0})", "AC-{0} (CC6.{0})"])
def test_a_control_may_head_its_test_with_its_criteria_in_brackets(title):
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15)
    for number in range(1, 5):
        told = "Exception noted. One was late." if number == 3 else NONE
        paper.heading(title.format(number), 11)
        paper.table(
            ["Control Description", "Test of Control", "Test Result"],
            [["Accounts are kept.", "Inspected accounts.", told]],
            [0.4, 0.3, 0.3],
        )
    reading = read_report(paper.pdf())
    assert [(each.control, each.criteria) for each in reading.exceptions] == [("AC-3", ("CC6.3",))]
    assert reading.criteria_tested.value == ("CC6.1", "CC6.2", "CC6.3", "CC6.4")


def test_controls_may_be_items_of_a_list():
    lines = ["CC6.3 – Access follows roles."]
    for number in range(1, 5):
        told = "Exception noted. One was late." if number == 3 else NONE
        lines += [f"• AC_00{number} Accounts are kept.", "Test: Inspected 25 accounts.", told]
    reading = reading_with([], lines=lines)
    assert [(each.control, each.criteria) for each in reading.exceptions] == [("AC_003", ("CC6.3",))]
    assert reading.controls_tested.value == 4


def test_a_criterion_of_which_no_control_was_tested_is_told_apart():
    rows = rows_with(NONE)
    rows.insert(5, ["CC7.1 The entity finds weaknesses."])
    for row in rows[6:]:
        row[3] = "No occurrence during the period; not tested."
    reading = reading_with(rows)
    assert (reading.criteria_tested.value, reading.criteria_not_tested) == (("CC6.1", "CC7.1"), ("CC7.1",))
    assert any("no result of a test for CC7.1" in str(note) and note.pages == (4,) for note in reading.notes)
    rows[6][3] = NONE
    assert reading_with(rows).criteria_not_tested == ()


def test_ids_that_are_no_criteria_are_noted():
    rows = rows_with(NONE)
    rows[0] = ["CC8.8 The entity changes things."]
    reading = reading_with(rows)
    assert reading.criteria_tested.value == ()
    assert any("CC8.8 is no criterion" in str(note) for note in reading.notes)
