"""A contact says that the report is not ready yet: the request stays open and is expected on that day."""

from datetime import timedelta

import pytest

from tests.factories.contacts import signed_in
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State
from vendors.people.actors import NotAllowed
from vendors.reports import services
from vendors.reports.queries import expected_on

pytestmark = pytest.mark.django_db

LATER = timedelta(days=90)


def page_of(asked) -> str:
    return f"/portal/requests/{asked.pk}/not-ready/"


def test_the_request_stays_open_and_the_requester_is_told(contact_client, asked, reviewer):
    until = clock.today() + LATER
    typed = {"until": until.isoformat(), "note": "The examination ends in June."}
    answer = contact_client.post(page_of(asked), typed, follow=True)
    assert "We expect the report on" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.is_open
    assert asked.due_on < until
    assert expected_on(asked) == until
    told = OutgoingEmail.objects.get(kind="vendors/reports/email/not_ready")
    assert told.to_email == reviewer.email
    assert "Jonah Pell says that the report you asked for is not ready yet." in told.text
    assert "The examination ends in June." in told.text
    assert "The examination ends in June." in told.html
    first = OutgoingEmail.objects.get(kind="vendors/reports/email/report_requested")
    assert first.state == State.CANCELLED


def test_an_earlier_day_than_the_due_date_moves_nothing_forward(contact, asked):
    tomorrow = clock.today() + timedelta(days=1)
    services.answer_not_ready(request=asked, until=tomorrow, by=contact.user, now=clock.now(), on=clock.today())
    asked.refresh_from_db()
    assert expected_on(asked) == asked.due_on


@pytest.mark.parametrize(
    ("days", "words"), [(0, "still to come"), (-5, "still to come"), (800, "within the next two years")]
)
def test_a_day_that_cannot_be_keeps_what_was_typed(contact_client, asked, days, words):
    until = clock.today() + timedelta(days=days)
    page = contact_client.post(page_of(asked), {"until": until.isoformat(), "note": "In autumn"})
    assert words in page.content.decode()
    assert "In autumn" in page.content.decode()
    asked.refresh_from_db()
    assert asked.not_ready_until is None


def test_a_closed_request_has_nothing_left_to_answer(contact_client, asked, reviewer):
    services.cancel_request(request=asked, reason="Not needed", by=reviewer, now=clock.now())
    assert "Nothing is left to answer" in contact_client.get(page_of(asked)).content.decode()
    until = clock.today() + LATER
    contact_client.post(page_of(asked), {"until": until.isoformat()})
    asked.refresh_from_db()
    assert asked.not_ready_until is None


def test_a_contact_of_another_vendor_gets_404(stranger, asked):
    client = signed_in(stranger)
    assert client.get(page_of(asked)).status_code == 404
    until = clock.today() + LATER
    assert client.post(page_of(asked), {"until": until.isoformat()}).status_code == 404
    asked.refresh_from_db()
    assert asked.not_ready_until is None


def test_a_stranger_answers_nothing_by_the_service_either(stranger, asked):
    with pytest.raises(NotAllowed):
        services.answer_not_ready(
            request=asked,
            until=clock.today() + LATER,
            by=stranger.user,
            now=clock.now(),
            on=clock.today(),
        )


def test_a_reviewer_writes_down_what_the_vendor_said_on_the_phone(reviewer, asked):
    until = clock.today() + LATER
    services.answer_not_ready(request=asked, until=until, by=reviewer, now=clock.now(), on=clock.today())
    asked.refresh_from_db()
    assert asked.not_ready_until == until
