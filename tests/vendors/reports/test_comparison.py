"""Two lists of rows: what is the same, reworded, new and gone. Pure: no database."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendors.reports.comparison import Pair, Row, Tag, compare, same_system

LEAVERS = "User entities give access to their own staff, and withdraw it when they leave."
SIGN_ON = "User entities connect their single sign-on and require a second factor."
ROLES = "User entities review the roles of their own administrators each quarter."
INCIDENTS = "User entities tell the service desk of a suspected incident without delay."
KEYS = "User entities keep API keys and service credentials confidential."
DEVICES = "User entities should have controls in place to restrict physical access to devices."
LAST_YEAR = (LEAVERS, SIGN_ON, ROLES, INCIDENTS, KEYS, DEVICES)


def rows(*texts: str) -> list[Row]:
    return [Row(text) for text in texts]


def tags(earlier: list[Row], later: list[Row]) -> list[str]:
    return [pair.tag.value for pair in compare(earlier, later)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ROLES, ROLES.upper()),
        (ROLES, f"CUEC-3: {ROLES}"),
        (f"3. {ROLES}", f"(c) {ROLES}"),
        (ROLES, f"• {ROLES.rstrip('.')}"),
        ("Users turn on multi-factor authentication.", "Users turn on multi factor authentication"),
        ("Users turn on multi-factor authentication.", "Users turn on the multifactor authentication."),
        ("Organisations name a contact.", "Organizations name a contact."),
        ("The vendor’s log is read.", "The vendor's log is read."),
        ("Access is revoked within 24 hours.", "Access is revokcd within 24 hours."),
    ],
)
def test_the_same_words_are_the_same_row(before, after):
    assert compare(rows(before), rows(after)) == (Pair(Tag.SAME, 0, 0, 1.0),)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Access of leavers is revoked within 24 hours.", "Access of leavers is revoked within 48 hours."),
        ("Logs are kept for 1,000 days by the user entity.", "Logs are kept for 100 days by the user entity."),
        ("User entities review their administrators monthly.", "User entities review their administrators yearly."),
        (KEYS, KEYS.replace("keep", "need not keep")),
        ("Logs are now read by the user entity.", "Logs are not read by the user entity."),
        ("Only authorized staff may export.", "Only unauthorized staff may export."),
        ("24 hours after notice, access is withdrawn.", "48 hours after notice, access is withdrawn."),
    ],
)
def test_a_word_that_changes_the_meaning_makes_it_reworded(before, after):
    assert tags(rows(before), rows(after)) == ["reworded"]


@pytest.mark.parametrize(
    ("last_year", "reworded"),
    [
        (LEAVERS, "User entities grant access to their own staff and remove it promptly when people leave."),
        (SIGN_ON, "User entities must connect single sign-on and enforce a second factor."),
        (ROLES, "Customers review administrator roles on a quarterly basis."),
        (INCIDENTS, "User entities are responsible for reporting suspected security incidents to the service desk."),
        (KEYS, "User entities are responsible for the confidentiality of API keys and credentials issued to them."),
        (DEVICES, "Physical access to devices used to reach the service is restricted by user entities."),
    ],
)
def test_other_words_for_it_are_found_among_all_rows_of_last_year(last_year, reworded):
    others = [text for text in LAST_YEAR if text != last_year]
    pairs = compare(rows(*LAST_YEAR), rows(*others, reworded))
    assert [pair.tag for pair in pairs] == [Tag.SAME] * 5 + [Tag.REWORDED]
    assert LAST_YEAR[pairs[-1].earlier] == last_year
    assert 0.5 < pairs[-1].likeness < 1


def test_rows_of_one_manner_are_not_taken_for_each_other():
    assert tags(rows(*LAST_YEAR[:3]), rows(*LAST_YEAR[3:])) == ["new"] * 3 + ["gone"] * 3
    manner = "User entities should have controls in place to "
    earlier = rows(manner + "review reports and notices it issues.", manner + "restrict physical access to devices.")
    later = rows(
        manner + "report suspected incidents without delay.", manner + "review the access rights of their users."
    )
    assert tags(earlier, later) == ["new", "new", "gone", "gone"]


def test_a_row_twice_last_year_and_once_now_is_the_same_once():
    assert tags(rows(KEYS, KEYS), rows(KEYS)) == ["same", "gone"]
    assert tags(rows(KEYS), rows(KEYS, KEYS)) == ["same", "new"]


def test_exceptions_of_one_manner_need_the_same_control_or_nearly_the_same_words():
    late = "We noted three of 40 termination tickets for which the required step was not recorded."
    more = "We noted nine of 40 termination tickets for which the required step was not recorded."
    other = "We noted four of 25 lessons learned for which the required step was not recorded."
    assert tags([Row(late, "HR-4")], [Row(other, "IR-9")]) == ["new", "gone"]
    assert tags([Row(late, "HR-4")], [Row(more, "HR-14")]) == ["reworded"], "renumbered"
    assert tags([Row(late, "HR-4")], [Row(late, "hr-4")]) == ["same"]
    assert tags([Row(late, "HR-4")], [Row("For nine termination tickets no step was recorded.", "HR-4")]) == [
        "reworded"
    ]
    one, two = compare([Row(late, "HR-4"), Row(late, "HR-5")], [Row(late, "HR-5"), Row(late, "HR-4")])
    assert (one.earlier, two.earlier) == (1, 0), "the same words: the control decides"


def test_another_method_makes_a_subservice_organization_changed():
    assert tags(
        [Row("Tarnfield Hosting", details=("carve_out",))], [Row("Tarnfield Hosting", details=("inclusive",))]
    ) == ["reworded"]


def test_another_service_makes_it_changed_and_one_that_nobody_read_does_not():
    before = [Row("Tarnfield Hosting", details=("carve_out", "hosting"))]
    assert tags(before, [Row("Tarnfield Hosting", details=("carve_out", "payroll"))]) == ["reworded"]
    assert tags(before, [Row("Tarnfield Hosting", details=("carve_out", ""))]) == ["same"]


def test_nothing_against_nothing_and_something_against_nothing():
    assert compare([], []) == ()
    assert tags([], rows(KEYS)) == ["new"]
    assert tags(rows(KEYS), []) == ["gone"]
    assert tags(rows(""), rows("—")) == ["same"], "rows without a word"


@pytest.mark.slow
def test_thousands_of_rows_of_a_hostile_file_take_no_time():
    many = rows(*(f"{KEYS} {number} {'x' * 5000}" for number in range(600)))
    assert tags(many, many[::-1]) == ["same"] * 600


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("People Cloud", "people  cloud", True),
        ("People Cloud", "the People Cloud System", True),
        ("People Cloud", "Payroll Cloud", False),
        ("", "People Cloud", False),
        ("", "", False),
    ],
)
def test_a_system_is_known_by_its_name(one, other, same):
    assert same_system(one, other) is same


WORDS = st.sampled_from(
    ["user", "entities", "review", "keys", "roles", "not", "24", "hours", "quarterly", "administrators"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
LISTS = st.lists(SENTENCES, max_size=8)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(LISTS, LISTS)
def test_each_row_is_in_exactly_one_pair(earlier, later):
    pairs = compare(rows(*earlier), rows(*later))
    assert sorted(pair.earlier for pair in pairs if pair.earlier is not None) == list(range(len(earlier)))
    assert [pair.later for pair in pairs if pair.later is not None] == list(range(len(later)))
    for pair in pairs:
        assert (pair.earlier is None) == (pair.tag is Tag.NEW)
        assert (pair.later is None) == (pair.tag is Tag.GONE)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(LISTS, LISTS, st.randoms(use_true_random=False))
def test_order_and_numbering_change_nothing(earlier, later, chance: random.Random):
    def told(before: list[str], after: list[str]) -> list[tuple]:
        found = []
        for pair in compare(rows(*before), rows(*after)):
            words = (
                before[pair.earlier].split(") ", 1)[-1] if pair.earlier is not None else None,
                after[pair.later].split(") ", 1)[-1] if pair.later is not None else None,
            )
            found.append((pair.tag.value, *map(str, words)))
        return sorted(found)

    shuffled = [chance.sample(texts, len(texts)) for texts in (earlier, later)]
    numbered = [[f"({number}) {text}" for number, text in enumerate(texts, 1)] for texts in shuffled]
    assert told(*numbered) == told(earlier, later)


@settings(max_examples=40, deadline=None)
@given(LISTS)
def test_a_list_against_itself_is_the_same(texts):
    assert {pair.tag for pair in compare(rows(*texts), rows(*texts))} <= {Tag.SAME}
