"""Which reminder is due when: the year of a report, requests, outages, and what may never happen."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.renewals.milestones import in_order
from procurement.renewals.schedule import (
    Ask,
    Audience,
    Due,
    Milestone,
    Rhythm,
    Wording,
    due_now,
    milestones_for_approval,
    milestones_for_report,
    milestones_for_request,
)
from vendors.calendar.days import plus_days, plus_months
from vendors.reports.currency import SuccessorStated, currency_of, latest_statement, next_report

START, END = date(2025, 7, 1), date(2026, 6, 30)
SIGNED = date(2026, 8, 14)
DECIDED = date(2026, 12, 4)
A_YEAR_ON = date(2027, 12, 31)


def said(stated_on: date, expected_on: date = date(2027, 8, 14)) -> SuccessorStated:
    return SuccessorStated(
        period_start=date(2026, 7, 1), period_end=date(2027, 6, 30), expected_on=expected_on, stated_on=stated_on
    )


def the_year(
    *statements: SuccessorStated,
    start: date = START,
    end: date = END,
    signed: date | None = SIGNED,
    on: date = A_YEAR_ON,
    decided_on: date = DECIDED,
    **more: Any,
) -> tuple[Milestone, ...]:
    """The milestones of an approved report and of its approval, with what the vendor has said up to a day."""
    currency = currency_of(end, statements, on=on)
    countdown = milestones_for_approval(ends_on=currency.current_until, decided_on=decided_on)
    about_report = milestones_for_report(
        currency=currency,
        following=next_report(
            period_start=start,
            period_end=end,
            report_date=signed,
            statement=latest_statement(statements, end, on=on),
        ),
        decided_on=decided_on,
        **more,
    )
    return in_order([*countdown, *about_report])


def calendar(milestones: tuple[Milestone, ...], audience: Audience) -> list[tuple[str, str]]:
    return [(one.due.isoformat(), one.name) for one in milestones if one.audience is audience]


OWNER_COUNTDOWN = [
    ("2027-04-01", "owner-90"),
    ("2027-05-01", "owner-60"),
    ("2027-05-31", "owner-30"),
    ("2027-06-23", "owner-7"),
    ("2027-06-30", "owner-0"),
]


def test_the_owner_hears_90_60_30_7_and_0_days_before_the_end_of_currency_and_of_a_silent_vendor():
    assert calendar(the_year(), Audience.OWNER) == [*OWNER_COUNTDOWN, ("2027-09-30", "owner-escalation")]


def test_a_silent_vendor_is_asked_for_a_date_then_for_the_report_chased_and_written_to_weekly():
    assert calendar(the_year(), Audience.VENDOR) == [
        ("2027-05-01", "vendor-ask-date"),
        ("2027-06-16", "vendor-before-14"),
        ("2027-06-27", "vendor-before-3"),
        ("2027-06-30", "vendor-ask-report"),
        ("2027-08-21", "vendor-overdue-7"),
        ("2027-09-04", "vendor-overdue-21"),
        ("2027-09-09", "vendor-weekly-1"),
        ("2027-09-16", "vendor-weekly-2"),
        ("2027-09-23", "vendor-weekly-3"),
        ("2027-09-30", "vendor-weekly-4"),
    ]


def test_a_vendor_that_named_its_date_is_reminded_before_its_word_grows_old():
    assert calendar(the_year(said(date(2027, 5, 20))), Audience.VENDOR) == [
        ("2027-06-30", "vendor-ask-report"),
        ("2027-08-05", "vendor-before-14"),
        ("2027-08-16", "vendor-before-3"),
        ("2027-08-19", "vendor-before-0"),
        ("2027-08-21", "vendor-overdue-7"),
        ("2027-09-04", "vendor-overdue-21"),
        ("2027-09-09", "vendor-weekly-1"),
        ("2027-09-16", "vendor-weekly-2"),
        ("2027-09-23", "vendor-weekly-3"),
        ("2027-09-30", "vendor-weekly-4"),
    ]


def test_a_vendor_that_says_it_again_is_followed_to_the_end_of_the_relief():
    milestones = the_year(said(date(2027, 5, 20)), said(date(2027, 8, 10)))
    assert calendar(milestones, Audience.VENDOR) == [
        ("2027-08-11", "vendor-ask-report"),  # asked on 30 Jun already: the same key
        ("2027-08-21", "vendor-overdue-7"),
        ("2027-09-04", "vendor-overdue-21"),
        ("2027-09-09", "vendor-weekly-1"),
        ("2027-09-16", "vendor-before-14"),
        ("2027-09-23", "vendor-weekly-3"),
        ("2027-09-27", "vendor-before-3"),
        ("2027-09-30", "vendor-before-0"),
    ]
    assert calendar(milestones, Audience.OWNER)[-1] == ("2027-09-30", "owner-escalation")
    asked = {one.key for one in the_year(said(date(2027, 5, 20))) if one.name == "vendor-ask-report"}
    assert asked == {one.key for one in milestones if one.name == "vendor-ask-report"}


def test_a_report_of_six_months_whose_successor_is_late_is_followed_up_weekly_after_currency():
    milestones = the_year(start=date(2026, 1, 1))
    assert calendar(milestones, Audience.VENDOR) == [
        ("2026-12-31", "vendor-ask-report"),
        ("2027-02-21", "vendor-overdue-7"),
        ("2027-03-07", "vendor-overdue-21"),
        ("2027-05-01", "vendor-ask-date"),
        ("2027-06-16", "vendor-before-14"),
        ("2027-06-27", "vendor-before-3"),
        ("2027-06-30", "vendor-before-0"),
        ("2027-07-07", "vendor-weekly-1"),
        ("2027-07-14", "vendor-weekly-2"),
        ("2027-07-21", "vendor-weekly-3"),
        ("2027-07-28", "vendor-weekly-4"),
    ]
    assert calendar(milestones, Audience.OWNER)[-1] == ("2027-08-04", "owner-escalation")


def test_no_weekly_mail_goes_out_before_the_date_that_the_vendor_named_itself():
    late = the_year(said(date(2027, 8, 10), expected_on=date(2027, 9, 25)))
    assert [name for _day, name in calendar(late, Audience.VENDOR)] == [
        "vendor-ask-report",
        "vendor-before-14",
        "vendor-before-3",
        "vendor-before-0",
    ]


def test_a_vendor_that_is_not_ready_until_a_day_hears_nothing_before_it_and_the_owner_still_does():
    milestones = the_year(not_ready_until=date(2027, 9, 1))
    assert calendar(milestones, Audience.VENDOR) == [
        ("2027-09-01", "vendor-ask-report"),  # asked on 30 Jun already: the same key
        ("2027-09-08", "vendor-overdue-7"),
        ("2027-09-16", "vendor-weekly-2"),
        ("2027-09-22", "vendor-overdue-21"),
        ("2027-09-30", "vendor-weekly-4"),
    ]
    assert calendar(milestones, Audience.OWNER) == [*OWNER_COUNTDOWN, ("2027-09-30", "owner-escalation")]


def test_after_the_end_of_the_relief_nobody_writes_to_the_vendor():
    slow = the_year(signed=date(2026, 11, 27))  # 150 days, so that the next is expected on 27 Nov 2027
    assert max(one.due for one in slow) == date(2027, 9, 30)
    assert not [one for one in slow if one.wording is Wording.REPORT_OVERDUE]


def test_what_fell_due_before_the_approval_is_nobodys_reminder_but_the_requests_are_made_good():
    late = the_year(start=date(2026, 1, 1), decided_on=date(2027, 6, 16))
    assert calendar(late, Audience.OWNER)[:2] == [("2027-06-23", "owner-7"), ("2027-06-30", "owner-0")]
    assert calendar(late, Audience.VENDOR)[:2] == [
        ("2027-06-17", "vendor-ask-report"),  # goes before the question for a date, due the same day
        ("2027-06-27", "vendor-before-3"),
    ]


def test_there_is_nothing_left_to_say_about_a_report_approved_on_the_last_day_of_its_relief():
    assert the_year(said(date(2027, 9, 1)), decided_on=date(2027, 9, 30)) == ()


def test_before_the_next_period_is_over_the_vendor_owes_a_date_and_then_the_report():
    owed = {one.name: one.ask for one in the_year()}
    assert owed["vendor-ask-date"] is owed["vendor-before-3"] is Ask.SUCCESSOR_DATE
    assert owed["vendor-ask-report"] is owed["vendor-weekly-1"] is owed["owner-escalation"] is Ask.REPORT
    assert owed["owner-0"] is None


def test_each_milestone_says_why_it_is_sent():
    reasons = {one.name: str(one.reason) for one in the_year(start=date(2026, 1, 1))}
    assert reasons == {
        "owner-90": "90 days before: the approval ends (30 Jun 2027).",
        "owner-60": "60 days before: the approval ends (30 Jun 2027).",
        "owner-30": "30 days before: the approval ends (30 Jun 2027).",
        "owner-7": "7 days before: the approval ends (30 Jun 2027).",
        "owner-0": "On the day itself: the approval ends (30 Jun 2027).",
        "owner-escalation": "The next report has not come. The one on file counted until 30 Jun 2027.",
        "vendor-ask-report": "The next audit period is over on 31 Dec 2026.",
        "vendor-overdue-7": "The report was expected on 14 Feb 2027, 7 days ago.",
        "vendor-overdue-21": "The report was expected on 14 Feb 2027, 21 days ago.",
        "vendor-ask-date": "60 days before: the report stops counting (30 Jun 2027).",
        "vendor-before-14": "14 days before: the report stops counting (30 Jun 2027).",
        "vendor-before-3": "3 days before: the report stops counting (30 Jun 2027).",
        "vendor-before-0": "On the day itself: the report stops counting (30 Jun 2027).",
    } | {
        f"vendor-weekly-{week}": (
            "Weekly: the next report has not come. Its successor is awaited until 30 Sep 2027 at the latest."
        )
        for week in (1, 2, 3, 4)
    }


def test_a_tier_may_have_a_rhythm_of_its_own():
    milestones = milestones_for_approval(ends_on=date(2027, 6, 30), decided_on=DECIDED, rhythm=Rhythm(before=(120, 1)))
    assert calendar(milestones, Audience.OWNER) == [("2027-03-02", "owner-120"), ("2027-06-29", "owner-1")]


def test_a_request_is_recalled_before_it_is_due_on_the_day_weekly_after_it_and_escalated():
    milestones = milestones_for_request(due_on=date(2026, 10, 30), requested_on=date(2026, 10, 1))
    assert calendar(milestones, Audience.VENDOR) == [
        ("2026-10-23", "request-before-7"),
        ("2026-10-27", "request-before-3"),
        ("2026-10-30", "request-before-0"),
        ("2026-11-06", "request-overdue-1"),
        ("2026-11-13", "request-overdue-2"),
        ("2026-11-20", "request-overdue-3"),
        ("2026-11-27", "request-overdue-4"),
    ]
    assert calendar(milestones, Audience.OWNER) == [("2026-12-04", "request-escalation")]
    assert [str(one.reason) for one in milestones][2:4] == [
        "On the day itself: the request is due (30 Oct 2026).",
        "The request was due on 30 Oct 2026, 7 days ago.",
    ]
    assert {one.ask for one in milestones} == {Ask.REPORT}


@pytest.mark.parametrize(
    ("due_on", "first"),
    [
        (date(2026, 10, 10), "2026-10-07"),  # 7 days before would be two days after asking
        (date(2026, 10, 11), "2026-10-04"),
        (date(2026, 10, 3), "2026-10-03"),
        (date(2026, 10, 1), "2026-10-08"),  # due the day it was asked for: that mail has just left
    ],
)
def test_nobody_is_reminded_within_two_days_of_being_asked(due_on, first):
    milestones = milestones_for_request(due_on=due_on, requested_on=date(2026, 10, 1))
    assert milestones[0].due.isoformat() == first


def test_not_ready_until_a_later_day_moves_the_series_there_and_keeps_us_quiet_until_then():
    request = {"due_on": date(2026, 10, 30), "requested_on": date(2026, 10, 1)}
    moved = milestones_for_request(**request, not_ready_until=date(2026, 12, 15))
    assert calendar(moved, Audience.VENDOR)[:2] == [
        ("2026-12-15", "request-before-0"),
        ("2026-12-22", "request-overdue-1"),
    ]
    before = {one.key for one in milestones_for_request(**request)}
    assert before.isdisjoint(one.key for one in moved)


def test_not_ready_until_a_day_before_the_due_date_keeps_the_series_and_us_quiet():
    request = {"due_on": date(2026, 10, 30), "requested_on": date(2026, 10, 1)}
    quiet = milestones_for_request(**request, not_ready_until=date(2026, 10, 26))
    assert quiet == milestones_for_request(**request)[1:]


def names(due: Due) -> tuple[list[str], list[tuple[str, str]]]:
    return [one.name for one in due.to_send], [(one.milestone.name, one.by.name) for one in due.superseded]


def test_on_a_day_without_a_milestone_nothing_leaves():
    assert due_now(the_year(), date(2027, 3, 31)) == Due()


def test_a_milestone_leaves_on_its_day_and_once():
    milestones = the_year()
    due = due_now(milestones, date(2027, 4, 1))
    assert names(due) == (["owner-90"], [])
    assert due_now(milestones, date(2027, 4, 1), {due.to_send[0].key}) == Due()


def test_a_day_of_downtime_delays_and_never_loses():
    milestones = the_year()
    sent = {one.key for one in milestones if one.due < date(2027, 5, 1)}
    assert names(due_now(milestones, date(2027, 5, 2), sent)) == (["owner-60", "vendor-ask-date"], [])


def test_after_an_outage_only_the_latest_leaves_and_the_older_are_superseded_by_it():
    milestones = the_year()
    sent = {one.key for one in milestones if one.due < date(2027, 6, 1)}
    assert names(due_now(milestones, date(2027, 7, 4), sent)) == (
        ["owner-0", "vendor-ask-report"],
        [("owner-7", "owner-0"), ("vendor-before-14", "vendor-ask-report"), ("vendor-before-3", "vendor-ask-report")],
    )


def test_an_older_one_that_was_missed_is_superseded_by_the_one_that_went_out():
    milestones = milestones_for_approval(ends_on=date(2027, 6, 30), decided_on=DECIDED)
    sent = {one.key for one in milestones if one.name in {"owner-90", "owner-30"}}
    assert names(due_now(milestones, date(2027, 6, 1), sent)) == ([], [("owner-60", "owner-30")])


def test_a_clock_put_back_sends_nothing_twice():
    milestones = the_year()
    sent = {one.key for one in milestones if one.due <= date(2027, 5, 1)}
    assert due_now(milestones, date(2027, 4, 2), sent) == Due()


def test_moving_a_date_opens_a_new_series():
    sent = {one.key for one in the_year()}
    milestones = the_year(said(date(2027, 6, 28)))
    assert [(one.due.isoformat(), one.name) for one in milestones if one.key not in sent] == [
        ("2027-09-13", "vendor-before-14"),
        ("2027-09-24", "vendor-before-3"),
        ("2027-09-27", "vendor-before-0"),
    ]
    assert names(due_now(milestones, date(2027, 9, 15), sent)) == (["vendor-before-14"], [])


def test_after_an_answer_the_vendor_hears_nothing_and_the_owner_still_hears_that_the_approval_ends():
    due = due_now(the_year(), date(2027, 12, 1), answered=True)
    assert names(due) == (
        ["owner-0"],
        [("owner-90", "owner-0"), ("owner-60", "owner-0"), ("owner-30", "owner-0"), ("owner-7", "owner-0")],
    )


def test_an_answered_request_is_silent():
    milestones = milestones_for_request(due_on=date(2026, 10, 30), requested_on=date(2026, 10, 1))
    assert due_now(milestones, date(2027, 1, 1), answered=True) == Due()


days = st.dates(min_value=date(2023, 1, 1), max_value=date(2032, 12, 31))


@st.composite
def series(draw) -> tuple[Milestone, ...]:
    """Milestones of a report of any length, lag and approval day, with or without statements; or of a request."""
    end = draw(days)
    if draw(st.booleans()):
        quiet = draw(st.none() | st.integers(0, 90))
        return milestones_for_request(
            due_on=plus_days(end, draw(st.integers(0, 60))),
            requested_on=end,
            not_ready_until=None if quiet is None else plus_days(end, quiet),
        )
    start = plus_days(end, -draw(st.integers(0, 560)))
    statements = [
        SuccessorStated(
            period_start=plus_days(end, 1),
            period_end=plus_days(end, length),
            expected_on=plus_days(end, length + lag),
            stated_on=plus_days(end, stated),
        )
        for length, lag, stated in draw(
            st.lists(st.tuples(st.integers(1, 700), st.integers(0, 366), st.integers(0, 500)), max_size=3)
        )
    ]
    lag = draw(st.none() | st.integers(0, 200))
    return the_year(
        *statements,
        start=start,
        end=end,
        signed=None if lag is None else plus_days(end, lag),
        on=plus_days(end, 900),
        decided_on=plus_days(end, draw(st.integers(0, 450))),
        not_ready_until=draw(st.none() | st.integers(300, 500).map(lambda days: plus_days(end, days))),
    )


@pytest.mark.slow
@given(series())
def test_nobody_hears_from_us_twice_on_one_day_and_no_key_stands_twice(milestones):
    days_of_vendor = [one.due for one in milestones if one.audience is Audience.VENDOR]
    assert len(days_of_vendor) == len(set(days_of_vendor))
    assert len({one.key for one in milestones}) == len(milestones)
    assert list(milestones) == sorted(milestones, key=lambda one: one.due)


@given(series())
def test_weekly_mails_keep_their_distance(milestones):
    vendor = [one for one in milestones if one.audience is Audience.VENDOR]
    for weekly in vendor:
        if weekly.wording is Wording.STILL_OPEN:
            assert all(abs((weekly.due - other.due).days) > 3 for other in vendor if other is not weekly)


@given(days, st.integers(0, 450))
def test_the_schedule_of_a_report_never_leaves_its_relief(end, decided):
    decided_on = plus_days(end, decided)
    milestones = the_year(end=end, start=plus_months(end, -12), signed=None, decided_on=decided_on)
    assert all(decided_on < one.due <= plus_months(end, 15) for one in milestones)


@pytest.mark.slow
@given(series(), st.lists(st.integers(-120, 600), min_size=1, max_size=40), st.none() | st.integers(-120, 600))
def test_however_the_scans_fall_each_milestone_ends_once_never_early_and_none_after_an_answer(
    milestones, offsets, answered_after
):
    """Scans on any days in any order (outages, a clock put back), the last one after everything is due."""
    if not milestones:
        return
    base = milestones[0].due
    last_day = max(one.due for one in milestones)
    answered_on = None if answered_after is None else plus_days(base, answered_after)
    done: dict[tuple[date, str], str] = {}
    sent: dict[Audience, list[Milestone]] = {audience: [] for audience in Audience}

    for on in [*(plus_days(base, offset) for offset in offsets), last_day]:
        answered = answered_on is not None and on >= answered_on
        due = due_now(milestones, on, done.keys(), answered=answered)
        assert len({one.audience for one in due.to_send}) == len(due.to_send)
        for one in due.to_send:
            assert one.key not in done
            assert one.due <= on
            assert not (answered and one.ask)
            assert all(earlier.due < one.due for earlier in sent[one.audience])
            done[one.key] = "sent"
            sent[one.audience].append(one)
        for gone in due.superseded:
            assert gone.milestone.key not in done
            assert gone.milestone.due <= gone.by.due <= on
            assert gone.milestone.audience is gone.by.audience
            assert not (answered and gone.milestone.ask)
            done[gone.milestone.key] = "superseded"

    if answered_on is None or answered_on > last_day:
        assert done.keys() == {one.key for one in milestones}
        for audience in Audience:
            asked = [one for one in milestones if one.audience is audience]
            if asked:
                assert done[asked[-1].key] == "sent"
    else:
        assert {one.key for one in milestones if not one.ask} <= done.keys()


@pytest.mark.slow
@given(series(), st.integers(0, 600))
def test_fifty_scans_of_one_day_do_what_one_does(milestones, offset):
    if not milestones:
        return
    on = plus_days(milestones[0].due, offset)
    first = due_now(milestones, on)
    done = {one.key for one in first.to_send} | {one.milestone.key for one in first.superseded}
    for _scan in range(50):
        assert due_now(milestones, on, done) == Due()
