"""What the preview says for a day is what the scan sends on that day, when nothing happens in between."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procurement.decisions.models import Decision
from procurement.renewals.queries import coming_for
from tests.amounts import IN_FULL, amount
from tests.factories.renewals import approved_review, copies_of, live_through, morning, say_next_report, scan
from tests.factories.stories import cast_of
from vendors.calendar.days import plus_days, plus_months
from vendors.ndas.models import Nda
from vendors.reports import services as reports
from vendors.reports.models import Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sampled]

DAYS = 90


@pytest.fixture
def review(db):
    return approved_review()


def told(on: date) -> list[tuple[str, str, str]]:
    """What the reviewer reads: day, first name, milestone."""
    coming = coming_for(cast_of().reviewer, on=on, days=DAYS)
    return sorted((one.leaves_on.isoformat(), one.name.split()[0], one.milestone) for one in coming)


def each_morning(first: date) -> list[tuple[str, str, str]]:
    """What the scans of these days send, whatever the preview says of them."""
    return live_through(first, plus_days(first, DAYS), every_morning=True)


def test_ninety_days_of_a_silent_vendor(review):
    on = date(2027, 4, 15)
    live_through(date(2027, 3, 30), plus_days(on, -1))
    said = told(on)
    assert ("2027-05-01", "Jonah", "vendor-ask-date") in said
    assert said == sorted(each_morning(on))


def test_what_an_outage_left_behind_is_said_for_today(review):
    on = date(2027, 5, 9)
    said = told(on)
    assert said[:2] == [("2027-05-09", "Adaeze", "owner-60"), ("2027-05-09", "Jonah", "vendor-ask-date")]
    assert said == sorted(each_morning(on))


def test_a_day_too_far_ahead_to_be_said_is_not_sent_either(review):
    on = date(2026, 10, 1)
    assert told(on) == live_through(on, plus_days(on, DAYS)) == []


@settings(
    max_examples=amount(sample=2, full=100),
    derandomize=not IN_FULL,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    ahead=st.integers(-60, 150),
    nda_ahead=st.integers(1, 120),
    condition_ahead=st.integers(-40, 100),
    statement_ago=st.one_of(st.none(), st.integers(0, 110)),
    request_ahead=st.one_of(st.none(), st.integers(1, 60)),
)
def test_whatever_the_dates_the_preview_is_what_the_scans_send(
    review, ahead, nda_ahead, condition_ahead, statement_ago, request_ahead
):
    """`ahead`: how far the end of currency lies from today, and so on."""
    on = date(2028, 2, 1)
    with transaction.atomic():
        end = plus_months(plus_days(on, ahead), -12)
        decided_on = plus_days(end, 50)
        Report.objects.update(
            period_start=plus_months(plus_days(end, 1), -12), period_end=end, report_date=plus_days(end, 45)
        )
        decided = datetime.combine(decided_on, time(12), tzinfo=UTC)
        Decision.objects.update(decided_at=decided, valid_until=plus_months(end, 12))
        Nda.objects.update(starts_on=end, ends_on=plus_days(on, nda_ahead), accepted_at=decided)
        decision = Decision.objects.get()
        due = plus_days(on, condition_ahead)
        decision.conditions.create(text="Show it.", owner=review.engagement.owner, due_on=due)
        if statement_ago is not None:
            say_next_report(review, plus_days(on, -statement_ago), expected_on=plus_days(on, 70))
        if request_ahead is not None:
            reports.request_report(
                vendor=review.vendor,
                what="successor_date",
                due_on=plus_days(on, request_ahead),
                by=review.reviewer,
                now=morning(on) - timedelta(hours=1),
                on=on,
            )
        assert told(on) == sorted(each_morning(on))
        transaction.set_rollback(True)


def test_it_costs_as_many_queries_for_three_hundred_vendors_as_for_three(review):

    reader, on = cast_of().reviewer, date(2027, 4, 1)
    copies_of(review, 2)
    with CaptureQueriesContext(connection) as few:
        assert len(coming_for(reader, on=on)) == 3 * 9
    copies_of(review, 297)
    with CaptureQueriesContext(connection) as many:
        assert len(coming_for(reader, on=on)) == 300 * 9
    assert len(many) == len(few)


def test_scanning_changes_what_is_said_and_nothing_else_does(review):
    on = date(2027, 5, 1)
    before = told(on)
    assert told(on) == before
    scan(on)
    assert told(on) == [one for one in before if one[0] != on.isoformat()]
