"""Marks: which words of a page are drawn, in which state, under which number."""

import pytest

from vendors.reports.marks import PIN_STEP, Passage, marks_on, named, passages

KIND, PERIOD, OPINION = (60.0, 90.0, 200.0, 101.0), (60.0, 100.0, 300.0, 111.0), (60.0, 400.0, 500.0, 440.0)
CONTENT = {
    "evidence": {
        "opinion": {"page": 4, "quote": "In our opinion", "box": list(OPINION)},
        "kind": {"page": 3, "quote": "trust services criteria", "box": list(KIND)},
        "period_start": {"page": 3, "quote": "July 1, 2025 to June 30, 2026", "box": list(PERIOD)},
        "period_end": {"page": 3, "quote": "July 1, 2025 to June 30, 2026", "box": list(PERIOD)},
        "as_of": {"page": None, "quote": "", "box": None},
        "controls_tested": {"page": 57, "quote": "", "box": None},
        "criteria_tested": {"page": 57, "quote": "", "box": None},
        "what newer rules read": {"page": 57, "quote": "", "box": [1, 2, 3, 4]},
    },
    "subservice_organizations": [{"name": "Tarnfield Hosting", "page": 3, "box": [60, 300, 200, 311]}],
    "exceptions": [{"control": "QH-10", "page": 61, "box": [60, 500, 200, 520]}],
}


def test_passages_are_numbered_as_the_form_asks_and_said_in_one_breath_count_once():
    assert passages(CONTENT) == [
        Passage(1, ("kind",), 3, KIND, "trust services criteria"),
        Passage(2, ("period_start", "period_end"), 3, PERIOD, "July 1, 2025 to June 30, 2026"),
        Passage(3, ("opinion",), 4, OPINION, "In our opinion"),
        Passage(4, ("subservice_organizations.0",), 3, (60, 300, 200, 311), ""),
        Passage(5, ("exceptions.0",), 61, (60, 500, 200, 520), ""),
    ]


def test_a_field_of_a_row_is_marked_where_it_stands_with_the_number_of_its_row():
    answered = {"response": {"page": 66, "quote": "It was closed.", "box": [60, 90, 400, 120]}}
    late = {"control": "QH-12", "page": 62, "box": [60, 500, 200, 520]}
    content = {**CONTENT, "exceptions": [{**CONTENT["exceptions"][0], "evidence": answered}, late]}
    *_others, row, response, last = passages(content)
    assert (row.number, row.keys, row.page) == (5, ("exceptions.0",), 61)
    assert (response.number, response.keys, response.page) == (5, ("exceptions.0.response",), 66)
    assert (last.number, last.keys) == (6, ("exceptions.1",))


@pytest.mark.parametrize(
    ("page", "accepted", "selected", "expected"),
    [
        (3, (), "", {1: "open", 2: "open", 4: "open"}),
        (3, {"kind", "period_start"}, "", {1: "accepted", 2: "open", 4: "open"}),
        (3, {"period_start", "period_end"}, "", {1: "open", 2: "accepted", 4: "open"}),
        (3, {"period_start", "period_end"}, "period_end", {1: "open", 2: "selected", 4: "open"}),
        (61, {"exceptions.0"}, "", {5: "accepted"}),
        (61, (), "exceptions.1", {5: "open"}),
        (57, (), "", {}),
    ],
)
def test_a_mark_is_open_accepted_or_selected(page, accepted, selected, expected):
    marks = marks_on(passages(CONTENT), page=page, accepted=accepted, selected=selected)
    assert {mark.passage.number: mark.state for mark in marks} == expected


def test_discs_stand_beside_their_words_and_never_on_each_other():
    pins = [mark.pin_y for mark in marks_on(passages(CONTENT), page=3, accepted=(), selected="")]
    assert pins == [95.5, 95.5 + PIN_STEP, 305.5]


def test_a_passage_is_found_by_any_of_its_facts():
    found = named(passages(CONTENT), "period_end")
    assert found is not None
    assert found.number == 2
    assert named(passages(CONTENT), "as_of") is None


@pytest.mark.parametrize(
    "content", [{}, {"evidence": {}, "cuecs": []}, {"evidence": {"kind": {"page": 1, "box": [1]}}}]
)
def test_where_nothing_was_read_nothing_is_marked(content):
    assert passages(content) == []
