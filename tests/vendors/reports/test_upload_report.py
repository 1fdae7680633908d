"""A reviewer uploads a report fetched from the vendor's trust center, under the NDA we accepted there."""

import pytest

from tests.factories import ndas
from tests.factories.contacts import signed_in
from tests.factories.reports import report_request
from tests.factories.vault import pdf_bytes, upload
from vendors.correspondence.models import OutgoingEmail
from vendors.reports.models import Grant, Report

pytestmark = pytest.mark.django_db

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def page_of(vendor) -> str:
    return f"/vendors/{vendor.pk}/reports/upload/"


@pytest.fixture
def trust_center(vendor, reviewer):
    """We accepted the vendor's NDA on its trust center."""
    return ndas.record(vendor, by=reviewer)


def test_the_reviewer_uploads_and_may_open(client, reviewer, vendor, trust_center):
    client.force_login(reviewer)
    assert "data-upload" in client.get(page_of(vendor)).content.decode()
    answer = client.post(page_of(vendor), {"file": upload(pdf_bytes(pages=12))})
    assert answer["Location"] == f"/vendors/{vendor.pk}/"
    report = Report.objects.get()
    assert (report.nda, report.received_from, report.request) == (trust_center, "Ines Varga", None)
    assert Grant.objects.get().user == reviewer
    assert not OutgoingEmail.objects.filter(kind__contains="receipt").exists()


def test_a_script_is_led_back_to_where_the_reviewer_was(client, reviewer, vendor, trust_center):
    client.force_login(reviewer)
    answer = client.post(page_of(vendor) + "?next=/reviews/7/", {"file": upload()}, **SCRIPT)
    assert answer.json() == {"redirect": "/reviews/7/"}


def test_the_file_answers_the_open_request(client, reviewer, vendor, trust_center):
    asked = report_request(vendor, by=reviewer)
    client.force_login(reviewer)
    assert "Answers the request" in client.get(page_of(vendor)).content.decode()
    client.post(page_of(vendor), {"file": upload(), "answers_request": asked.pk})
    asked.refresh_from_db()
    assert not asked.is_open
    assert Report.objects.get().request == asked


def test_the_file_need_not_answer_a_request(client, reviewer, vendor, trust_center):
    asked = report_request(vendor, by=reviewer)
    client.force_login(reviewer)
    client.post(page_of(vendor), {"file": upload(), "answers_request": ""})
    asked.refresh_from_db()
    assert asked.is_open


def test_a_file_on_record_answers_a_later_request_without_a_second_copy(client, reviewer, vendor, trust_center):
    client.force_login(reviewer)
    client.post(page_of(vendor), {"file": upload()})
    asked = report_request(vendor, by=reviewer)
    answer = client.post(page_of(vendor), {"file": upload(), "answers_request": asked.pk}, follow=True)
    asked.refresh_from_db()
    assert not asked.is_open
    assert Report.objects.count() == 1
    assert answer.status_code == 200


def test_a_colleague_who_asked_learns_that_it_is_here(client, reviewer, vendor, trust_center):
    from tests.conftest import member_of_staff
    from vendors.people.actors import Role

    colleague = member_of_staff("Henrik Aas", Role.REVIEWER)
    asked = report_request(vendor, by=colleague)
    client.force_login(reviewer)
    client.post(page_of(vendor), {"file": upload(), "answers_request": asked.pk})
    assert OutgoingEmail.objects.get(kind="vendors/reports/email/report_arrived").to_email == colleague.email
    assert set(Grant.objects.values_list("user_id", flat=True)) == {colleague.pk, reviewer.pk}


def test_without_an_nda_there_is_nothing_to_upload_to(client, reviewer, vendor):
    client.force_login(reviewer)
    page = client.get(page_of(vendor)).content.decode()
    assert "Record the NDA first" in page
    assert "data-upload" not in page
    answer = client.post(page_of(vendor), {"file": upload()}, **SCRIPT)
    assert answer.status_code == 409
    assert "No NDA with Quillhaven" in answer.json()["error"]
    assert not Report.objects.exists()


def test_a_bad_file_is_said_on_the_page(client, reviewer, vendor, trust_center):
    client.force_login(reviewer)
    answer = client.post(page_of(vendor), {"file": upload(b"PK\x03\x04", name="report.pdf")})
    assert answer.status_code == 422
    assert "ZIP or Office" in answer.content.decode()


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
def test_nobody_but_a_reviewer_finds_the_page(client, request, role, vendor, trust_center):
    client.force_login(request.getfixturevalue(role))
    assert client.get(page_of(vendor)).status_code == 404
    assert client.post(page_of(vendor), {"file": upload()}).status_code == 404
    assert not Report.objects.exists()


def test_a_contact_has_a_door_of_their_own(contact, vendor, trust_center):
    assert signed_in(contact).post(page_of(vendor), {"file": upload()}).status_code == 404
