"""Counting days and months (DESIGN.md, "Dates"). Pure: no clock, no framework.

Dates are whole days in the organisation's time zone, both ends inclusive.
"""

from calendar import monthrange
from datetime import date, timedelta


def plus_months(day: date, months: int) -> date:
    """The same day `months` later (or earlier), clamped to the month's end: 29 Feb + 12 = 28 Feb.

    Always count from the original date: adding 1 month twelve times may drift, adding 12 does not.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def plus_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def has_months(start: date, end: date, months: int) -> bool:
    """Whether the period from `start` to `end`, both inclusive, is at least `months` long."""
    return plus_months(start, months) - timedelta(days=1) <= end


def whole_months(start: date, end: date) -> int:
    """How many whole months lie in the period, both ends inclusive (0 for a period that ends before it starts)."""
    months = 0
    while has_months(start, end, months + 1):
        months += 1
    return months


def days_in(start: date, end: date) -> int:
    """Days in the period, both ends inclusive."""
    return (end - start).days + 1


def gap_days(last_end: date, next_start: date) -> int:
    """Days between two periods that belong to neither; 0 when they touch or overlap."""
    return max(0, (next_start - last_end).days - 1)
