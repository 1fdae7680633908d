"""The scan, a year of days at a time. Time is an argument; nothing waits."""

from datetime import date

import pytest
from django.core import mail

from procurement.renewals import subjects
from procurement.renewals.models import ReminderDue, ReminderState
from tests.factories.renewals import (
    a_paper,
    approved_review,
    decided_anew,
    live_through,
    morning,
    say_next_report,
    scan,
    send_next_report,
    the_contact,
)
from tests.factories.stories import FIRST_DAY
from vendors.calendar.days import plus_days
from vendors.contacts import services as contacts
from vendors.correspondence.models import OutgoingEmail, State
from vendors.directory.models import Vendor
from vendors.reports import services as reports
from vendors.reports.models import Grant, ReportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]

AFTER = plus_days(FIRST_DAY, 2)
SPRING = date(2027, 3, 30)
LAST = date(2027, 10, 10)

SILENT_YEAR = [
    ("2027-04-01", "Adaeze", "owner-90"),
    ("2027-05-01", "Adaeze", "owner-60"),
    ("2027-05-01", "Jonah", "vendor-ask-date"),
    ("2027-05-31", "Adaeze", "owner-30"),
    ("2027-06-16", "Jonah", "vendor-before-14"),
    ("2027-06-23", "Adaeze", "owner-7"),
    ("2027-06-27", "Jonah", "vendor-before-3"),
    ("2027-06-30", "Adaeze", "owner-0"),
    ("2027-06-30", "Jonah", "vendor-ask-report"),
    ("2027-08-21", "Jonah", "vendor-overdue-7"),
    ("2027-09-04", "Jonah", "vendor-overdue-21"),
    ("2027-09-09", "Jonah", "vendor-weekly-1"),
    ("2027-09-16", "Jonah", "vendor-weekly-2"),
    ("2027-09-23", "Jonah", "vendor-weekly-3"),
    ("2027-09-30", "Jonah", "vendor-weekly-4"),
    ("2027-09-30", "Adaeze", "owner-escalation"),
]


@pytest.fixture
def review(db):
    return approved_review()


@pytest.mark.slow
def test_a_year_with_a_silent_vendor_sends_exactly_these_mails(review):
    assert live_through(AFTER, date(2028, 1, 31)) == SILENT_YEAR
    assert OutgoingEmail.objects.count() == len(SILENT_YEAR), "one mail for each, none beside"
    assert not ReminderDue.objects.filter(state=ReminderState.SUPERSEDED).exists()


@pytest.mark.slow
def test_scanning_fifteen_times_a_day_sends_the_same(review):
    for day, count in ((date(2027, 5, 1), 2), (date(2027, 6, 30), 2), (date(2027, 7, 1), 0)):
        before = OutgoingEmail.objects.count()
        live_through(plus_days(day, -31), plus_days(day, -1))
        between = OutgoingEmail.objects.count()
        results = [len(scan(day).queued) for _ in range(15)]
        assert results == [count] + [0] * 14, day
        assert OutgoingEmail.objects.count() == between + count >= before


@pytest.mark.slow
@pytest.mark.parametrize(("length", "back_on"), [(3, date(2027, 6, 18)), (29, date(2027, 7, 2))])
def test_after_an_outage_only_the_latest_passed_reminder_goes_out(review, length, back_on):
    left = live_through(SPRING, LAST, without=[(plus_days(back_on, -length), plus_days(back_on, -1))])
    missed = [one for one in SILENT_YEAR if back_on.isoformat() > one[0] >= plus_days(back_on, -length).isoformat()]
    latest = list({who: (back_on.isoformat(), who, name) for _day, who, name in missed}.values())
    others = [one for one in SILENT_YEAR if one not in missed]
    assert sorted(left) == sorted([*others, *latest])
    kept = ReminderDue.objects.filter(state=ReminderState.SUPERSEDED)
    assert {row.milestone for row in kept} == {name for *_, name in missed} - {name for *_, name in latest}
    assert all("speaks for it" in row.note and row.email_id is None for row in kept)


@pytest.mark.slow
def test_a_clock_put_back_an_hour_or_a_day_sends_nothing_twice(review):
    live_through(SPRING, date(2027, 5, 1))
    count = OutgoingEmail.objects.count()
    assert scan(date(2027, 4, 30)).queued == []
    assert scan(date(2027, 5, 1)).queued == []
    assert OutgoingEmail.objects.count() == count


