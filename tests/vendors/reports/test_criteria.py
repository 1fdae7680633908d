"""The Trust Services Criteria: 61 of them, by id."""

import pytest

from vendors.reports.criteria import CRITERIA, DESCRIPTIONS, category_of, in_short, is_criterion, not_among, range_of
from vendors.reports.terms import Category


def test_there_are_61_criteria_in_five_categories():
    assert len(DESCRIPTIONS) == 61
    assert {category: len(group) for category, group in CRITERIA.items()} == {
        Category.SECURITY: 33,
        Category.AVAILABILITY: 3,
        Category.PROCESSING_INTEGRITY: 5,
        Category.CONFIDENTIALITY: 2,
        Category.PRIVACY: 18,
    }
    assert all(words and words[0].isupper() and not words.endswith(".") for words in DESCRIPTIONS.values())


@pytest.mark.parametrize("id", ["CC1.1", "CC6.8", "A1.3", "PI1.5", "C1.2", "P8.1"])
def test_an_id_of_the_standard_is_a_criterion(id):
    assert is_criterion(id)


@pytest.mark.parametrize("id", ["CC8.8", "cc6.1", "P1.0", "CC10.1", "", "PI1.6", "CC6.1 "])
def test_a_strange_id_is_none(id):
    assert not is_criterion(id)


def test_a_criterion_knows_its_category():
    assert category_of("CC9.2") is Category.SECURITY
    assert category_of("P6.7") is Category.PRIVACY
    with pytest.raises(KeyError):
        category_of("CC8.8")


@pytest.mark.parametrize(
    ("ids", "written"),
    [
        (DESCRIPTIONS, "CC1.1–CC9.2, A1.1–A1.3, PI1.1–PI1.5, C1.1, C1.2, P1.1–P8.1"),
        (["A1.1", "CC6.3", "CC6.2", "CC6.1", "CC6.1"], "CC6.1–CC6.3, A1.1"),
        (["CC9.1", "CC9.2", "A1.1"], "CC9.1, CC9.2, A1.1"),
        (["CC1.1", "CC1.2", "CC1.4", "CC1.5", "CC2.1"], "CC1.1, CC1.2, CC1.4–CC2.1"),
        (["CC8.8", "CC9.2"], "CC9.2, CC8.8"),
        ([], ""),
    ],
)
def test_many_are_drawn_together_within_their_category(ids, written):
    assert in_short(ids) == written


def test_a_range_stays_within_its_category_and_names_what_exists():
    assert range_of("CC8.1", "CC9.2") == ["CC8.1", "CC9.1", "CC9.2"]
    assert range_of("A1.1", "A1.1") == ["A1.1"]
    for first, last in (("CC9.2", "A1.1"), ("CC9.2", "CC9.1"), ("CC8.1", "CC8.8"), ("CC8.8", "CC9.1")):
        assert range_of(first, last) == []


def test_what_is_in_scope_and_not_tested_is_named():
    assert not_among(["A1.1", "A1.3", "CC1.1"], ["availability", "confidentiality"]) == ["A1.2", "C1.1", "C1.2"]
