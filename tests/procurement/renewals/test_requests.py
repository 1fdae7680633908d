"""The scan, about requests that a person made: who is reminded, from which day, and when it ends."""

from datetime import date

import pytest

from tests.factories.renewals import (
    a_paper,
    approved_review,
    live_through,
    morning,
    scan,
    the_contact,
)
from tests.factories.reports import received_report
from vendors.contacts import services as contacts
from vendors.correspondence.models import OutgoingEmail, State
from vendors.reports import services as reports
from vendors.reports.models import ReportRequest

pytestmark = [pytest.mark.django_db, pytest.mark.sampled]


@pytest.fixture
def review(db):
    return approved_review()


@pytest.mark.slow
def test_a_request_that_a_person_made_is_reminded_of_and_escalated(review):
    live_through(date(2026, 9, 25), date(2026, 9, 30))
    request = reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2026, 10, 20),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(date(2026, 10, 1)),
        on=date(2026, 10, 1),
    )
    OutgoingEmail.objects.all().delete()
    assert live_through(date(2026, 10, 1), date(2026, 12, 31)) == [
        ("2026-10-13", "Jonah", "request-before-7"),
        ("2026-10-17", "Jonah", "request-before-3"),
        ("2026-10-20", "Jonah", "request-before-0"),
        ("2026-10-27", "Jonah", "request-overdue-1"),
        ("2026-11-03", "Jonah", "request-overdue-2"),
        ("2026-11-10", "Jonah", "request-overdue-3"),
        ("2026-11-17", "Jonah", "request-overdue-4"),
        ("2026-11-24", "Ines", "request-escalation"),
        ("2026-11-24", "Adaeze", "request-escalation"),
    ]
    assert set(OutgoingEmail.objects.values_list("about", flat=True)) == {f"report-request:{request.pk}"}


def test_a_request_to_nobody_mails_nobody_at_the_vendor_and_whoever_asked_is_told(review):
    asked_on, due_on = date(2026, 10, 1), date(2026, 10, 20)
    reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=due_on,
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    (told,) = scan(due_on).queued
    assert (told.name, told.milestone) == ("Ines Varga", "request-before-0")
    told_so = OutgoingEmail.objects.latest("pk")
    assert "stands in the portal only, as was chosen" in told_so.text
    assert "invite" not in told_so.text.lower()
    assert f"/vendors/{review.vendor_id}/" in told_so.text

    now = morning(date(2026, 10, 21))
    contacts.invite_contact(
        vendor=review.vendor, email="mara.voss@quillhaven.example", name="Mara Voss", by=review.reviewer, now=now
    )
    assert [one.name for one in scan(date(2026, 11, 17)).queued] == ["Ines Varga"]
    assert {one.name for one in scan(date(2026, 11, 24)).queued} == {"Ines Varga", "Adaeze Lind"}
    unanswered = OutgoingEmail.objects.filter(kind="procurement/renewals/email/request_unanswered").latest("pk")
    assert "nobody at Quillhaven got a mail about it" in unanswered.text


def test_a_request_to_a_vendor_without_contacts_is_for_whoever_is_invited_since(review):
    asked_on, due_on = date(2026, 10, 1), date(2026, 10, 20)
    contacts.deactivate_contact(contact=the_contact(review), by=review.reviewer, now=morning(asked_on))
    reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=due_on,
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    contacts.invite_contact(
        vendor=review.vendor,
        email="mara.voss@quillhaven.example",
        name="Mara Voss",
        by=review.reviewer,
        now=morning(date(2026, 10, 5)),
    )
    assert [one.name for one in scan(due_on).queued] == ["Mara Voss"]


@pytest.mark.slow
def test_moving_the_due_date_of_a_request_opens_a_new_series_and_calls_back_what_waits(review):
    asked_on = date(2026, 10, 1)
    request = reports.request_report(
        vendor=review.vendor,
        what="successor_date",
        due_on=date(2026, 10, 20),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    live_through(asked_on, date(2026, 10, 13))
    waiting = OutgoingEmail.objects.get(kind="procurement/renewals/email/request_due")
    moved_on = date(2026, 10, 14)
    reports.change_due_date(
        request=request, due_on=date(2026, 11, 20), by=review.reviewer, now=morning(moved_on), on=moved_on
    )
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    left = live_through(moved_on, date(2026, 11, 20))
    assert [day for day, *_ in left] == ["2026-11-13", "2026-11-17", "2026-11-20"]


@pytest.mark.slow
def test_what_a_person_asked_for_is_not_chased_twice(review):
    asked_on = date(2027, 6, 20)
    reports.request_report(
        vendor=review.vendor,
        what="soc2_type2",
        period_start=date(2026, 7, 1),
        period_end=date(2027, 6, 30),
        due_on=date(2027, 8, 20),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    left = [one for one in live_through(asked_on, date(2027, 9, 30)) if one[1] == "Jonah"]
    assert ("2027-06-30", "Jonah", "vendor-ask-report") not in left
    assert ("2027-08-20", "Jonah", "request-before-0") in left
    assert ReportRequest.objects.filter(what="soc2_type2").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked_to", "left"),
    [
        (date(2027, 6, 30), []),
        (date(2027, 7, 31), [("2027-08-23", "Jonah", "request-before-7")]),
    ],
)
def test_a_report_that_came_another_way_and_is_accepted_ends_the_reminders_of_its_period(review, asked_to, left):
    asked_on, came_on = date(2027, 7, 10), date(2027, 8, 16)
    reports.request_report(
        vendor=review.vendor,
        what="soc2_type2",
        period_start=date(2026, 7, 1),
        period_end=asked_to,
        due_on=date(2027, 8, 30),
        contact=the_contact(review),
        by=review.reviewer,
        now=morning(asked_on),
        on=asked_on,
    )
    paper = a_paper((date(2026, 7, 1), date(2027, 6, 30)))
    report = received_report(review.vendor, by=review.reviewer, content=paper.content, now=morning(came_on))
    day = {"by": review.reviewer, "now": morning(came_on), "on": came_on}
    report = reports.record_facts(report=report, facts=paper.facts, revision=report.revision, **day)
    reports.accept_report(report=report, revision=report.revision, **day)
    assert [one for one in live_through(date(2027, 8, 22), date(2027, 8, 24)) if one[2].startswith("request")] == left
