"""Coverage is a fact about each day: covered, bridged, or a gap (DESIGN.md, "Two measures")."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.calendar.days import plus_days, plus_months
from vendors.reports.coverage import AuditPeriod, BridgeLetter, DayKind, Stretch, coverage, days_of

LAST_YEAR = AuditPeriod(date(2024, 7, 1), date(2025, 5, 31))
THIS_YEAR = AuditPeriod(date(2025, 7, 1), date(2026, 6, 30))
FIRST, LAST = date(2024, 7, 1), date(2026, 12, 31)


def drawn(
    *letters: BridgeLetter, periods=(LAST_YEAR, THIS_YEAR), first=FIRST, last=LAST
) -> list[tuple[str, date, date]]:
    return [(part.kind.value, part.start, part.end) for part in coverage(periods, letters, first=first, last=last)]


def test_days_inside_an_accepted_period_are_covered_and_the_others_a_gap():
    assert drawn() == [
        ("covered", date(2024, 7, 1), date(2025, 5, 31)),
        ("gap", date(2025, 6, 1), date(2025, 6, 30)),
        ("covered", date(2025, 7, 1), date(2026, 6, 30)),
        ("gap", date(2026, 7, 1), date(2026, 12, 31)),
    ]


def test_a_bridge_letter_bridges_from_the_day_after_the_period_until_its_own_end():
    assert drawn(BridgeLetter(date(2026, 6, 30), date(2026, 8, 31)))[-2:] == [
        ("bridged", date(2026, 7, 1), date(2026, 8, 31)),
        ("gap", date(2026, 9, 1), date(2026, 12, 31)),
    ]


def test_a_bridge_letter_bridges_three_months_after_the_period_at_most():
    assert drawn(BridgeLetter(date(2026, 6, 30), date(2027, 6, 30)))[-2:] == [
        ("bridged", date(2026, 7, 1), date(2026, 9, 30)),
        ("gap", date(2026, 10, 1), date(2026, 12, 31)),
    ]


def test_a_bridge_letter_that_starts_later_leaves_a_gap_before_it():
    assert drawn(BridgeLetter(date(2026, 6, 30), date(2026, 8, 31), date(2026, 7, 15)))[-3:] == [
        ("gap", date(2026, 7, 1), date(2026, 7, 14)),
        ("bridged", date(2026, 7, 15), date(2026, 8, 31)),
        ("gap", date(2026, 9, 1), date(2026, 12, 31)),
    ]


def test_a_bridge_letter_that_speaks_of_days_inside_the_period_bridges_only_those_after_it():
    assert ("bridged", date(2026, 7, 1), date(2026, 7, 31)) in drawn(
        BridgeLetter(date(2026, 6, 30), date(2026, 7, 31), date(2026, 5, 1))
    )


def test_a_bridge_letter_without_its_report_bridges_nothing():
    letter = BridgeLetter(date(2026, 6, 30), date(2026, 8, 31))
    assert drawn(letter, periods=[LAST_YEAR])[-1] == ("gap", date(2025, 6, 1), date(2026, 12, 31))


def test_a_bridge_letter_that_ends_before_it_starts_bridges_nothing():
    assert drawn(BridgeLetter(date(2026, 6, 30), date(2026, 6, 1))) == drawn()


def test_a_covered_day_stays_covered_though_a_letter_speaks_of_it_too():
    letter = BridgeLetter(date(2025, 5, 31), date(2025, 8, 31))
    assert drawn(letter)[1:3] == [
        ("bridged", date(2025, 6, 1), date(2025, 6, 30)),
        ("covered", date(2025, 7, 1), date(2026, 6, 30)),
    ]


def test_periods_that_touch_or_overlap_are_one_stretch():
    periods = [LAST_YEAR, AuditPeriod(date(2025, 3, 1), date(2025, 8, 31)), AuditPeriod(date(2025, 9, 1), LAST)]
    assert drawn(periods=periods) == [("covered", FIRST, LAST)]


def test_a_vendor_without_reports_is_one_gap():
    assert drawn(periods=[]) == [("gap", FIRST, LAST)]


def test_a_window_inside_a_period_is_all_covered():
    day = date(2025, 9, 9)
    assert coverage([THIS_YEAR], [], first=day, last=day) == (Stretch(DayKind.COVERED, day, day),)


def test_a_window_that_ends_before_it_starts_holds_no_days():
    assert coverage([THIS_YEAR], [], first=LAST, last=FIRST) == ()


def test_days_are_summed_by_kind():
    stretches = coverage([LAST_YEAR, THIS_YEAR], [], first=FIRST, last=LAST)
    assert days_of(stretches, DayKind.COVERED) == 335 + 365
    assert days_of(stretches, DayKind.GAP) == 30 + 184
    assert days_of(stretches, DayKind.BRIDGED) == 0


near = st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31))
periods = st.lists(
    st.builds(lambda start, days: AuditPeriod(start, plus_days(start, days)), near, st.integers(0, 400)), max_size=4
)


@st.composite
def files(draw):
    """A vendor's periods, and letters that mostly follow one of them."""
    reports = draw(periods)
    ends = st.sampled_from([period.end for period in reports]) | near if reports else near
    letter = st.builds(
        lambda end, until, starts: BridgeLetter(end, plus_days(end, until), starts),
        ends,
        st.integers(-10, 200),
        st.none() | near,
    )
    return reports, draw(st.lists(letter, max_size=4))


@pytest.mark.slow
@given(files(), near, st.integers(0, 500))
def test_every_day_is_drawn_once_and_as_the_rule_says_day_by_day(file, first, length):
    reports, letters = file
    last = plus_days(first, length)
    stretches = coverage(reports, letters, first=first, last=last)

    assert stretches[0].start == first
    assert stretches[-1].end == last
    for one, following in pairwise(stretches):
        assert following.start == plus_days(one.end, 1)
        assert following.kind is not one.kind
    for part in stretches:
        for offset in range(part.days):
            day = part.start + timedelta(days=offset)
            assert part.kind is kind_of_one_day(day, reports, letters)


def kind_of_one_day(day, reports, letters) -> DayKind:
    if any(period.start <= day <= period.end for period in reports):
        return DayKind.COVERED
    for letter in letters:
        follows = any(period.end == letter.period_end for period in reports)
        begun = letter.starts is None or letter.starts <= day
        if follows and begun and letter.period_end < day <= min(letter.until, plus_months(letter.period_end, 3)):
            return DayKind.BRIDGED
    return DayKind.GAP
