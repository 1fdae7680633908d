"""Results of tests: exceptions and the replies to them, and words that leave it open."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from tests.vendors.reading.tables import NONE, reading_with, rows_with
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


def test_an_exception_without_a_control_is_a_note_and_no_row():
    lines = ["CC6.1 The entity restricts access.", "Accounts were inspected.", "Exception noted. One account was late.",
             *[f"Accounts of group {word} were inspected. {NONE}" for word in ("one", "two", "three")]]  # fmt: skip
    reading = reading_with([], lines=lines)
    assert reading.exceptions == ()
    assert reading.controls_tested.value is None
    assert any("could not be tied" in str(note) and note.pages == (4,) for note in reading.notes)
