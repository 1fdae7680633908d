"""Number and criteria of user entity controls: beside them, in brackets, above a group; never guessed."""

import pytest

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.stories import FILLER, letter_only
from tests.vendors.reading.tables import DUTIES
from vendors.reading import read_report

TITLE = "Complementary User Entity Controls"


def labels_of(write):
    """Of each control its number, its criteria and its text."""
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(*[FILLER] * 3)
    write(paper.heading(TITLE, 12))
    paper.heading("Incidents", 12).text("There were none in the period.")
    cuecs = read_report(paper.pdf()).cuecs
    assert [cuec.text for cuec in cuecs] == DUTIES
    return [(cuec.reference.value, cuec.criteria.value) for cuec in cuecs]


NAMED = [("CC6.2",), ("CC2.3", "CC3.2"), ("CC6.7",)]


def test_criteria_in_a_column_of_their_own_on_either_side():
    for head, cells, shares in (
        (["Criteria", "User entity control"], lambda duty, ids: [ids, duty], [0.15, 0.85]),
        (["User entity control", "Related criteria"], lambda duty, ids: [duty, ids], [0.8, 0.2]),
    ):
        rows = [cells(duty, ", ".join(ids)) for duty, ids in zip(DUTIES, NAMED, strict=True)]
        assert labels_of(lambda paper, given=(head, rows, shares): paper.table(*given)) == [
            (None, ids) for ids in NAMED
        ]


def test_criteria_that_take_more_lines_than_their_control():
    rows = [[DUTIES[0], "CC6.2"], [DUTIES[1], "CC2.3, CC3.2"], [DUTIES[2], "CC6.7"]]
    found = labels_of(lambda paper: paper.table(["User entity control", "Criteria"], rows, [0.9, 0.08]))
    assert found == [(None, ids) for ids in NAMED]


def test_numbers_and_criteria_beside_each_other():
    rows = [
        [f"CUEC-{at:02d}", ", ".join(ids), duty] for at, (duty, ids) in enumerate(zip(DUTIES, NAMED, strict=True), 1)
    ]
    found = labels_of(lambda paper: paper.table(["Ref.", "Criteria", "User entity control"], rows, [0.15, 0.2, 0.65]))
    assert found == [(f"CUEC-{at:02d}", ids) for at, ids in enumerate(NAMED, 1)]


def test_criteria_above_a_group_hold_until_the_next_group():
    def write(paper):
        paper.text("CC6.2 – Registration and authorization of users").items(*DUTIES[:2], mark="{}.")
        paper.text("Criterion CC6.7").items(DUTIES[2], mark="3.")

    assert labels_of(write) == [("1", ("CC6.2",)), ("2", ("CC6.2",)), ("3", ("CC6.7",))]


def test_criteria_head_rows_of_a_table():
    rows = [
        ["CC6.2 Registration and authorization of users."],
        ["1", DUTIES[0]],
        ["2", DUTIES[1]],
        ["CC6.7"],
        ["3", DUTIES[2]],
    ]
    found = labels_of(lambda paper: paper.table(["No.", "User entity control"], rows, [0.1, 0.9]))
    assert found == [("1", ("CC6.2",)), ("2", ("CC6.2",)), ("3", ("CC6.7",))]


@pytest.mark.parametrize(
    ("mark", "numbers"),
    [("{}.", ["1", "2", "3"]), ("({})", ["1", "2", "3"]),
     ("•", [None] * 3), ("–", [None] * 3), ("1.", [None] * 3)],
)  # fmt: skip
def test_a_number_names_its_control_where_no_other_has_it(mark, numbers):
    assert labels_of(lambda paper: paper.items(*DUTIES, mark=mark)) == [(number, None) for number in numbers]


@pytest.mark.parametrize("name", ["CUEC-{}", "CUEC {}", "UE.0{}", "C-{}", "{}"])
def test_a_number_in_a_column_of_its_own(name):
    rows = [[name.format(at), duty] for at, duty in enumerate(DUTIES, 1)]
    found = labels_of(lambda paper: paper.table(["Ref.", "User entity control"], rows, [0.2, 0.8]))
    assert found == [(name.format(at), None) for at in (1, 2, 3)]


def test_criteria_in_brackets_at_the_end():
    duties = [f"{duty[:-1]} ({', '.join(ids)})." for duty, ids in zip(DUTIES, NAMED, strict=True)]
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).heading(TITLE, 12)
    cuecs = read_report(paper.items(*duties).pdf()).cuecs
    assert [cuec.text for cuec in cuecs] == duties, "the text stays as printed"
    assert [cuec.criteria.value for cuec in cuecs] == NAMED
    assert {cuec.criteria.page for cuec in cuecs} == {3}


def test_criteria_in_brackets_between_the_number_and_the_control():
    duties = [f"CUEC-{at} ({', '.join(ids)}): {DUTIES[at - 1]}" for at, ids in enumerate(NAMED, 1)]
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).heading(TITLE, 12)
    cuecs = read_report(paper.text(*duties).pdf()).cuecs
    assert [cuec.reference.value for cuec in cuecs] == ["CUEC-1", "CUEC-2", "CUEC-3"]
    assert [cuec.criteria.value for cuec in cuecs] == NAMED


def test_a_cell_that_is_empty_says_nothing():
    rows = [["CC6.2", DUTIES[0]], ["", DUTIES[1]], ["CC8.8", DUTIES[2]]]
    found = labels_of(lambda paper: paper.table(["Criteria", "User entity control"], rows, [0.15, 0.85]))
    assert found == [(None, ("CC6.2",)), (None, None), (None, None)]


def test_number_and_criteria_have_places_of_their_own():
    rows = [[str(at), duty, "CC6.2"] for at, duty in enumerate(DUTIES, 1)]
    paper = letter_only(Paper()).heading("Description of the Tally Service", 15).text(FILLER).heading(TITLE, 12)
    paper.table(["No.", "User entity control", "Criteria"], rows, [0.1, 0.7, 0.2])
    first, *_others = read_report(paper.pdf()).cuecs
    assert (first.reference.quote, first.criteria.quote) == ("1", "CC6.2")
    assert first.reference.box[2] < first.place.box[0] < first.place.box[2] < first.criteria.box[0]
