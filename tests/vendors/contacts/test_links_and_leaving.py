"""A new link, a link taken back, and the end of somebody's access."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.contacts import invite, make_contact, signed_in
from tests.factories.directory import make_vendor
from tests.factories.portal import come_in, link_for, post_arrives, press_the_button
from vendors.calendar import clock
from vendors.contacts import access
from vendors.contacts.models import Invitation
from vendors.contacts.services import deactivate_contact, resend_invitation, revoke_invitation
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.queries import entries_about
from vendors.people.actors import Refused
from vendors.portal.models import SignInCode


def address(contact, act):
    return f"/vendors/{contact.vendor_id}/contacts/{contact.pk}/{act}/"


@pytest.fixture
def invited(vendor, reviewer):
    return invite(vendor, by=reviewer)


def test_a_new_link_ends_the_old_one(client, reviewer, invited):
    old = link_for(invited)
    client.force_login(reviewer)
    assert client.post(address(invited, "resend")).status_code == 302
    new = link_for(invited)
    assert new != old
    browser = Client()
    assert browser.get(old).status_code == 410
    assert browser.get(new).status_code == 200


def test_a_new_link_calls_back_the_mail_with_the_old_one(reviewer, invited):
    resend_invitation(contact=invited, by=reviewer, now=clock.now())
    assert sorted(OutgoingEmail.objects.values_list("state", flat=True)) == ["cancelled", "queued"]
    assert len(post_arrives()) == 1


def test_a_link_is_taken_back(client, reviewer, invited):
    link = link_for(invited)
    client.force_login(reviewer)
    assert client.post(address(invited, "revoke")).status_code == 302
    assert Client().get(link).status_code == 410
    assert entries_about(invited.vendor_id).first().verb == "contact.invitation_revoked"
    assert client.post(address(invited, "revoke")).status_code == 409


def test_a_link_that_is_used_cannot_be_taken_back(reviewer, contact):
    with pytest.raises(Refused):
        revoke_invitation(invitation=contact.invitations.get(), by=reviewer, now=clock.now())


def test_whoever_was_never_invited_has_no_link_to_take_back(client, reviewer, contact):
    Invitation.objects.all().delete()
    client.force_login(reviewer)
    assert client.post(address(contact, "revoke")).status_code == 404


@pytest.mark.parametrize("act", ["resend", "revoke", "deactivate"])
@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 403), ("requester", 404), ("approver", 404), ("administrator", 404)]
)
def test_nobody_else_does(client, request, invited, act, role, status):
    client.force_login(request.getfixturevalue(role))
    assert client.post(address(invited, act)).status_code == status
    assert client.post(f"/vendors/{invited.vendor_id}/contacts/999999/{act}/").status_code == 404


@pytest.mark.parametrize("act", ["resend", "revoke", "deactivate"])
def test_a_contact_is_not_found_under_another_vendor(client, reviewer, invited, act):
    other = make_vendor("Tarn Ledger")
    client.force_login(reviewer)
    assert client.post(f"/vendors/{other.pk}/contacts/{invited.pk}/{act}/").status_code == 404


def test_ending_an_access_says_first_what_is_lost(client, reviewer, contact):
    client.force_login(reviewer)
    page = client.get(address(contact, "deactivate") + "?next=/reviews/")
    assert "is signed out at once" in page.content.decode()
    contact.refresh_from_db()
    assert contact.is_active
    assert client.post(address(contact, "deactivate"), {"next": "/reviews/"}).url == "/reviews/"
    contact.refresh_from_db()
    assert not contact.is_active
    assert entries_about(contact.vendor_id).first().verb == "contact.deactivated"


def test_an_access_ends_once(client, reviewer, contact):
    client.force_login(reviewer)
    assert client.post(address(contact, "deactivate")).status_code == 302
    assert client.post(address(contact, "deactivate")).status_code == 409
    assert client.post(address(contact, "resend")).status_code == 409


def test_a_session_is_over_with_the_next_click(client, reviewer, contact, contact_client):
    assert contact_client.get("/portal/").status_code == 200
    client.force_login(reviewer)
    client.post(address(contact, "deactivate"))
    assert contact_client.get("/portal/").status_code == 302
    assert contact_client.get("/portal/nda/").url == "/portal/sign-in/?next=%2Fportal%2Fnda%2F"


def test_links_codes_and_waiting_mail_end_together(reviewer, vendor):
    left = invite(vendor, by=reviewer)
    link = link_for(left)
    browser = Client()
    press_the_button(browser, link)
    deactivate_contact(contact=left, by=reviewer, now=clock.now())
    assert post_arrives()[1:] == []
    assert not any(code.is_live(clock.now()) for code in SignInCode.objects.all())
    assert Client().get(link).status_code == 410
    assert not OutgoingEmail.objects.waiting().exists()


def test_the_same_persons_access_to_another_vendor_stays(reviewer, contact):
    other = make_contact(make_vendor("Tarn Ledger"), email=contact.email, by=reviewer)
    elsewhere = signed_in(other)
    deactivate_contact(contact=contact, by=reviewer, now=clock.now())
    assert elsewhere.get("/portal/").status_code == 200


def test_a_session_from_before_stays_over_when_somebody_comes_back(reviewer, contact, contact_client, time_machine):
    time_machine.move_to(clock.now())
    deactivate_contact(contact=contact, by=reviewer, now=clock.now())
    time_machine.shift(timedelta(minutes=1))
    invite(contact.vendor, email=contact.email, by=reviewer)
    fresh = Client()
    come_in(fresh, contact)
    assert fresh.get("/portal/").status_code == 200
    assert contact_client.get("/portal/").status_code == 302


def test_buttons_are_shown_to_whoever_may_press_them(reviewer, auditor, contact, vendor):
    now = clock.now()
    waiting = invite(vendor, "Waits Still", by=reviewer)
    invitation = waiting.invitations.get()
    for person, may in ((reviewer, True), (auditor, False)):
        assert access.can_resend_invitation(person, contact) == may
        assert access.can_revoke_invitation(person, invitation, now) == may
        assert access.can_deactivate_contact(person, contact) == may
