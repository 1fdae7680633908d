"""Currency is policy: how long a report counts, and what the vendor's own word adds (DESIGN.md)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.calendar.days import days_in, plus_days, plus_months, whole_months
from vendors.reports.currency import (
    CurrencyRules,
    CurrencyState,
    SuccessorStated,
    currency_of,
    impossible_statement,
    latest_statement,
    next_report,
)

END = date(2026, 6, 30)
CURRENT_UNTIL = date(2027, 6, 30)
LIMIT = date(2027, 9, 30)


def said(stated_on: date, **changed) -> SuccessorStated:
    facts = {
        "period_start": date(2026, 7, 1),
        "period_end": date(2027, 6, 30),
        "expected_on": date(2027, 8, 14),
        "stated_on": stated_on,
        "stated_by": "Jonah Pell",
    }
    return SuccessorStated(**{**facts, **changed})


@pytest.mark.parametrize("on", [date(2026, 8, 14), CURRENT_UNTIL])
def test_a_report_is_current_through_the_end_of_its_period_and_twelve_months(on):
    currency = currency_of(END, on=on)
    assert (currency.state, currency.current_until) == (CurrencyState.CURRENT, CURRENT_UNTIL)
    assert currency.is_current
    assert currency.counts_until == CURRENT_UNTIL
    assert currency.relief_until is None
    assert str(currency.reason) == "The period ended on 30 Jun 2026 and counts until 30 Jun 2027."


def test_the_day_after_it_is_out_of_policy_when_the_vendor_wrote_nothing():
    currency = currency_of(END, on=date(2027, 7, 1))
    assert currency.state is CurrencyState.OUT_OF_POLICY
    assert not currency.is_current
    assert str(currency.reason) == (
        "The period ended on 30 Jun 2026 and counted until 30 Jun 2027. "
        "The vendor has not said in writing when the next report comes. Ask for a statement."
    )


def test_a_vendor_that_named_the_next_report_is_awaited_while_its_word_is_less_than_three_months_old():
    statements = [said(date(2027, 5, 20))]
    for on, state in [
        (date(2027, 6, 30), CurrencyState.CURRENT),
        (date(2027, 7, 1), CurrencyState.AWAITING_SUCCESSOR),
        (date(2027, 8, 19), CurrencyState.AWAITING_SUCCESSOR),
        (date(2027, 8, 20), CurrencyState.OUT_OF_POLICY),
    ]:
        currency = currency_of(END, statements, on=on)
        assert currency.state is state
        assert currency.counts_until == currency.relief_until == date(2027, 8, 19)
        assert currency.statement == statements[0]
        assert currency.is_awaiting_successor is (state is CurrencyState.AWAITING_SUCCESSOR)


def test_awaiting_a_successor_says_what_the_vendor_wrote_and_until_when():
    currency = currency_of(END, [said(date(2027, 5, 20))], on=date(2027, 7, 1))
    assert str(currency.reason) == (
        "The report stopped counting on 30 Jun 2027. The next one, 1 Jul 2026 – 30 Jun 2027, is expected on "
        "14 Aug 2027 (in writing on 20 May 2027): awaiting successor until 19 Aug 2027."
    )


def test_a_statement_that_grew_old_is_out_of_policy_and_asks_for_a_new_one():
    currency = currency_of(END, [said(date(2027, 5, 20))], on=date(2027, 8, 20))
    assert str(currency.reason) == (
        "The period ended on 30 Jun 2026 and counted until 30 Jun 2027. "
        "What the vendor wrote on 20 May 2027 about the next report is too old. Ask for a new statement."
    )


def test_a_newer_statement_carries_on_but_never_beyond_three_months_after_currency():
    statements = [said(date(2027, 5, 20)), said(date(2027, 8, 10))]
    assert currency_of(END, statements, on=date(2027, 8, 9)).relief_until == date(2027, 8, 19)
    assert currency_of(END, statements, on=date(2027, 8, 10)).relief_until == LIMIT
    assert currency_of(END, statements, on=LIMIT).is_awaiting_successor
    over = currency_of(END, statements, on=date(2027, 10, 1))
    assert over.state is CurrencyState.OUT_OF_POLICY
    assert str(over.reason) == (
        "The period ended on 30 Jun 2026 and counted until 30 Jun 2027; its successor was awaited until 30 Sep 2027."
    )


def test_a_statement_that_is_too_old_before_currency_ends_carries_nothing():
    currency = currency_of(END, [said(date(2027, 3, 1))], on=date(2027, 5, 1))
    assert currency.relief_until is None
    assert currency.statement is None
    assert currency_of(END, [said(date(2027, 3, 1))], on=date(2027, 7, 1)).state is CurrencyState.OUT_OF_POLICY


def test_a_statement_about_this_very_report_names_no_successor():
    old = said(date(2026, 6, 1), period_start=date(2025, 7, 1), period_end=END)
    assert latest_statement([old], END, on=LIMIT) is None
    assert latest_statement([], END, on=LIMIT) is None


def test_a_leap_day_ends_on_the_28th_a_year_later_and_the_relief_counts_from_the_leap_day():
    currency = currency_of(date(2024, 2, 29), on=date(2024, 6, 1))
    assert currency.current_until == date(2025, 2, 28)
    assert currency.relief_limit == date(2025, 5, 29)


def test_an_administrator_may_change_the_months():
    rules = CurrencyRules(current_months=18, relief_months=1, statement_months=1)
    currency = currency_of(END, [said(date(2027, 12, 20))], on=date(2027, 12, 31), rules=rules)
    assert currency.current_until == date(2027, 12, 30)
    assert currency.relief_until == date(2028, 1, 19)
    assert currency.is_awaiting_successor


def test_the_next_report_comes_as_long_after_its_period_as_the_last_one_did():
    following = next_report(period_start=date(2025, 7, 1), period_end=END, report_date=date(2026, 8, 14))
    assert (following.period_start, following.period_end) == (date(2026, 7, 1), date(2027, 6, 30))
    assert following.expected_on == date(2027, 8, 14)
    assert not following.stated
    assert str(following.reason) == (
        "The last report came 45 days after its period. The next period ends on 30 Jun 2027."
    )


def test_sixty_days_are_allowed_when_nobody_knows_how_long_the_vendor_takes():
    following = next_report(period_start=date(2025, 7, 1), period_end=END, report_date=None)
    assert following.expected_on == date(2027, 8, 29)
    assert str(following.reason) == (
        "The next period ends on 30 Jun 2027. 60 days are allowed: how long reports take is unknown."
    )


def test_the_vendors_own_word_goes_before_our_reckoning():
    statement = said(date(2027, 5, 20), period_end=date(2027, 3, 31), expected_on=date(2027, 5, 31))
    following = next_report(
        period_start=date(2025, 7, 1), period_end=END, report_date=date(2026, 8, 14), statement=statement
    )
    assert (following.period_end, following.expected_on) == (date(2027, 3, 31), date(2027, 5, 31))
    assert following.stated
    assert str(following.reason) == (
        "The vendor wrote on 20 May 2027: 1 Jul 2026 – 31 Mar 2027, expected on 31 May 2027."
    )


def test_a_period_of_less_than_a_month_is_followed_by_as_many_days():
    following = next_report(period_start=date(2026, 6, 11), period_end=END, report_date=END)
    assert (following.period_start, following.period_end) == (date(2026, 7, 1), date(2026, 7, 20))


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"stated_on": date(2027, 6, 2)}, "stated_on", "2 Jun 2027 has not come yet."),
        ({"period_end": date(2026, 6, 1)}, "period_end", "ends on 1 Jun 2026, before it starts on 1 Jul 2026."),
        (
            {"period_start": date(2025, 7, 1), "period_end": END},
            "period_end",
            "ends on 30 Jun 2026, not after the one on file, 30 Jun 2026.",
        ),
        (
            {"period_end": date(2037, 6, 30), "expected_on": date(2037, 8, 14)},
            "period_end",
            "over 24 months after the one on file. Check the year.",
        ),
        ({"expected_on": date(2027, 6, 29)}, "expected_on", "expected on 29 Jun 2027, before its period ends"),
        ({"expected_on": date(2029, 6, 29)}, "expected_on", "over a year after its period. Check the year."),
    ],
)
def test_an_impossible_statement_is_refused_with_a_sentence_that_names_the_field(changed, field, words):
    statement = said(**{"stated_on": date(2027, 5, 20), **changed})
    [(name, reason)] = impossible_statement(statement, period_end=END, on=date(2027, 6, 1))
    assert name == field
    assert words in str(reason)


def test_a_statement_that_can_stand_is_not_impossible_and_periods_may_overlap():
    overlapping = said(date(2027, 5, 20), period_start=date(2026, 4, 1))
    assert impossible_statement(overlapping, period_end=END, on=date(2027, 6, 1)) == []


ends = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
statements = st.lists(st.integers(-400, 900), max_size=4)


@given(ends, statements, st.integers(0, 900))
def test_currency_never_outlives_its_limit_and_never_improves_without_a_new_statement(end, offsets, days):
    on = plus_days(end, days)
    spoken = [said(plus_days(end, offset), period_end=plus_months(end, 12)) for offset in offsets]
    currency = currency_of(end, spoken, on=on)

    assert currency.is_current is (on <= plus_months(end, 12))
    assert currency.current_until <= currency.counts_until <= currency.relief_limit == plus_months(end, 15)
    if currency.is_awaiting_successor:
        assert currency.statement is not None
        assert currency.current_until < on <= currency.counts_until
        assert on < plus_months(currency.statement.stated_on, 3)
    if currency.state is CurrencyState.OUT_OF_POLICY:
        later = currency_of(end, [one for one in spoken if one.stated_on <= on], on=plus_days(on, 1))
        assert later.state is CurrencyState.OUT_OF_POLICY


@given(ends, st.integers(0, 800), st.none() | st.integers(0, 200))
def test_the_next_report_is_never_expected_before_its_period_is_over(start, length, lag):
    end = plus_days(start, length)
    following = next_report(
        period_start=start, period_end=end, report_date=None if lag is None else plus_days(end, lag)
    )
    assert following.period_start == plus_days(end, 1)
    assert following.expected_on == plus_days(following.period_end, 60 if lag is None else lag)
    months = whole_months(start, end)
    if months:
        assert whole_months(following.period_start, following.period_end) == months
    else:
        assert days_in(following.period_start, following.period_end) == days_in(start, end)