@pytest.mark.slow
def test_the_vendor_that_names_its_date_is_reminded_of_it_and_the_owner_of_the_end_of_the_relief(review):
    live_through(SPRING, date(2027, 5, 19))
    say_next_report(review, date(2027, 5, 20))
    assert not ReportRequest.objects.open().exists(), "the date answers the request"
    left = live_through(date(2027, 5, 20), date(2027, 9, 3))
    assert left == [
        ("2027-05-31", "Adaeze", "owner-30"),
        ("2027-06-23", "Adaeze", "owner-7"),
        ("2027-06-30", "Adaeze", "owner-0"),
        ("2027-06-30", "Jonah", "vendor-ask-report"),
        ("2027-08-05", "Jonah", "vendor-before-14"),
        ("2027-08-12", "Adaeze", "owner-7"),
        ("2027-08-16", "Jonah", "vendor-before-3"),
        ("2027-08-19", "Adaeze", "owner-0"),
        ("2027-08-19", "Jonah", "vendor-before-0"),
        ("2027-08-21", "Jonah", "vendor-overdue-7"),
    ]


@pytest.mark.slow
def test_a_report_that_came_stops_the_mails_to_the_vendor_and_not_those_to_the_owner(review):
    live_through(SPRING, date(2027, 7, 1))
    request = ReportRequest.objects.open().get(what="soc2_type2")
    assert (request.due_on, request.requested_by) == (date(2027, 8, 14), None)
    send_next_report(review, date(2027, 7, 20), request=request)
    assert live_through(date(2027, 7, 20), LAST) == [("2027-07-20", "Ines", "report-arrived")]
    assert not ReportRequest.objects.open().exists(), "the question for the date is taken back"


@pytest.mark.slow
def test_a_report_that_the_reviewer_fetched_stops_them_as_well(review):
    live_through(SPRING, date(2027, 6, 1))
    send_next_report(review, date(2027, 6, 10))
    left = live_through(date(2027, 6, 10), LAST)
    assert left == [("2027-06-23", "Adaeze", "owner-7"), ("2027-06-30", "Adaeze", "owner-0")]


@pytest.mark.slow
def test_a_report_that_is_sent_back_is_asked_for_again(review):
    live_through(SPRING, date(2027, 7, 1))
    request = ReportRequest.objects.open().get(what="soc2_type2")
    report = send_next_report(review, date(2027, 7, 20), request=request)
    scan(date(2027, 7, 21))
    now = morning(date(2027, 7, 22))
    reviewer = review.reviewer
    Grant.objects.create(report=report, user=reviewer, purpose="renewal", granted_at=now, granted_by="Ines Varga")
    reports.send_back(report=report, reason="It is a draft.", by=reviewer, now=now, on=date(2027, 7, 22))
    assert ("2027-08-21", "Jonah", "vendor-overdue-7") in live_through(date(2027, 7, 23), date(2027, 8, 30))


@pytest.mark.slow
def test_not_ready_until_keeps_us_quiet_until_that_day(review):
    live_through(SPRING, date(2027, 7, 1))
    request = ReportRequest.objects.open().get(what="soc2_type2")
    reports.answer_not_ready(
        request=request,
        until=date(2027, 9, 1),
        by=the_contact(review).user,
        now=morning(date(2027, 7, 5)),
        on=date(2027, 7, 5),
    )
    left = live_through(date(2027, 7, 5), LAST)
    assert left[0] == ("2027-09-08", "Jonah", "vendor-overdue-7")
    chase = OutgoingEmail.objects.get(queued_at=morning(date(2027, 9, 8)))
    assert chase.subject == "Overdue: your SOC 2 Type II report, expected on 1 September 2027"


