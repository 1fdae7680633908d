"""The Trust Services Criteria: 61 of them, by id."""

import pytest

from vendors.reports.criteria import CRITERIA, DESCRIPTIONS, category_of, is_criterion
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
