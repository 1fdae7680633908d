"""`manage.py send_due`, the task that beat starts, and the hour at which mail leaves."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.celery import app
from procurement.renewals import emails, services, tasks
from procurement.renewals.models import ReminderDue
from procurement.renewals.morning import mailing_day
from procurement.renewals.queries import reminders_of
from tests.factories.renewals import approved_review, copies_of, morning, scan
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.reports.models import ReportRequest


@pytest.fixture
def review(db):
    return approved_review()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_due", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_it_prints_each_reminder_that_was_queued_and_then_that_nothing_is_due(review):
    assert run("--on", "2027-05-01").splitlines() == [
        "2027-05-01  owner-60  Quillhaven to Adaeze Lind <adaeze.lind@northmoor.example>: "
        "60 days before: the approval ends (30 Jun 2027).",
        "2027-05-01  vendor-ask-date  Quillhaven to Jonah Pell <jonah.pell@quillhaven.example>: "
        "60 days before: the report stops counting (30 Jun 2027).",
        "1 older reminders are superseded by later ones.",
    ]
    assert run("--on", "2027-05-01") == "Nothing is due on 2027-05-01.\n"


@pytest.mark.slow
def test_a_dry_run_prints_the_same_and_changes_nothing(review):
    told = run("--on", "2027-05-01", "--dry-run")
    assert "vendor-ask-date" in told
    assert not ReminderDue.objects.exists()
    assert not OutgoingEmail.objects.exists()
    assert not ReportRequest.objects.exists()
    assert run("--on", "2027-05-01") == told


def test_production_refuses_to_send_what_is_not_due_yet(review, settings):
    settings.PRODUCTION = True
    tomorrow = (clock.today() + timedelta(days=400)).isoformat()
    with pytest.raises(CommandError, match="Add --dry-run"):
        run("--on", tomorrow)
    assert not ReminderDue.objects.exists()
    run("--on", tomorrow, "--dry-run")
    run("--on", clock.today().isoformat())


def test_a_day_that_is_none_is_named_with_how_to_write_one(db):
    with pytest.raises(CommandError, match="“tomorrow” is no day"):
        run("--on", "tomorrow")


def test_what_failed_is_named_and_the_command_fails(review, monkeypatch):
    def broken(*_arguments, **_keywords):
        raise ValueError

    monkeypatch.setattr(emails, "queue_reminder", broken)
    with pytest.raises(CommandError, match="2 failed and will be tried again"):
        run("--on", "2027-05-01")
    assert not ReminderDue.objects.exists(), "the claim is undone with its mail"
    assert not ReportRequest.objects.exists()
    monkeypatch.undo()
    assert len(run("--on", "2027-05-01").splitlines()) == 3


def test_beat_starts_the_scan_every_quarter_of_an_hour_by_a_static_entry_in_utc(settings):
    entry = settings.CELERY_BEAT_SCHEDULE["queue-the-reminders-that-are-due"]
    assert entry["task"] == tasks.send_due.name == "renewals.send_due"
    assert entry["schedule"].minute == {0, 15, 30, 45}
    assert app.conf.timezone == "UTC"


def test_mail_leaves_at_nine_by_the_task(review):
    with time_machine.travel(datetime(2027, 5, 1, 6, 59, tzinfo=UTC), tick=False):  # 08:59 in Vienna
        tasks.send_due()
        assert set(ReminderDue.objects.values_list("due_on", flat=True)) == {date(2027, 4, 1)}
    with time_machine.travel(datetime(2027, 5, 1, 7, 0, tzinfo=UTC), tick=False):
        tasks.send_due()
    assert ReminderDue.objects.filter(due_on=date(2027, 5, 1)).count() == 2


@pytest.mark.parametrize(
    ("zone", "nine"),
    [
        ("Europe/Vienna", datetime(2027, 3, 27, 8, tzinfo=UTC)),  # the day before summer time
        ("Europe/Vienna", datetime(2027, 3, 28, 7, tzinfo=UTC)),
        ("Europe/Vienna", datetime(2027, 10, 30, 7, tzinfo=UTC)),
        ("Europe/Vienna", datetime(2027, 10, 31, 8, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 3, 13, 14, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 3, 14, 13, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 11, 6, 13, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 11, 7, 14, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2027, 4, 2, 20, tzinfo=UTC)),
    ],
)
def test_the_day_begins_at_nine_local_also_when_the_clocks_change(settings, zone, nine):
    settings.TIME_ZONE = zone
    day = nine.astimezone(clock.organisation_zone()).date()
    assert mailing_day(nine) == day
    assert mailing_day(nine - timedelta(seconds=1)) == day - timedelta(days=1)
    assert mailing_day(morning(day)) == day


@pytest.mark.slow
def test_a_scan_asks_the_database_as_often_for_three_hundred_reports_as_for_three(review):
    quiet = date(2026, 12, 1)
    scan(date(2026, 11, 30))  # the first scan ever writes the row in which later ones note their day
    copies_of(review, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert services.send_due(on=quiet, now=morning(quiet)).queued == []
    copies_of(review, 297)
    another = date(2026, 12, 2)
    with CaptureQueriesContext(connection) as many:
        assert services.send_due(on=another, now=morning(another)).queued == []
    assert len(many) == len(few) < 45
    lively = date(2026, 12, 30)
    assert services.send_due(on=lively, now=morning(lively), dry_run=True).queued == []
    spring = services.send_due(on=date(2027, 4, 1), now=morning(lively), dry_run=True)
    assert (len(spring.queued), len(spring.held)) == (50, 250)


def test_staff_see_what_went_out_what_was_set_aside_and_what_comes_with_the_reason(review):
    scan(date(2027, 5, 1))
    seen = reminders_of(review.vendor_id, on=date(2027, 5, 1))
    assert [(one.leaves_on.isoformat(), one.name) for one in seen.coming] == [
        ("2027-05-31", "Adaeze Lind"),
        ("2027-06-16", "Jonah Pell"),
        ("2027-06-23", "Adaeze Lind"),
        ("2027-06-27", "Jonah Pell"),
        ("2027-06-30", "Adaeze Lind"),
        ("2027-06-30", "Jonah Pell"),
    ]
    assert seen.coming[1].reason == "14 days before: the report stops counting (30 Jun 2027)."
    assert [(one.due_on.isoformat(), one.meaning) for one in seen.said] == [
        ("2027-05-01", "queued"),
        ("2027-05-01", "queued"),
        ("2027-04-01", "superseded"),
    ]
    assert "speaks for it" in seen.said[-1].note


def test_a_year_ahead_the_next_reminder_is_shown_however_far(review):
    (first,) = reminders_of(review.vendor_id, on=date(2026, 10, 1)).coming
    assert first.leaves_on == date(2027, 4, 1)
