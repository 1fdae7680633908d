"""A reviewer moves the due date of a request, or takes it back; the contact is told and waiting mail is called back."""

from datetime import timedelta

import pytest

from tests.factories.reports import report_request
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services

pytestmark = pytest.mark.django_db


def due_page(asked) -> str:
    return f"/vendors/{asked.vendor_id}/requests/{asked.pk}/due/"


def cancel_page(asked) -> str:
    return f"/vendors/{asked.vendor_id}/requests/{asked.pk}/cancel/"


def in_days(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def mails(name: str):
    return OutgoingEmail.objects.filter(kind=f"vendors/reports/email/{name}")


def test_a_moved_due_date_is_told_and_the_first_mail_called_back(client, reviewer, asked):
    client.force_login(reviewer)
    answer = client.post(due_page(asked), {"due_on": in_days(60)})
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert asked.due_on == clock.today() + timedelta(days=60)
    assert mails("report_requested").get().state == State.CANCELLED
    told = mails("due_date_changed").get()
    assert told.state == State.QUEUED
    assert "SOC 2 Type II report" in told.text
    assert LedgerEntry.objects.filter(verb="report_request.due_date_changed").exists()


def test_the_same_date_again_changes_nothing(reviewer, asked):
    services.change_due_date(request=asked, due_on=asked.due_on, by=reviewer, now=clock.now(), on=clock.today())
    assert not mails("due_date_changed").exists()


def test_a_due_date_in_the_past_is_refused_beside_its_field(client, reviewer, asked):
    client.force_login(reviewer)
    page = client.post(due_page(asked), {"due_on": in_days(-1)}).content.decode()
    assert "The due date has passed" in page
    assert 'id="id_due_on_error"' in page


def test_a_cancelled_request_says_why_and_stays_so(client, reviewer, contact_client, asked):
    client.force_login(reviewer)
    client.post(cancel_page(asked), {"reason": "We bought another product."})
    asked.refresh_from_db()
    assert not asked.is_open
    assert mails("report_requested").get().state == State.CANCELLED
    told = mails("request_cancelled").get()
    assert "We bought another product." in told.text
    assert told.state == State.QUEUED
    page = contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()
    assert "We bought another product." in page
    again = client.post(cancel_page(asked), {"reason": "Twice"}).content.decode()
    assert "This request was cancelled." in again


def test_a_request_is_not_cancelled_without_a_word(client, reviewer, asked):
    client.force_login(reviewer)
    assert "Say why in a sentence" in client.post(cancel_page(asked), {"reason": ""}).content.decode()
    with pytest.raises(Refused, match="Say why"):
        services.cancel_request(request=asked, reason="  ", by=reviewer, now=clock.now())


def test_the_reviewer_comes_back_to_where_they_were_and_nowhere_else(client, reviewer, asked):
    client.force_login(reviewer)
    here = client.post(due_page(asked), {"due_on": in_days(50), "next": "/reviews/7/"})
    assert here["Location"] == "/reviews/7/"
    away = client.post(due_page(asked), {"due_on": in_days(51), "next": "https://elsewhere.example/"})
    assert away["Location"] == f"/vendors/{asked.vendor_id}/"


@pytest.mark.parametrize("role", ["requester", "approver", "auditor", "administrator"])
@pytest.mark.parametrize("page", [due_page, cancel_page])
def test_nobody_but_a_reviewer_finds_the_pages(client, request, role, page, asked):
    client.force_login(request.getfixturevalue(role))
    assert client.get(page(asked)).status_code == 404
    assert client.post(page(asked), {"due_on": in_days(60), "reason": "Mine"}).status_code == 404
    asked.refresh_from_db()
    assert asked.is_open


@pytest.mark.parametrize("page", [due_page, cancel_page])
def test_a_request_is_not_found_under_another_vendor(client, reviewer, stranger, page, asked):
    client.force_login(reviewer)
    asked.vendor_id = stranger.vendor_id
    assert client.get(page(asked)).status_code == 404


def test_a_contact_moves_nothing(contact, asked):
    with pytest.raises(NotAllowed):
        services.change_due_date(request=asked, due_on=asked.due_on, by=contact.user, now=clock.now(), on=clock.today())
    with pytest.raises(NotAllowed):
        services.cancel_request(request=asked, reason="No", by=contact.user, now=clock.now())


def test_a_request_without_a_contact_is_moved_in_silence(vendor, reviewer):
    asked = report_request(vendor, by=reviewer)
    later = clock.today() + timedelta(days=90)
    services.change_due_date(request=asked, due_on=later, by=reviewer, now=clock.now(), on=clock.today())
    assert not OutgoingEmail.objects.filter(about=f"report-request:{asked.pk}").exists()
