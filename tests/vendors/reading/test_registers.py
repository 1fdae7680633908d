"""Rows of tests: controls and their criteria, exceptions and replies."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from tests.vendors.reading.tables import COLUMNS, NONE, reading_with, rows_with
from vendors.reading import read_report


@pytest.mark.parametrize(
    "result",
    [
        "Exception noted. For 2 of 25 accounts the rule was not kept.",
        "Exceptions noted: two of the 25 accounts were late.",
        "Deviation noted. One of 25 accounts was late.",
        "Deviations were identified. Two accounts were late.",
        "One exception was noted. An account was late.",
        "Exception — 47 day gap",
        "Exception. 1 of 25 accounts was late.",
        "For 2 of the 25 accounts selected, no approval was kept.",
        "For 2 of the 25 accounts no approval was kept. Exception noted.",
        "For 4 out of 25 accounts selected, the review was held later than 30 days after the quarter.",
        "Except for 3 of 25 accounts selected, no exceptions noted.",
        "No exceptions noted other than for two of the 25 accounts that were opened before approval.",
        "For 2 of 25 accounts the approval came later. No other exceptions noted.",
    ],
)
def test_an_exception_is_told_in_many_ways(result):
    reading = reading_with(rows_with(result))
    (exception,) = reading.exceptions
    assert (exception.control, exception.criteria) == ("AC-03", ("CC6.1",))
    assert exception.text == result
    assert exception.place.page == 4
    assert exception.management_response is False
    assert reading.controls_tested.value == 6


@pytest.mark.parametrize(
    "result",
    [
        "No exceptions noted.",
        "No relevant exceptions noted.",
        "No deviations noted.",
        "Without exception.",
        "Not tested. No accounts were opened in the period.",
        "No occurrence during the period; the control could not be tested.",
        "There were no such events during the period; therefore no testing was performed.",
    ],
)
def test_what_only_resembles_an_exception_is_none(result):
    assert reading_with(rows_with(result)).exceptions == ()


def test_exceptions_in_the_words_of_a_control_are_no_result():
    rows = rows_with(NONE)
    rows[3][1] = "Exceptions noted during the quarterly review are tracked. Exception: urgent changes, approved later."
    assert reading_with(rows).exceptions == ()


@pytest.mark.parametrize(
    ("result", "other", "expected"),
    [
        ("Exception noted. One was late. Management’s response: It was closed.", (), True),
        ("Exception noted. One was late. Management Response It was closed.", (), True),
        ("Exception noted. One was late. See Section V for management’s response.", ("Plans are good.",), None),
        (
            "Exception noted. One was late. See Section V for management’s response.",
            ("Management’s Response to Exceptions", "AC-03 The account was closed."),
            True,
        ),
        (
            "Exception noted. One was late.",
            ("Management’s Response to Exceptions", "AC-04 The account was closed."),
            False,
        ),
        ("Exception noted. One was late.", (), False),
        ("Exception noted. One was late.", ("Management’s Responses", "Matter A: The account was closed."), None),
        ("Exception noted. One was late.", ("What was done since", "AC-03 was changed in May."), None),
        ("Exception noted (2). One was late.", ("Management’s Responses", "Exception 2: It was closed."), True),
        (
            "Exception noted. One was late.",
            ("Management’s response to exception AC-03: The account was closed.",),
            True,
        ),
    ],
    ids=[
        "beside",
        "without a colon",
        "announced, not there",
        "in the last part",
        "about another control",
        "none",
        "under a name that nothing ties",
        "named without a label",
        "under its number",
        "in a sentence of its own",
    ],
)
def test_a_reply_of_management_is_looked_for_beside_the_exception_and_in_the_last_part(result, other, expected):
    (exception,) = reading_with(rows_with(result), other=other).exceptions
    assert exception.management_response is expected


def test_a_reply_may_have_a_column_of_its_own():
    rows = [[row[0], *row[2:], ""] if len(row) > 1 else row for row in rows_with("Exception noted. One was late.")]
    rows[3][-1] = "The account was closed."
    head = ("Control ID", "Tests", "Results", "Management’s Response")
    (exception,) = reading_with(rows, head=head).exceptions
    assert exception.management_response is True


def test_an_exception_that_runs_over_a_page_has_the_page_where_it_begins():
    rows = rows_with(
        "Exception noted. " + "The account was closed late and nobody noticed it for a while. " * 14, at=24, count=30
    )
    reading = reading_with(rows)
    (exception,) = reading.exceptions
    assert exception.control == "AC-25"
    assert exception.text.count("The account was closed late") == 14
    assert reading.controls_tested.value == 30


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


@pytest.mark.parametrize("head_in", [0, 0.06], ids=["heads at the cells", "heads centred over the cells"])
@pytest.mark.parametrize(
    "result",
    [
        "The reviewer was on leave when it mattered.",
        "2 of 25 accounts were opened before the ticket was approved.",
        "Finding: two accounts were opened before approval.",
        "Ineffective. Two accounts were opened before approval.",
        "No exceptions noted, save for accounts of guests.",
        "No exceptions noted. However, the reviewer was on leave.",
        "No exceptions noted. The control did not operate effectively in May.",
        "No exceptions noted. 2 of 25 accounts were not approved.",
    ],
)
def test_a_result_in_words_that_are_not_known_is_noted(result, head_in):
    reading = reading_with(rows_with(result), head_in=head_in)
    assert reading.exceptions == ()
    (note,) = [note for note in reading.notes if note.about == "exceptions"]
    assert str(note).startswith("The result of control AC-03 on page 4")
    assert note.pages == (4,)


@pytest.mark.parametrize("result", [NONE, "Not tested. No accounts were opened.", "25 of 25 accounts: no exceptions."])
def test_a_clean_result_leaves_no_note_below_a_centred_head(result):
    reading = reading_with(rows_with(result), head_in=0.06)
    assert [note for note in reading.notes if note.about == "exceptions"] == []
    assert reading.controls_tested.value == 6


@pytest.mark.parametrize(
    "result",
    ["Two accounts were opened before approval.", "Except for 2 of 25 accounts, no exceptions noted."],
)
def test_a_result_of_prose_that_is_not_plainly_none_is_noted(result):
    lines = []
    for number in range(1, 6):
        told = result if number == 3 else NONE
        lines += [f"Control AC-{number}. Accounts are kept.", "Test. Inspected 25 accounts.", f"Result. {told}"]
    reading = reading_with([], lines=["CC6.3 – Access follows roles.", *lines])
    assert reading.exceptions == ()
    assert [note.pages for note in reading.notes if note.about == "exceptions"] == [(4,)]


@pytest.mark.parametrize(
    ("test", "is_noted"),
    [
        ("Inspected 25 accounts. For 2 of 25 accounts no approval was kept.", True),
        ("Inspected 25 accounts. The control was not operating effectively in May.", True),
        ("Inspected 2 of 25 accounts.", False),
        ("Inspected whether controls that did not operate effectively were reported.", False),
    ],
)
def test_words_of_a_failing_beside_clean_results_are_noted(test, is_noted):
    rows = rows_with(NONE)
    rows[3][2] = test
    notes = [str(note) for note in reading_with(rows).notes if note.about == "exceptions"]
    said = "No exception was read, but words of a failing stand in the tests: read pages 4."
    assert notes == ([said] if is_noted else [])


def test_a_result_that_opens_page_after_page_is_no_running_head():
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER)
    for number in range(1, 9):
        paper.page().text(f"Result. {NONE}") if number > 1 else paper.page()
        if number == 1:
            paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15)
            paper.text("CC6.3 – Access follows roles.")
        paper.text(f"Control AC-{number}. Accounts are kept.", "Test. Inspected 25 accounts.")
    reading = read_report(paper.page().text(f"Result. {NONE}").pdf())
    assert reading.controls_tested.value == 8
    assert [note for note in reading.notes if note.about == "exceptions"] == []


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


def test_an_exception_without_a_control_is_a_note_and_no_row():
    lines = ["CC6.1 The entity restricts access.", "Accounts were inspected.", "Exception noted. One account was late.",
             *[f"Accounts of group {word} were inspected. {NONE}" for word in ("one", "two", "three")]]  # fmt: skip
    reading = reading_with([], lines=lines)
    assert reading.exceptions == ()
    assert reading.controls_tested.value is None
    assert any("could not be tied" in str(note) and note.pages == (4,) for note in reading.notes)


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
