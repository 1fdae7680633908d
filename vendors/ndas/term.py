"""How long an agreement holds and what follows (DESIGN.md, "NDA"). Pure: no clock, no framework."""

from dataclasses import dataclass
from datetime import date

from vendors.calendar.days import plus_days, plus_months


@dataclass(frozen=True)
class Term:
    """The last day in force, the last day of the duties after it, the day by which copies are gone."""

    ends_on: date | None
    survives_until: date | None
    destroy_by: date | None


def term_of(starts_on: date, *, months: int, survival_months: int, destroy_days: int) -> Term:
    """Accepted on 18 August 2025 for 36 months: in force until 18 August 2028."""
    return after(plus_months(starts_on, months), survival_months=survival_months, destroy_days=destroy_days)


def after(ends_on: date | None, *, survival_months: int | None, destroy_days: int | None) -> Term:
    """What follows an agreement's last day. Without an end nothing follows yet.

    Duties go on for `survival_months`; copies are returned or destroyed `destroy_days` after the last duty.
    """
    if ends_on is None:
        return Term(None, None, None)
    survives_until = plus_months(ends_on, survival_months) if survival_months is not None else None
    destroy_by = plus_days(survives_until or ends_on, destroy_days) if destroy_days is not None else None
    return Term(ends_on, survives_until, destroy_by)
