"""The page that lists a vendor's people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.contacts import invite, make_contact
from vendors.calendar import clock
from vendors.contacts.services import deactivate_contact, revoke_invitation
from vendors.correspondence.models import OutgoingEmail


def page(vendor):
    return f"/vendors/{vendor.pk}/contacts/"


def test_a_reviewer_sees_who_may_come_in_and_who_may_not(client, reviewer, vendor, contact, time_machine):
    time_machine.move_to(clock.now() - timedelta(days=20), tick=False)
    invite(vendor, "Old Link", by=reviewer)
    time_machine.move_to(clock.now() + timedelta(days=20), tick=False)
    invite(vendor, "Waits Still", by=reviewer)
    revoked = invite(vendor, "Taken Back", by=reviewer)
    revoke_invitation(invitation=revoked.invitations.get(), by=reviewer, now=clock.now())
    deactivate_contact(contact=make_contact(vendor, "Left Already", by=reviewer), by=reviewer, now=clock.now())
    client.force_login(reviewer)
    text = client.get(page(vendor)).content.decode()
    for word in ("Active", "Invited", "Link too old", "Link taken back", "Access ended", "Send new link", "End access"):
        assert word in text


def test_a_dead_address_shows(client, reviewer, contact):
    OutgoingEmail.objects.update(state="failed", sealed_secret=None)
    client.force_login(reviewer)
    assert "Mail came back" in client.get(page(contact.vendor)).content.decode()


def test_an_auditor_reads_and_has_no_buttons(client, auditor, contact):
    client.force_login(auditor)
    text = client.get(page(contact.vendor)).content.decode()
    assert "Jonah Pell" in text
    assert "End access" not in text


def test_an_empty_page_says_what_to_do(client, reviewer, vendor):
    client.force_login(reviewer)
    assert "Nobody invited yet" in client.get(page(vendor)).content.decode()


@pytest.mark.parametrize("role", ["requester", "approver", "administrator"])
def test_nobody_else_finds_it(client, request, vendor, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get(page(vendor)).status_code == 404


@pytest.mark.slow
def test_thirty_people_cost_no_more_queries_than_three(client, reviewer, vendor):
    client.force_login(reviewer)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(page(vendor))
        return len(counted)

    for number in range(3):
        make_contact(vendor, f"Person {number}", by=reviewer)
    few = queries()
    for number in range(3, 30):
        make_contact(vendor, f"Person {number}", by=reviewer)
    assert queries() == few
