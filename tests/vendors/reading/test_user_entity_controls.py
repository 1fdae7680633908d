"""The list of complementary user entity controls, wherever a report has it and however it is set."""

import pytest

from tests.vendors.reading.stories import FILLER
from tests.vendors.reading.tables import DUTIES, duties_of


@pytest.mark.parametrize(
    "title",
    [
        "Complementary User Entity Controls (“CUECs”)", "Complementary User-Entity Controls", "User Control "
        "Considerations",
        "User Entity Responsibilities", "Customer Responsibilities", "Client Control Considerations",
        "Complementary Customer Controls", "User Entity Responsibilities and Complementary User Entity Controls",
    ],
)  # fmt: skip
def test_the_list_is_found_under_its_many_titles(title):
    assert duties_of(lambda paper: paper.heading(title, 12).items(*DUTIES)) == DUTIES


@pytest.mark.parametrize(
    "write",
    [
        lambda paper: paper.text("These are expected of user entities:").items(*DUTIES, mark="{}."),
        lambda paper: paper.items(*DUTIES, mark="({})"),
        lambda paper: paper.items(*DUTIES, mark="–"),
        lambda paper: paper.table(
            ["No.", "User entity control"], [[str(n), duty] for n, duty in enumerate(DUTIES, 1)], [0.1, 0.9]
        ),
        lambda paper: paper.table(
            ["Criteria", "Complementary user entity control"], [["CC6.2", duty] for duty in DUTIES], [0.15, 0.85]
        ),
        lambda paper: paper.table(
            ["User entity control", "Related criteria"], [[duty, "CC6.2"] for duty in DUTIES], [0.8, 0.2]
        ),
        lambda paper: paper.text("User entities should see to the following:", *DUTIES),
        lambda paper: paper.text(" ".join(DUTIES) + " Help is found online."),
    ],
    ids=[
        "numbers",
        "brackets",
        "dashes",
        "numbered table",
        "criteria first",
        "criteria last",
        "paragraphs",
        "running prose",
    ],
)
def test_items_are_told_apart_however_they_are_set(write):
    assert duties_of(lambda paper: write(paper.heading("Complementary User Entity Controls", 12))) == DUTIES


def test_gerunds_after_an_introduction_are_items():
    def write(paper):
        paper.heading("User Control Considerations", 12).text("The customer is responsible for:")
        paper.lines("Naming the people who may sign.", "Reviewing the yearly summary.")

    assert duties_of(write) == ["Naming the people who may sign.", "Reviewing the yearly summary."]


def test_sentences_that_are_set_in_are_items_where_bullets_are_drawn_and_no_text():
    items = [
        "Schools obtain the consent of parents.",
        "Schools withdraw the accounts of pupils who have left in good time, and at the latest at the end of the term "
        "in which they did.",
    ]

    def write(paper, indent=24):
        paper.heading("D.4 Complementary User Entity Controls", 12).text("The service relies on schools:")
        paper.text(*items, indent=indent)

    assert duties_of(write) == items
    assert duties_of(lambda paper: write(paper, indent=0)) == [], "nothing shows where prose about others has items"


def test_a_full_line_of_such_a_list_may_end_a_sentence_and_not_the_item():
    def write(paper):
        paper.heading("Complementary User Entity Controls", 12).text("The service relies on schools:")
        lines = [f"Schools obtain the consent of parents in writing{', and keep it in a safe place' * 2}.",
                 "It is asked for once a year.", "Schools file it."]  # fmt: skip
        for line in lines:
            paper.text(line, indent=24)
            paper.y -= 6  # no wider apart than the lines of one item

    assert duties_of(write) == []


def test_a_table_may_name_the_controls_in_its_head_as_the_title_does():
    rows = [["CC6.2", duty] for duty in DUTIES]
    head = ["Criteria", "Complementary User Entity Controls"]
    title = "Complementary User Entity Controls"
    assert duties_of(lambda paper: paper.heading(title, 12).table(head, rows, [0.15, 0.85])) == DUTIES


def test_cells_beside_criteria_are_items_whoever_they_speak_of():
    items = ["Schools keep the list of teachers up to date.", DUTIES[0].replace("User entities", "Schools")]
    rows = [["CC6.1", items[0]], ["CC6.2", items[1]]]
    title = "Complementary User Entity Controls"
    assert duties_of(lambda paper: paper.heading(title, 12).table(["Criteria", title], rows, [0.15, 0.85])) == items


def test_a_list_goes_on_over_a_page():
    many = [f"User entities are responsible for duty number {number} of the handbook." for number in range(1, 60)]
    assert duties_of(lambda paper: paper.heading("Complementary User Entity Controls", 12).items(*many)) == many


def test_a_report_without_such_a_list_has_none():
    assert duties_of(lambda paper: paper.heading("People", 12).text(FILLER)) == []
