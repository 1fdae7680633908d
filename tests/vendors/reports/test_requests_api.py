"""Asking a vendor for its report by a program: ask, move, cancel."""

import pytest

from tests.factories.reports import report_request
from tests.factories.tokens import program_of
from vendors.correspondence.models import OutgoingEmail
from vendors.reports.emails import about_request
from vendors.reports.models import ReportRequest

pytestmark = pytest.mark.django_db
URL = "/api/v1/report-requests/"


@pytest.fixture
def program(reviewer):
    return program_of(reviewer)


def send(program, path, body):
    return program.post(f"{URL}{path}", body, content_type="application/json")


def test_asking_writes_the_request_and_mails_the_contact(program, vendor, contact, reviewer):
    body = {"vendor": vendor.pk, "contact": contact.pk, "due_on": "2999-01-01", "system": "People Cloud"}
    answer = send(program, "", body)
    assert answer.status_code == 201
    asked = ReportRequest.objects.get()
    told = answer.json()
    assert (told["id"], told["is_open"], told["system"]) == (asked.pk, True, "People Cloud")
    assert told["requested_by"] == {"id": reviewer.pk, "name": reviewer.name}
    assert OutgoingEmail.objects.filter(recipient_id=contact.user_id, about=about_request(asked)).exists()
    assert program.get(f"{URL}{asked.pk}/").json() == told


def test_what_cannot_be_is_refused_at_its_field(program, vendor):
    answer = send(program, "", {"vendor": vendor.pk, "due_on": "2001-01-01"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"due_on": ["The due date has passed. Choose today or a later day."]}
    half = send(program, "", {"vendor": vendor.pk, "due_on": "2999-01-01", "period_start": "2025-07-01"})
    assert half.status_code == 422
    assert half.json()["errors"] == {"period_end": ["Say when the period ends too, or leave both days open."]}
    assert not ReportRequest.objects.exists()


def test_what_is_asked_already_is_refused_as_things_stand(program, vendor, reviewer):
    asked = report_request(vendor, by=reviewer)
    answer = send(program, "", {"vendor": vendor.pk, "due_on": asked.due_on})
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("This is requested already")
    assert ReportRequest.objects.count() == 1


def test_the_day_is_moved_and_the_request_taken_back_once(program, vendor, reviewer):
    asked = report_request(vendor, by=reviewer)
    assert send(program, f"{asked.pk}/due/", {"due_on": "2999-05-01"}).json()["due_on"] == "2999-05-01"
    cancelled = send(program, f"{asked.pk}/cancel/", {"reason": "It is on the trust center."})
    assert cancelled.json()["cancelled_reason"] == "It is on the trust center."
    again = send(program, f"{asked.pk}/cancel/", {"reason": "Once more."})
    assert (again.status_code, again.json()["detail"]) == (409, "This request was cancelled.")
    late = send(program, f"{asked.pk}/due/", {"due_on": "2999-06-01"})
    assert late.status_code == 409
    asked.refresh_from_db()
    assert (asked.cancelled_reason, str(asked.due_on)) == ("It is on the trust center.", "2999-05-01")


def test_an_auditor_reads_requests_and_moves_none(auditor, vendor, reviewer):
    asked = report_request(vendor, by=reviewer)
    program = program_of(auditor)
    assert program.get(f"{URL}{asked.pk}/").status_code == 200
    assert send(program, f"{asked.pk}/due/", {"due_on": "2999-05-01"}).status_code == 403
    assert send(program, f"{asked.pk}/cancel/", {"reason": "No."}).status_code == 403
    assert send(program, "", {"vendor": vendor.pk, "due_on": "2999-01-01"}).status_code == 403
    asked.refresh_from_db()
    assert asked.is_open
