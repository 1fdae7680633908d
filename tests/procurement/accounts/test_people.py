"""People and roles: an administrator adds, changes and lets go; each of it stands in the ledger."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from procurement.accounts.models import User
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.correspondence import delivery
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Role

NEW = {"name": "Nora Lake", "email": "Nora.Lake@northmoor.example", "title": "Security review", "roles": ["reviewer"]}


@pytest.fixture
def browser(administrator):
    return staff_client(administrator)


def test_somebody_added_gets_a_mail_whose_link_lets_them_choose_a_password(browser, client):
    browser.post("/people/new/", NEW)
    person = User.objects.get(email="nora.lake@northmoor.example")
    assert person.roles == {Role.REVIEWER}
    delivery.deliver_due(clock.now())
    link = re.search(r"http://\S+(/account/password/reset/key/\S+)", mail.outbox[-1].body)
    assert link is not None
    page = client.get(link.group(1), follow=True)
    assert page.status_code == 200
    password = "a long sentence of four words"
    client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    person.refresh_from_db()
    assert person.check_password(password)


def test_the_page_lists_everybody_with_roles(browser, reviewer):
    page = browser.get("/people/").text
    assert "Ines Varga" in page
    assert "No password yet" in page


def test_an_address_in_use_is_refused_at_its_field(browser, reviewer):
    answer = browser.post("/people/new/", {**NEW, "email": "INES.varga@northmoor.example"})
    assert answer.status_code == 200
    assert "Somebody with this address exists already." in answer.text
    assert not User.objects.filter(name="Nora Lake").exists()


def test_taking_a_role_ends_open_sessions(browser, reviewer):
    session = staff_client(reviewer)
    assert session.get("/vendors/").status_code == 200
    browser.post(f"/people/{reviewer.pk}/", {"name": "Ines Varga", "title": "", "roles": ["auditor"], "active": "on"})
    assert session.get("/vendors/").headers["Location"].startswith("/account/login/")
    reviewer.refresh_from_db()
    assert reviewer.roles == {Role.AUDITOR}
    assert LedgerEntry.objects.get(verb="person.changed").details["before"] == ["reviewer"]


def test_somebody_who_may_not_sign_in_any_more_is_out_at_once(browser, reviewer):
    session = staff_client(reviewer)
    browser.post(f"/people/{reviewer.pk}/", {"name": "Ines Varga", "title": "", "roles": ["reviewer"]})
    assert session.get("/").headers["Location"].startswith("/account/login/")
    assert browser.post(f"/people/{reviewer.pk}/set-up-mail/").status_code == 409


def test_the_set_up_mail_can_be_sent_again_and_the_waiting_one_is_called_back(browser, reviewer):
    browser.post(f"/people/{reviewer.pk}/set-up-mail/")
    browser.post(f"/people/{reviewer.pk}/set-up-mail/")
    delivery.deliver_due(clock.now())
    assert len([letter for letter in mail.outbox if "ines.varga@northmoor.example" in letter.to[0]]) == 1


def test_administrators_do_not_change_themselves_upwards_or_out(browser, administrator):
    address = f"/people/{administrator.pk}/"
    more = {"name": "Mei Okafor", "title": "", "roles": ["administrator", "approver"], "active": "on"}
    assert "You cannot give yourself a role." in browser.post(address, more).text
    out = {"name": "Mei Okafor", "title": "", "roles": [], "active": "on"}
    assert "You cannot take your own administrator role." in browser.post(address, out).text
    administrator.refresh_from_db()
    assert administrator.roles == {Role.ADMINISTRATOR}


def test_only_administrators_see_people_and_contacts_are_not_among_them(browser, reviewer, contact):
    assert staff_client(reviewer).get("/people/").status_code == 404
    assert staff_client(reviewer).post("/people/new/", NEW).status_code == 404
    assert browser.get(f"/people/{contact.user_id}/").status_code == 404
    assert "Jonah Pell" not in browser.get("/people/").text


def test_the_database_itself_gives_a_contact_no_role(contact):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=contact.user_id).update(is_approver=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=contact.user_id).update(is_superuser=True)


def test_the_first_administrator_is_made_on_the_command_line(db):
    person = User.objects.create_superuser(email="First@northmoor.example", password="four words make it long")
    assert person.roles == {Role.ADMINISTRATOR}
    assert person.email == "first@northmoor.example"
    assert User.objects.get_by_natural_key("FIRST@northmoor.example") == person
