"""From when until when, and what follows."""

from datetime import date

import pytest

from vendors.ndas.term import Term, after, term_of


@pytest.mark.parametrize(
    ("accepted", "ends", "survives", "destroy"),
    [
        (date(2025, 8, 18), date(2028, 8, 18), date(2030, 8, 18), date(2030, 9, 17)),
        (date(2024, 2, 29), date(2027, 2, 28), date(2029, 2, 28), date(2029, 3, 30)),
        (date(2025, 12, 31), date(2028, 12, 31), date(2030, 12, 31), date(2031, 1, 30)),
    ],
)
def test_our_text_holds_36_months_and_its_duties_24_more(accepted, ends, survives, destroy):
    assert term_of(accepted, months=36, survival_months=24, destroy_days=30) == Term(ends, survives, destroy)


@pytest.mark.parametrize(
    ("ends", "survival", "days", "expected"),
    [
        (None, 24, 30, Term(None, None, None)),
        (date(2027, 1, 31), None, None, Term(date(2027, 1, 31), None, None)),
        (date(2027, 1, 31), None, 30, Term(date(2027, 1, 31), None, date(2027, 3, 2))),
        (date(2027, 1, 31), 1, 0, Term(date(2027, 1, 31), date(2027, 2, 28), date(2027, 2, 28))),
    ],
)
def test_what_is_not_stated_stays_open(ends, survival, days, expected):
    assert after(ends, survival_months=survival, destroy_days=days) == expected
