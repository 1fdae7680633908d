"""What the dates say about one described system: days, currency, the next report, and what to ask for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vendors.calendar.days import days_in, plus_days, plus_months
from vendors.reports.coverage import AuditPeriod, BridgeLetter, DayKind, coverage
from vendors.reports.currency import CurrencyState, SuccessorStated, currency_of, earliest_still_within
from vendors.reports.outlook import Outlook, ReportOnFile, Wanted, outlook_of

LETTER = BridgeLetter(date(2026, 6, 30), date(2026, 8, 31))
SAID = SuccessorStated(
    period_start=date(2026, 7, 1),
    period_end=date(2027, 6, 30),
    expected_on=date(2027, 8, 14),
    stated_on=date(2027, 5, 20),
)
THIS_YEAR = ReportOnFile(start=date(2025, 7, 1), end=date(2026, 6, 30), report_date=date(2026, 8, 14))
LAST_YEAR = ReportOnFile(start=date(2024, 7, 1), end=date(2025, 5, 31), report_date=date(2025, 7, 20))
TODAY = date(2026, 9, 10)


def asked(outlook: Outlook) -> dict[Wanted, date]:
    return {ask.what: ask.from_day for ask in outlook.asks}


def why(outlook: Outlook, what: Wanted) -> str:
    return next(str(ask.reason) for ask in outlook.asks if ask.what is what)


def test_the_days_are_summed_since_the_first_period_began():
    outlook = outlook_of([LAST_YEAR, replace(THIS_YEAR, letters=(LETTER,))], on=TODAY)
    assert [outlook.days(kind) for kind in DayKind] == [335 + 365, 62, 30 + 10]
    assert str(outlook.days_reason) == (
        "Of the days from 1 Jul 2024 to 10 Sep 2026, 700 are covered, 62 bridged, 40 a gap."
    )
    assert outlook.unreported is not None
    assert (outlook.unreported.start, outlook.unreported.end) == (date(2026, 9, 1), TODAY)


def test_no_day_is_unreported_while_a_letter_or_a_period_speaks_for_today():
    bridged = outlook_of([replace(THIS_YEAR, letters=(LETTER,))], on=date(2026, 8, 31))
    inside = outlook_of([THIS_YEAR], on=date(2026, 3, 1))
    assert bridged.unreported is None
    assert inside.unreported is None
    assert inside.stretches[-1].end == date(2026, 6, 30)


def test_the_next_report_is_asked_for_when_its_period_is_over_with_how_late_it_comes():
    outlook = outlook_of([THIS_YEAR], on=TODAY)
    assert asked(outlook)[Wanted.NEXT_REPORT] == date(2027, 6, 30)
    assert why(outlook, Wanted.NEXT_REPORT) == (
        "Its period is over on 30 Jun 2027. It is expected on 14 Aug 2027, 45 days after the one on file "
        "stops counting."
    )


def test_a_half_year_report_is_followed_while_it_still_counts_and_no_date_is_asked_for():
    half = ReportOnFile(start=date(2026, 1, 1), end=date(2026, 6, 30), report_date=date(2026, 8, 14))
    outlook = outlook_of([half], on=TODAY)
    assert asked(outlook)[Wanted.NEXT_REPORT] == date(2026, 12, 31)
    assert "while the one on file still counts" in why(outlook, Wanted.NEXT_REPORT)
    assert Wanted.SUCCESSOR_DATE not in asked(outlook)


def test_a_statement_is_asked_for_sixty_days_before_the_report_stops_counting():
    outlook = outlook_of([THIS_YEAR], on=TODAY)
    assert asked(outlook)[Wanted.SUCCESSOR_DATE] == date(2027, 5, 1)
    assert "Named in writing, it is awaited until 30 Sep 2027 at most." in why(outlook, Wanted.SUCCESSOR_DATE)
    assert str(outlook.awaiting) == (
        "No statement of the vendor carries it beyond 30 Jun 2027; one could until 30 Sep 2027 at most."
    )


def test_a_statement_that_reaches_the_next_report_leaves_nothing_to_ask():
    outlook = outlook_of([replace(THIS_YEAR, statements=(SAID,))], on=date(2027, 7, 5))
    assert outlook.currency.state is CurrencyState.AWAITING_SUCCESSOR
    assert Wanted.SUCCESSOR_DATE not in asked(outlook)
    assert "awaited until 19 Aug 2027" in str(outlook.awaiting)
    assert outlook.following.expected_on == date(2027, 8, 14)


def test_a_statement_that_is_too_old_by_then_is_asked_for_again():
    early = replace(SAID, stated_on=date(2027, 4, 10))
    outlook = outlook_of([replace(THIS_YEAR, statements=(early,))], on=date(2027, 5, 1))
    assert asked(outlook)[Wanted.SUCCESSOR_DATE] == date(2027, 6, 25)
    assert "wrote on 10 Apr 2027 carries the report until 9 Jul 2027" in why(outlook, Wanted.SUCCESSOR_DATE)


def test_after_the_relief_a_statement_carries_nothing_and_is_not_asked_for():
    outlook = outlook_of([THIS_YEAR], on=date(2027, 10, 1))
    assert set(asked(outlook)) == {Wanted.NEXT_REPORT, Wanted.BRIDGE_LETTER}


def test_a_bridge_letter_that_can_no_longer_speak_for_today_is_said_to_be_one():
    in_time = outlook_of([THIS_YEAR], on=date(2026, 9, 30))
    too_late = outlook_of([THIS_YEAR], on=date(2026, 11, 26))
    assert "A bridge letter can, until 30 Sep 2026 at most." in why(in_time, Wanted.BRIDGE_LETTER)
    assert "only for those until 30 Sep 2026; for the days after them the next report has to." in why(
        too_late, Wanted.BRIDGE_LETTER
    )


def test_a_bridge_letter_is_asked_for_from_the_first_day_nobody_speaks_for():
    without = outlook_of([THIS_YEAR], on=TODAY)
    with_two_months = outlook_of([replace(THIS_YEAR, letters=(LETTER,))], on=TODAY)
    whole = replace(LETTER, until=date(2026, 9, 30))
    assert asked(without)[Wanted.BRIDGE_LETTER] == date(2026, 7, 1)
    assert asked(with_two_months)[Wanted.BRIDGE_LETTER] == date(2026, 9, 1)
    assert Wanted.BRIDGE_LETTER not in asked(outlook_of([replace(THIS_YEAR, letters=(whole,))], on=TODAY))


def test_without_a_report_there_is_no_outlook():
    with pytest.raises(ValueError, match="accepted report"):
        outlook_of([], on=TODAY)


def test_a_leap_day_counts_to_the_end_of_february():
    leap = ReportOnFile(start=date(2023, 3, 1), end=date(2024, 2, 29))
    outlook = outlook_of([leap], on=date(2024, 3, 10))
    assert outlook.currency.current_until == date(2025, 2, 28)
    assert outlook.currency.relief_limit == date(2025, 5, 29)


# From here on: for any file of reports and letters.

near = st.dates(min_value=date(2023, 1, 1), max_value=date(2026, 12, 31))
leap_days = st.just(date(2024, 2, 29))


@st.composite
def on_file(draw):
    """A report: overlapping and nested ones, those that start or end on 29 February, with letters and statements."""
    start = draw(near | leap_days)
    end = (
        draw(leap_days)
        if draw(st.booleans()) and start <= date(2024, 2, 29)
        else plus_days(start, draw(st.integers(0, 500)))
    )
    letters = draw(
        st.lists(
            st.builds(
                lambda until, starts: BridgeLetter(end, plus_days(end, until), starts),
                st.integers(-10, 200),
                st.none() | near,
            ),
            max_size=2,
        )
    )
    said = draw(st.lists(st.integers(-100, 500), max_size=2, unique=True))
    statements = [
        SuccessorStated(
            period_start=plus_days(end, 1),
            period_end=plus_days(end, 365),
            expected_on=plus_days(end, 420),
            stated_on=plus_days(end, after),
        )
        for after in said
    ]
    return ReportOnFile(
        start=start,
        end=end,
        report_date=draw(st.none() | st.just(plus_days(end, 40))),
        letters=tuple(letters),
        statements=tuple(statements),
    )


files = st.lists(on_file(), min_size=1, max_size=4, unique_by=lambda report: report.end)


@pytest.mark.slow
@given(files, near)
def test_every_day_is_one_of_the_three_and_the_sums_add_up(reports, on):
    outlook = outlook_of(reports, on=on)
    first, last = min(report.start for report in reports), max(on, *(report.end for report in reports))
    assert sum(outlook.days(kind) for kind in DayKind) == days_in(first, last)
    by_hand = dict.fromkeys(DayKind, 0)
    for offset in range(days_in(first, last)):
        by_hand[kind_of_one_day(first + timedelta(days=offset), reports)] += 1
    assert {kind: outlook.days(kind) for kind in DayKind} == by_hand


def kind_of_one_day(day: date, reports: list[ReportOnFile]) -> DayKind:
    if any(report.start <= day <= report.end for report in reports):
        return DayKind.COVERED
    for report in reports:
        for letter in report.letters:
            begun = letter.starts is None or letter.starts <= day
            if begun and report.end < day <= min(letter.until, plus_months(report.end, 3)):
                return DayKind.BRIDGED
    return DayKind.GAP


@pytest.mark.slow
@given(files, near)
def test_no_day_is_bridged_later_than_three_months_after_some_period(reports, on):
    for part in outlook_of(reports, on=on).stretches:
        if part.kind is DayKind.BRIDGED:
            for day in (plus_days(part.start, n) for n in range(part.days)):
                assert any(report.end < day <= plus_months(report.end, 3) for report in reports)


@pytest.mark.slow
@given(files, on_file())
def test_one_more_report_never_turns_a_covered_day_into_a_gap(reports, another):
    first, last = date(2022, 1, 1), date(2029, 12, 31)

    def kinds(found):
        drawn = coverage(
            [AuditPeriod(report.start, report.end) for report in found],
            [letter for report in found for letter in report.letters],
            first=first,
            last=last,
        )
        return [part.kind for part in drawn for _day in range(part.days)]

    weight = {DayKind.GAP: 0, DayKind.BRIDGED: 1, DayKind.COVERED: 2}
    for before, after in zip(kinds(reports), kinds([*reports, another]), strict=True):
        assert weight[after] >= weight[before]


@pytest.mark.slow
@given(files, near, st.randoms(use_true_random=False))
def test_the_order_of_the_file_does_not_matter(reports, on, random):
    shuffled = [replace(report, statements=tuple(reversed(report.statements))) for report in reports]
    random.shuffle(shuffled)
    again, once = outlook_of(shuffled, on=on), outlook_of(reports, on=on)
    assert (again.stretches, again.currency) == (once.stretches, once.currency)
    assert (again.awaiting, again.following, again.asks) == (once.awaiting, once.following, once.asks)


@pytest.mark.slow
@given(on_file(), near, st.integers(0, 900))
def test_currency_only_runs_down_while_nobody_writes(report, on, later):
    assume(all(said.stated_on <= on for said in report.statements))
    order = list(CurrencyState)
    today = currency_of(report.end, report.statements, on=on)
    then = currency_of(report.end, report.statements, on=plus_days(on, later))
    assert order.index(then.state) >= order.index(today.state)
    assert then.counts_until == today.counts_until


@pytest.mark.slow
@given(on_file(), near, st.integers(1, 400))
def test_a_later_period_never_counts_for_a_shorter_time(report, on, days):
    longer = replace(report, end=plus_days(report.end, days), statements=(), letters=())
    assert outlook_of([longer], on=on).currency.current_until >= outlook_of([report], on=on).currency.current_until


@pytest.mark.slow
@given(files, near)
def test_relief_never_reaches_beyond_three_months_after_the_report_stops_counting(reports, on):
    currency = outlook_of(reports, on=on).currency
    assert currency.relief_limit == plus_months(currency.period_end, 15)
    if currency.relief_until:
        assert currency.current_until < currency.relief_until <= currency.relief_limit


@pytest.mark.slow
@given(files, near)
def test_every_answer_has_its_reason_and_letters_are_asked_for_where_one_can_bridge(reports, on):
    outlook = outlook_of(reports, on=on)
    sentences = [
        outlook.days_reason,
        outlook.awaiting,
        outlook.currency.reason,
        outlook.following.reason,
        *(ask.reason for ask in outlook.asks),
    ]
    assert all(str(sentence).endswith(".") and "{" not in str(sentence) for sentence in sentences)
    newest = max(report.end for report in reports)
    for ask in outlook.asks:
        if ask.what is Wanted.BRIDGE_LETTER:
            assert newest < ask.from_day <= plus_months(newest, 3)


@given(near | leap_days, st.integers(1, 24))
def test_the_earliest_day_whose_months_reach_today_is_the_earliest(on, months):
    earliest = earliest_still_within(on, months)
    assert plus_months(earliest, months) >= on
    assert plus_months(plus_days(earliest, -1), months) < on
