"""Management's responses: their words wherever a report sets them, and nothing where it is not clear which they are."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from tests.vendors.reading.tables import COLUMNS, NONE, reading_with, rows_with
from vendors.reading import read_report

FOUND = "Exception noted. One of 25 accounts was closed late."
REPLY = "The list of leavers is now produced each evening, and its owner signs it."
OTHER_REPLY = "A second owner was named in May."
WIDE = ("Control ID", "Tests", "Results", "Management’s Response")


def response_to(reading, control="AC-03"):
    return next(each for each in reading.exceptions if each.control == control).response


def with_a_column(reply, *, found=FOUND):
    rows = [[row[0], *row[2:], ""] if len(row) > 1 else row for row in rows_with(found)]
    rows[3][-1] = reply
    return rows


@pytest.mark.parametrize(
    "label",
    [
        "Management’s Response:", "Management Response:", "Management's response to the exception:",
        "MANAGEMENT RESPONSE", "Management’s comment –", "Response of management.", "Management action plan:",
    ],
)  # fmt: skip
def test_a_response_follows_its_label_in_the_cell_of_the_result(label):
    reading = reading_with(rows_with(f"{FOUND} {label} {REPLY}"))
    (exception,) = reading.exceptions
    assert exception.text == FOUND
    assert (exception.response.value, exception.response.page) == (REPLY, 4)
    assert exception.response.quote == REPLY
    assert exception.response.box[0] > exception.place.box[0] - 1, "it lies in the column of results"


def test_a_response_has_a_column_of_its_own():
    reading = reading_with(with_a_column(REPLY), head=WIDE)
    assert response_to(reading).value == REPLY
    assert reading.exceptions[0].management_response is True


def test_a_response_runs_on_over_a_page():
    long = " ".join([REPLY] * 35)
    reading = reading_with(with_a_column(long), head=WIDE)
    assert reading.sections["tests"] == (4, 5)
    assert response_to(reading).value == long
    assert response_to(reading).page == 4


def test_a_response_stands_in_a_line_of_its_own_below_the_row():
    rows = rows_with(FOUND)
    rows.insert(4, [f"Management’s response: {REPLY}"])
    assert response_to(reading_with(rows)).value == REPLY


def test_a_response_stands_beside_a_label_of_its_own():
    rows = []
    for number in range(1, 6):
        late = number == 3
        rows += [["Control ID", f"AC-{number:02d}"], ["Criteria", "CC6.1"], ["Test", "Inspected 25 accounts."]]
        rows += [["Result", FOUND if late else NONE]]
        rows += [["Management’s response", f"{REPLY} {OTHER_REPLY} {REPLY}"]] if late else []
    reading = reading_with(rows, head=("Control", "Details of the test"), shares=[0.25, 0.75])
    assert response_to(reading).value == f"{REPLY} {OTHER_REPLY} {REPLY}"


def test_a_label_may_be_broken_over_two_lines_of_its_cell():
    rows = []
    for number in range(1, 6):
        rows += [["Control ID", f"AC-{number:02d}"], ["Criteria", "CC6.1"], ["Result", FOUND if number == 3 else NONE]]
        rows += [["Management’s response", " ".join([REPLY] * 3)]] if number == 3 else []
    reading = reading_with(rows, head=("Control", "Details of the test"), shares=[0.16, 0.84])
    assert response_to(reading).value == " ".join([REPLY] * 3)


def test_prose_tests_end_a_response_with_its_paragraph():
    lines = []
    for number in range(1, 5):
        told = f"{FOUND} Management’s response: {REPLY}" if number == 3 else NONE
        lines += [f"Control AC-{number:02d}. Accounts are kept.", "Test. Inspected 25 accounts.", f"Result. {told}"]
        lines += ["The tests of this group were done by the team in Leeds, with the help of two colleagues."] * (
            number == 3
        )
    reading = reading_with([], lines=["CC6.3 – Access follows roles.", *lines])
    assert response_to(reading).value == REPLY


TITLE = "Management’s Responses to Exceptions"
POINTER = f"{FOUND} See Section V for management’s response."


def with_other(write, *, result=POINTER, rows=None):
    """A report whose last part is written by `write`."""
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 15)
    paper.table(["Control ID", "Control Activity", "Tests", "Results"], rows or rows_with(result), COLUMNS).page()
    write(paper.heading("Other Information Provided by Management", 15))
    return read_report(paper.pdf())


@pytest.mark.parametrize(
    "write",
    [
        lambda paper: paper.text(TITLE, f"AC-03 {REPLY}"),
        lambda paper: paper.text(TITLE, f"AC-03: {REPLY}"),
        lambda paper: paper.text(TITLE, f"Response to the matter noted at AC-03 (CC6.1): {REPLY}"),
        lambda paper: paper.text(TITLE, f"CC6.1 – AC-03: {REPLY}", f"CC7.1 – AC-05: {OTHER_REPLY}"),
        lambda paper: paper.text("Management’s response to the exception at AC-03 (CC6.1)", REPLY),
        lambda paper: paper.heading(TITLE, 12).heading("Control AC-03", 11).text(
            f"Exception: {FOUND[17:]}", f"Management’s response: {REPLY}"
        ),
        lambda paper: paper.text(TITLE).table(
            ["Control", "Criteria", "Exception", "Management’s response"],
            [["AC-02", "CC6.1", "None.", "N/A"], ["AC-03", "CC6.1", "See results of tests", REPLY],
             ["AC-05", "CC6.1", "See results of tests", OTHER_REPLY]], [0.12, 0.12, 0.3, 0.46],
        ),
        lambda paper: paper.text(TITLE, f"CC6.1: {REPLY}"),
        lambda paper: paper.heading(TITLE, 12).columns(
            f"AC-02: {' '.join([OTHER_REPLY] * 9)}", f"AC-03: {REPLY}", f"AC-05: {' '.join([OTHER_REPLY] * 9)}"
        ),
    ],
    ids=[
        "after the control", "after a colon", "in a sentence", "under criterion and control", "below a title",
        "labelled, with the exception", "in a table", "under the criterion", "in two columns",
    ],
)  # fmt: skip
def test_a_response_stands_in_the_last_part(write):
    reading = with_other(write)
    response = response_to(reading)
    assert response.value == REPLY
    assert response.page == 5
    assert reading.exceptions[0].management_response is True


def test_a_response_under_a_head_that_is_not_known_is_there_but_its_words_are_not_taken():
    answers = [["AC-03", REPLY], ["AC-05", OTHER_REPLY]]
    reading = with_other(lambda paper: paper.table(["Reference", "Response of Sedgemoor"], answers, [0.2, 0.8]))
    assert reading.exceptions[0].management_response is True
    assert response_to(reading).value is None


def test_a_response_in_the_last_part_runs_on_over_a_page():
    long = " ".join([REPLY] * 39)
    reading = with_other(
        lambda paper: paper.text(TITLE, f"AC-02: {OTHER_REPLY}", f"AC-03: {long}", "Our plans are good.")
    )
    assert response_to(reading).value == long
    assert response_to(reading).page == 5


def test_responses_go_by_the_number_of_the_exception():
    rows = rows_with("Exception 2 noted. One of 25 accounts was closed late.")
    rows[2][3] = "Exception 1 noted. Two of 25 accounts were opened early."
    other = [TITLE, f"Response 1: {OTHER_REPLY}", f"Response 2: {REPLY}"]
    reading = with_other(lambda paper: paper.text(*other), rows=rows)
    assert (response_to(reading, "AC-02").value, response_to(reading).value) == (OTHER_REPLY, REPLY)


@pytest.mark.parametrize(
    "words",
    [
        "No response provided.", "None", "N/A", "No management response was provided.",
        "Management did not provide a response.", "Management has not responded.", "—",
    ],
)  # fmt: skip
def test_that_there_is_none_is_no_response(words):
    for reading in (
        reading_with(with_a_column(words), head=WIDE),
        reading_with(rows_with(f"{FOUND} Management’s response: {words}")),
        with_other(lambda paper: paper.text(TITLE, f"AC-03: {words}"), result=FOUND),
    ):
        (exception,) = reading.exceptions
        assert exception.management_response is False
        assert exception.response.value is None


@pytest.mark.parametrize(
    "write",
    [
        lambda paper: paper.text(TITLE, "AC-03 One of 25 accounts was closed late. " + REPLY),
        lambda paper: paper.text(TITLE, f"AC-03: Exception: it was late. {REPLY}"),
        lambda paper: paper.text(TITLE, "AC-03: the list of leavers is now produced by the"),
        lambda paper: paper.text(TITLE, "AC-03 and AC-05 are dealt with by the team of access."),
        lambda paper: paper.text(TITLE).table(
            ["Control", "Standard reference"], [["AC-03", "Our handbook of access."]], [0.3, 0.7]
        ),
    ],
    ids=["told again before it", "told again with a label", "cut off", "named within a sentence", "another table"],
)  # fmt: skip
def test_where_it_is_not_clear_which_words_answer_none_are_taken(write):
    reading = with_other(write)
    assert response_to(reading).value is None
    assert reading.exceptions[0].management_response is True


def test_a_criterion_under_which_two_exceptions_stand_answers_neither():
    rows = rows_with(POINTER)
    rows[2][3] = POINTER
    reading = with_other(lambda paper: paper.text(TITLE, f"CC6.1: {REPLY}"), rows=rows)
    assert [each.response.value for each in reading.exceptions] == [None, None]


def test_two_answers_that_differ_are_a_conflict_with_both_pages():
    reading = with_other(
        lambda paper: paper.text(TITLE, f"AC-03: {OTHER_REPLY}"), result=f"{FOUND} Management’s response: {REPLY}"
    )
    (exception,) = reading.exceptions
    assert exception.response.value is None
    assert exception.response.conflict_on == (4, 5)
    assert exception.management_response is True
    assert any("in different words. Read pages 4, 5." in str(note) for note in reading.notes)


def test_the_same_answer_in_two_places_is_quoted_where_the_exception_stands():
    reading = with_other(
        lambda paper: paper.text(TITLE, f"AC-03: {REPLY}"), result=f"{FOUND} Management’s response: {REPLY}"
    )
    response = response_to(reading)
    assert (response.value, response.page, response.also_on) == (REPLY, 4, (5,))


def test_a_test_that_looks_at_responses_answers_nothing():
    rows = rows_with(FOUND)
    rows[3][2] = "Inspected management’s response to incidents. Management response times were within a day."
    (exception,) = reading_with(rows).exceptions
    assert (exception.management_response, exception.response.value) == (False, None)