@pytest.mark.slow
def test_somebody_else_at_the_vendor_is_told_when_the_contact_left(review):
    live_through(SPRING, date(2027, 5, 1))
    waiting = OutgoingEmail.objects.get(to_name="Jonah Pell")
    cast_reviewer, contact = review.reviewer, the_contact(review)
    now = morning(date(2027, 5, 2))
    contacts.deactivate_contact(contact=contact, by=cast_reviewer, now=now)
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED

    (told,) = scan(date(2027, 5, 3)).queued
    assert (told.name, told.milestone) == ("Ines Varga", "vendor-ask-date")
    email = OutgoingEmail.objects.latest("pk")
    assert email.subject == "Quillhaven: nobody can be reminded"
    assert f"/vendors/{review.vendor_id}/contacts/invite/" in email.text

    contacts.invite_contact(
        vendor=review.vendor, email="mara.voss@quillhaven.example", name="Mara Voss", by=cast_reviewer, now=now
    )
    (told,) = scan(date(2027, 5, 4)).queued
    assert (told.name, told.milestone) == ("Mara Voss", "vendor-ask-date")


def test_the_reviewer_fetches_the_next_report_of_a_vendor_that_gives_it_on_its_trust_center(review):
    contacts.deactivate_contact(contact=the_contact(review), by=review.reviewer, now=morning(date(2027, 4, 2)))
    Vendor.objects.filter(pk=review.vendor_id).update(trust_center_url="https://trust.quillhaven.example/")
    told = [one for one in scan(date(2027, 7, 1)).queued if one.milestone.startswith("vendor")]
    assert [(one.name, one.milestone) for one in told] == [("Ines Varga", "vendor-ask-report")]
    email = OutgoingEmail.objects.get(to_name="Ines Varga")
    assert email.subject == "Quillhaven: its next report is to be fetched from the trust center"
    said = " ".join(email.text.split())
    assert "The next audit period is over on 30 Jun 2027." in said
    assert "Where https://trust.quillhaven.example/" in said
    assert "download it, and upload it on the vendor's page" in said
    assert f"/vendors/{review.vendor_id}/" in said
    assert "/contacts/invite/" not in said


def test_one_bad_subject_is_logged_and_stops_no_other(review, caplog, monkeypatch):
    def broken(*_arguments):
        raise ValueError("a row that cannot be")

    monkeypatch.setattr(subjects, "report_threads", broken)
    result = scan(date(2027, 5, 1))
    assert result.failed == 1
    assert [one.milestone for one in result.queued] == ["owner-60"]
    assert "could not be worked out" in caplog.text


@pytest.mark.slow
def test_a_vendor_that_is_not_in_use_any_more_is_left_alone(review):
    review.vendor.retired_on = date(2027, 1, 1)
    review.vendor.save()
    assert live_through(date(2027, 3, 1), LAST) == []


@pytest.mark.slow
def test_nothing_is_sent_by_the_scan_itself(review):
    live_through(SPRING, date(2027, 5, 1))
    assert mail.outbox == []
    assert OutgoingEmail.objects.waiting().count() == 3


@pytest.mark.slow
def test_a_period_that_ended_on_29_february_counts_until_28_february(db):
    leap = approved_review(paper=a_paper((date(2027, 3, 1), date(2028, 2, 29))), on=date(2028, 5, 1))
    assert [one for one in live_through(date(2028, 11, 25), date(2029, 3, 31)) if one[1] == "Adaeze"] == [
        ("2028-11-30", "Adaeze", "owner-90"),
        ("2028-12-30", "Adaeze", "owner-60"),
        ("2029-01-29", "Adaeze", "owner-30"),
        ("2029-02-21", "Adaeze", "owner-7"),
        ("2029-02-28", "Adaeze", "owner-0"),
    ]
    request = ReportRequest.objects.get(vendor=leap.vendor, what="soc2_type2")
    assert (request.period_start, request.period_end) == (date(2028, 3, 1), date(2029, 2, 28))


@pytest.mark.slow
def test_a_renewal_that_is_decided_ends_the_countdown_and_calls_back_its_mail(review):
    live_through(SPRING, date(2027, 5, 31))
    waiting = OutgoingEmail.objects.filter(kind="procurement/renewals/email/approval_ends", state=State.QUEUED)
    assert waiting.exists()
    decided_anew(review, date(2027, 6, 1))
    assert not waiting.exists()
    left = [one for one in live_through(date(2027, 6, 3), LAST) if one[1] == "Adaeze"]
    assert left == [  # the new approval rests on the same report, so that its last day is the same
        ("2027-06-23", "Adaeze", "owner-7"),
        ("2027-06-30", "Adaeze", "owner-0"),
        ("2027-09-30", "Adaeze", "owner-escalation"),
    ]
