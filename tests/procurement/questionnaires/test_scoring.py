"""The sums: weights, what does not apply, what is open, what is not negotiable."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.questionnaires.models import Answer, Question
from procurement.questionnaires.scores import worth_of
from procurement.questionnaires.scoring import Item, Risk, score


def item(worth: int | None = None, weight: int = 10, section: str = "Access", **more) -> Item:
    return Item(ref="AC-1", section=section, weight=weight, worth=worth, **more)


OPEN = {"is_open": True}
ABSENT = {"is_not_applicable": True}


@pytest.mark.parametrize(
    ("items", "so_far", "if_submitted"),
    [
        ([], None, None),
        ([item(100), item(0)], 50, 50),
        ([item(100, weight=20), item(0, weight=5)], 80, 80),
        ([item(100), item(**OPEN)], 100, 50),
        ([item(100), item(**OPEN, is_required=False)], 100, 100),
        ([item(**OPEN)], None, 0),
        ([item(100), item(**ABSENT)], 100, 100),
        ([item(100), item(None)], 100, 100),
        ([item(100), item(0, weight=0)], 100, 100),
        ([item(0, weight=10), item(100, weight=5)], 33, 33),
    ],
)
def test_the_sum_so_far_and_if_it_were_submitted_now(items, so_far, if_submitted):
    whole = score(items).whole
    assert (whole.so_far, whole.if_submitted) == (so_far, if_submitted)


@pytest.mark.parametrize(
    ("items", "risk"),
    [
        ([item(80)], Risk.LOW),
        ([item(79)], Risk.MEDIUM),
        ([item(59)], Risk.HIGH),
        ([], Risk.UNKNOWN),
        ([item(100, weight=20)] * 9 + [item(0, weight=5, is_not_negotiable=True)], Risk.HIGH),
        ([item(1, is_not_negotiable=True)] + [item(100)] * 9, Risk.LOW),
        ([item(100), item(**ABSENT, is_not_negotiable=True)], Risk.LOW),
    ],
)
def test_what_is_not_negotiable_comes_before_the_score(items, risk):
    assert score(items).whole.risk is risk


@pytest.mark.parametrize(("absent", "present", "says_little"), [(3, 7, False), (4, 7, True), (1, 0, True)])
def test_a_section_that_mostly_does_not_apply_says_little(absent, present, says_little):
    (section,) = score([item(**ABSENT)] * absent + [item(100)] * present).sections
    assert section.says_little is says_little


def test_words_wait_for_a_reviewer_and_count_nowhere():
    whole = score([item(None), item(100), item(**OPEN), item(**ABSENT)]).whole
    assert (whole.unrated, whole.open) == (1, 1)


def test_sections_keep_their_order_and_their_items():
    sheet = score([item(100, section="B"), item(0, section="A"), item(50, section="A")])
    assert [(each.title, each.so_far) for each in sheet.sections] == [("B", 100), ("A", 25)]


def question(kind: str, **more) -> Question:
    return Question(kind=kind, **more)


LIST = [{"value": "a", "label": "A", "score": 1}, {"value": "b", "label": "B", "score": 0.5}]
UNSCORED = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]


@pytest.mark.parametrize(
    ("asked", "value", "worth"),
    [
        (question("yes_no_partial_na"), "yes", 100),
        (question("yes_no_partial_na"), "partial", 50),
        (question("yes_no"), "no", 0),
        (question("yes_no", good_answer="no"), "no", 100),
        (question("yes_no", good_answer="no"), "yes", 0),
        (question("yes_no_partial_na", options=[{"value": "partial", "score": 0.8}]), "partial", 80),
        (question("single", options=LIST), "b", 50),
        (question("single", options=UNSCORED), "a", None),
        (question("multi", options=LIST), ["a"], 67),
        (question("multi", options=LIST), ["a", "b"], 100),
        (question("multi", options=UNSCORED), ["a"], None),
        (question("long_text"), "We test it every month.", None),
        (question("number"), "90", None),
        (question("yes_no"), None, None),
    ],
)
def test_what_an_answer_is_worth_by_itself(asked, value, worth):
    assert worth_of(Answer(question=asked, value=value)) == worth


items = st.builds(
    Item,
    ref=st.just("Q"),
    section=st.sampled_from(["A", "B"]),
    weight=st.sampled_from([0, 5, 10, 20]),
    worth=st.none() | st.integers(0, 100),
    is_required=st.booleans(),
    is_not_negotiable=st.booleans(),
)


unhurried = settings(max_examples=50, deadline=None)


@unhurried
@given(st.lists(items))
def test_a_score_lies_between_the_worst_and_the_best_of_its_answers(found):
    whole = score(found).whole
    worths = [each.worth for each in found if each.weight and each.worth is not None]
    assert (whole.so_far is None) == (not worths)
    assert not worths or min(worths) <= (whole.so_far or 0) <= max(worths)


@unhurried
@given(st.lists(items), st.integers(0, 8), st.sampled_from([5, 10, 20]))
def test_what_is_open_never_helps_and_what_does_not_apply_never_counts(found, count, weight):
    before = score(found).whole
    opened = score([*found, *[item(weight=weight, **OPEN)] * count]).whole
    absent = score([*found, *[item(weight=weight, **ABSENT)] * count]).whole
    assert opened.so_far == before.so_far == absent.so_far
    assert (opened.if_submitted or 0) <= (before.if_submitted or 0)
    assert absent.risk is before.risk


@unhurried
@given(st.lists(items, min_size=1), st.data())
def test_a_better_answer_never_lowers_the_score(found, data):
    at = data.draw(st.integers(0, len(found) - 1))
    worse = found[at]
    if worse.worth is None:
        return
    better = item(data.draw(st.integers(worse.worth, 100)), weight=worse.weight, section=worse.section)
    after = score([*found[:at], better, *found[at + 1 :]]).whole
    assert (after.so_far or 0) >= (score(found).whole.so_far or 0)
