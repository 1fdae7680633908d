"""Dates and periods in the forms that reports use."""

from datetime import date

import pytest

from vendors.reading.dates import as_date, as_of_dates_in, dates_in, periods_in


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("throughout the period December 1, 2023 to November 30, 2024", date(2023, 12, 1), date(2024, 11, 30)),
        ("throughout the period April 1, 2019 to March 31, 20201", date(2019, 4, 1), date(2020, 3, 31)),
        ("throughout the period 1 May 2019 to 30 April 2020", date(2019, 5, 1), date(2020, 4, 30)),
        ("For the Period April 1, 2019 - September 30, 2019", date(2019, 4, 1), date(2019, 9, 30)),
        ("during the period from October 1, 2017 through March 31, 2018", date(2017, 10, 1), date(2018, 3, 31)),
        ("for the period of January 1, 2016, to August 31, 2016", date(2016, 1, 1), date(2016, 8, 31)),
        ("FOR THE PERIOD FROM DECEMBER 1, 2015 THROUGH MAY 31, 2016", date(2015, 12, 1), date(2016, 5, 31)),
        ("July 1, 2020 – June 30, 2021", date(2020, 7, 1), date(2021, 6, 30)),
        ("July 1, 2025 –\nDecember\n31, 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("1 November\n2018 until 31 October 2019", date(2018, 11, 1), date(2019, 10, 31)),
        ("Mar. 1st, 2025 thru Feb. 28th, 2026", date(2025, 3, 1), date(2026, 2, 28)),
        ("2024-10-01 → 2025-03-31", date(2024, 10, 1), date(2025, 3, 31)),
        ("January 1 through June 30, 2025", date(2025, 1, 1), date(2025, 6, 30)),
        ("for the twelve months ended September 30, 2026", date(2025, 10, 1), date(2026, 9, 30)),
        ("the six-month period ending 28 February 2026", date(2025, 9, 1), date(2026, 2, 28)),
        ("the period beginning 1 March 2025 and ending 28 February 2026", date(2025, 3, 1), date(2026, 2, 28)),
    ],
)
def test_a_period_is_read_in_all_its_forms(words, first, last):
    assert [(found.first, found.last) for found in periods_in(words)] == [(first, last)]


@pytest.mark.parametrize(
    "words",
    [
        "For the Period Ending June 30, 2021",
        "for the twelve months ended September 15, 2026",
        "04/01/2025 to 03/31/2026",
        "June 31, 2025 to July 31, 2025",
        "March 31, 2026 to April 1, 2025",
        "between 2024 and 2025",
    ],
    ids=[
        "an end alone",
        "months that are not whole",
        "an order of day and month that nobody knows",
        "no such day",
        "backwards",
        "years",
    ],
)
def test_what_is_no_period_is_not_made_one(words):
    assert list(periods_in(words)) == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("May 4, 2026", date(2026, 5, 4)),
        ("4 May 2026", date(2026, 5, 4)),
        ("the 4th day of May, 2026", date(2026, 5, 4)),
        ("Sept. 30, 2025", date(2025, 9, 30)),
        ("2026-05-04", date(2026, 5, 4)),
    ],
)
def test_a_date_is_read_in_all_its_forms(words, day):
    assert [found.day for found in dates_in(words)] == [day]


def test_a_day_that_the_calendar_lacks_is_no_date():
    assert as_date("30 February 2026") is None
    assert as_date("2026-02-30") is None
    assert as_date("soon") is None


def test_the_day_of_a_point_in_time_is_the_one_after_as_of():
    (found,) = as_of_dates_in("designed as of March 31, 2026, and signed on April 30, 2026")
    assert found.day == date(2026, 3, 31)
