"""Counting months and days, both ends inclusive (DESIGN.md, "Dates")."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.calendar.days import (
    days_in,
    gap_days,
    has_months,
    plus_days,
    plus_months,
    whole_months,
)

days = st.dates(min_value=date(2010, 1, 1), max_value=date(2060, 12, 31))
months = st.integers(min_value=0, max_value=60)


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (date(2026, 6, 30), 12, date(2027, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
        (date(2027, 1, 15), -1, date(2026, 12, 15)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, count, later):
    assert plus_months(day, count) == later


def test_months_are_counted_from_the_original_day_so_that_a_month_end_never_drifts():
    assert plus_months(date(2026, 1, 31), 2) == date(2026, 3, 31)
    assert plus_months(plus_months(date(2026, 1, 31), 1), 1) == date(2026, 3, 28)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2025, 7, 1), date(2026, 6, 30), 12),
        (date(2025, 7, 1), date(2026, 6, 29), 11),
        (date(2026, 1, 1), date(2026, 3, 31), 3),
        (date(2026, 1, 1), date(2026, 3, 30), 2),
        (date(2024, 2, 29), date(2025, 2, 27), 12),
        (date(2026, 1, 1), date(2026, 1, 30), 0),
        (date(2026, 2, 1), date(2026, 1, 1), 0),
    ],
)
def test_a_period_has_as_many_months_as_fit_with_both_ends_counted(start, end, count):
    assert whole_months(start, end) == count
    assert has_months(start, end, count) or end < start
    assert not has_months(start, end, count + 1)


def test_days_count_both_ends():
    assert days_in(date(2026, 6, 30), date(2026, 6, 30)) == 1
    assert days_in(date(2025, 7, 1), date(2026, 6, 30)) == 365


@pytest.mark.parametrize(
    ("last_end", "next_start", "gap"),
    [
        (date(2026, 6, 30), date(2026, 7, 1), 0),
        (date(2026, 6, 30), date(2026, 7, 2), 1),
        (date(2025, 5, 31), date(2025, 7, 1), 30),
        (date(2026, 6, 30), date(2026, 1, 1), 0),
    ],
)
def test_a_gap_is_the_days_that_belong_to_neither_period(last_end, next_start, gap):
    assert gap_days(last_end, next_start) == gap


@given(days, months)
def test_months_never_lead_past_the_target_month(day, count):
    later = plus_months(day, count)
    assert later.day <= day.day
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count


@given(days, days, months)
def test_a_later_day_stays_later_after_as_many_months(one, other, count):
    first, second = sorted([one, other])
    assert plus_months(first, count) <= plus_months(second, count)


@given(days, months)
def test_there_and_back_differs_by_a_clamped_month_end_only(day, count):
    back = plus_months(plus_months(day, count), -count)
    assert back == day or (back < day and day.day > 28)


@given(days, st.integers(min_value=1, max_value=36))
def test_a_period_of_whole_months_is_counted_as_such_and_one_day_less_is_not(start, count):
    end = plus_days(plus_months(start, count), -1)
    assert whole_months(start, end) == count
    assert whole_months(start, plus_days(end, -1)) == count - 1


@given(days, st.integers(min_value=0, max_value=800), st.integers(min_value=1, max_value=800))
def test_two_periods_and_the_gap_between_them_make_up_all_days(start, length, gap):
    end = plus_days(start, length)
    next_start = plus_days(end, gap)
    assert days_in(start, end) + gap_days(end, next_start) == (next_start - start).days
