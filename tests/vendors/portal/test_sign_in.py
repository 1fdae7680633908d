"""Signing in with an address: the same answer for everybody, a code for those who may come in."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.contacts import invite, make_contact
from tests.factories.directory import make_vendor
from tests.factories.portal import code_for, link_for, post_arrives, press_the_button
from vendors.calendar import clock
from vendors.contacts.services import deactivate_contact, revoke_invitation
from vendors.people.actors import Refused
from vendors.portal.models import SignInCode
from vendors.portal.services import choose_vendor

PAGE = "/portal/sign-in/"
NONCE = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def ask(client, address, **more):
    return client.post(PAGE, {"email": address, **more})


def test_a_contact_comes_back_with_address_and_code(client, contact):
    assert ask(client, " Jonah.Pell@QUILLHAVEN.example ").url == "/portal/code/"
    assert client.post("/portal/code/", {"code": code_for(contact.email)}).url == "/portal/"
    assert client.get("/portal/").status_code == 200


def test_the_page_they_wanted_is_where_they_land(client, contact):
    asked = client.get("/portal/nda/")
    assert asked.url == "/portal/sign-in/?next=%2Fportal%2Fnda%2F"
    assert 'value="/portal/nda/"' in client.get(asked.url).content.decode()
    ask(client, contact.email, next="/portal/nda/")
    assert client.post("/portal/code/", {"code": code_for(contact.email)}).url == "/portal/nda/"


@pytest.mark.parametrize(
    "next", ["https://elsewhere.example/portal/", "//elsewhere.example/portal/", "/vendors/", "/portal/\\..//e"]
)
def test_nobody_lands_elsewhere(client, contact, next):
    ask(client, contact.email, next=next)
    landed = client.post("/portal/code/", {"code": code_for(contact.email)}).url
    assert landed == "/portal/" or landed.startswith("/portal/")
    assert "elsewhere" not in landed


def test_known_and_unknown_addresses_get_the_same_answer(contact, reviewer):
    answers = []
    for address in ("jonah.pell@quillhaven.example", "jonas.bell@quillhaven.example", reviewer.email):
        browser = Client()
        first = ask(browser, address)
        code_page = browser.get("/portal/code/")
        wrong = browser.post("/portal/code/", {"code": "000000"})
        again = browser.post("/portal/code/again/")
        pages = [NONCE.sub(b"", page.content).replace(b"i\xe2\x80", b"j\xe2\x80") for page in (code_page, wrong)]
        answers.append((first.status_code, first.url, again.url, pages))
    pages = [[page.replace(b"@northmoor.example", b"@quillhaven.example") for page in answer[3]] for answer in answers]
    assert pages[0] == pages[1] == pages[2]
    assert [answer[:3] for answer in answers] == [answers[0][:3]] * 3


def test_only_the_contact_gets_mail(contact, reviewer):
    arrived = len(post_arrives())
    for address in (contact.email, "nobody@quillhaven.example", reviewer.email):
        ask(Client(), address)
    assert [letter.to for letter in post_arrives()[arrived:]] == [["Jonah Pell <jonah.pell@quillhaven.example>"]]


def test_known_and_unknown_addresses_cost_the_same_queries(contact):
    counted = []
    for address in (contact.email, "nobody@quillhaven.example"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), address)
        counted.append(len([each for each in queries if "SAVEPOINT" not in each["sql"]]))
    assert counted[0] == counted[1]


@pytest.mark.slow
def test_an_invited_person_may_come_in_by_address_too(client, vendor, reviewer):
    invited = invite(vendor, by=reviewer)
    ask(client, invited.email)
    assert client.post("/portal/code/", {"code": code_for(invited.email)}).url == "/portal/"
    assert invited.invitations.get().accepted_at is not None


def test_whose_first_link_was_taken_back_gets_no_code(client, vendor, reviewer):
    invited = invite(vendor, by=reviewer)
    revoke_invitation(invitation=invited.invitations.get(), by=reviewer, now=clock.now())
    arrived = len(post_arrives())
    ask(client, invited.email)
    assert len(post_arrives()) == arrived


@pytest.mark.slow
def test_five_codes_an_hour_for_an_address_known_or_not(contact, time_machine):
    time_machine.move_to(clock.now())
    for address in (contact.email, "nobody@quillhaven.example"):
        for _number in range(5):
            assert ask(Client(), address).status_code == 302
        refused = ask(Client(), address.upper())
        assert refused.status_code == 429
        assert "5 codes were asked for with this address" in refused.content.decode()
    time_machine.shift(timedelta(hours=1, seconds=1))
    assert ask(Client(), contact.email).status_code == 302


@pytest.mark.slow
def test_twenty_codes_an_hour_for_a_network(contact):
    for number in range(20):
        forged = Client(headers={"x-forwarded-for": f"198.51.100.{number}"})
        assert ask(forged, f"person{number}@quillhaven.example").status_code == 302
    assert "from your network" in ask(Client(), contact.email).content.decode()
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert ask(elsewhere, contact.email).status_code == 302


def test_two_hundred_codes_an_hour_for_everybody(contact):
    SignInCode.objects.bulk_create(
        SignInCode(
            code_hash="x", browser_hash="x", address_hash=str(number), requested_at=clock.now(), expires_at=clock.now()
        )
        for number in range(200)
    )
    assert ask(Client(), contact.email).status_code == 429


@pytest.mark.slow
def test_the_limit_of_an_address_is_told_to_whoever_holds_the_link_too(vendor, reviewer):
    invited = invite(vendor, by=reviewer)
    for _number in range(5):
        assert press_the_button(Client(), link_for(invited)).status_code == 302
    refused = press_the_button(Client(), link_for(invited))
    assert refused.status_code == 429
    assert "Use the newest" in refused.content.decode()


def test_a_new_code_too_many_is_refused_on_the_code_page(client, contact):
    ask(client, contact.email)
    for _number in range(4):
        assert client.post("/portal/code/again/").status_code == 302
    refused = client.post("/portal/code/again/")
    assert refused.status_code == 429
    assert client.post("/portal/code/", {"code": code_for(contact.email)}).url == "/portal/"


def test_what_is_no_address_is_said(client, db):
    answer = ask(client, "jonah at quillhaven")
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not SignInCode.objects.exists()


@pytest.mark.parametrize("why", ["idle", "long", "access", "out", "", "<b>x"])
def test_the_page_says_why_one_is_here_again(client, db, why):
    page = client.get(PAGE, {"why": why})
    assert page.status_code == 200
    assert "<b>x" not in page.content.decode()
    assert not page.cookies.get(settings.SESSION_COOKIE_NAME)


def test_somebody_of_two_vendors_chooses_one_for_the_session(client, contact, reviewer):
    other = make_contact(make_vendor("Tarn Ledger"), email=contact.email, by=reviewer)
    ask(client, contact.email, next="/portal/nda/")
    landed = client.post("/portal/code/", {"code": code_for(contact.email)})
    assert landed.url == "/portal/choose/?next=%2Fportal%2Fnda%2F"
    assert client.get("/portal/").url == "/portal/choose/"
    page = client.get(landed.url).content.decode()
    assert "Quillhaven" in page
    assert "Tarn Ledger" in page
    before = client.session.session_key
    assert client.post("/portal/choose/", {"contact": other.pk, "next": "/portal/nda/"}).url == "/portal/nda/"
    assert client.session["portal_contact"] == other.pk
    assert client.session.session_key != before
    assert client.get("/portal/choose/").url == "/portal/"
    client.post("/portal/choose/", {"contact": contact.pk})
    assert client.session["portal_contact"] == other.pk
    home = client.get("/portal/").content.decode()
    assert "You also act for Quillhaven: sign out and come in again to choose it." in home


def test_nobody_chooses_a_vendor_that_is_not_theirs(client, contact, stranger, reviewer):
    make_contact(make_vendor("Umber"), email=contact.email, by=reviewer)
    ask(client, contact.email)
    client.post("/portal/code/", {"code": code_for(contact.email)})
    for chosen in (stranger.pk, 999999, "x", ""):
        answer = client.post("/portal/choose/", {"contact": chosen})
        assert "Choose one of these vendors" in answer.content.decode()
    assert "portal_contact" not in client.session


def test_the_choice_is_for_people_who_came_in(client, db, reviewer):
    assert client.get("/portal/choose/").url == PAGE
    client.force_login(reviewer)
    assert client.get("/portal/choose/").status_code == 404


def test_mail_tells_what_the_code_is_good_for(client, contact):
    ask(client, contact.email)
    code = code_for(contact.email)
    letter = mail.outbox[-1]
    assert letter.subject == "Your code for Northmoor Health"
    assert code not in letter.subject
    assert "once, and only in the browser that asked for it" in " ".join(letter.body.split())
    assert code in letter.alternatives[0].content


def test_a_choice_whose_access_just_ended_is_refused(contact, reviewer):
    deactivate_contact(contact=contact, by=reviewer, now=clock.now())
    with pytest.raises(Refused, match="has ended"):
        choose_vendor(contact=contact, ip=None, now=clock.now())


def test_somebody_whose_every_access_ended_while_choosing_reads_so(client, contact, reviewer):
    other = make_contact(make_vendor("Tarn Ledger"), email=contact.email, by=reviewer)
    ask(client, contact.email)
    client.post("/portal/code/", {"code": code_for(contact.email)})
    for each in (contact, other):
        deactivate_contact(contact=each, by=reviewer, now=clock.now())
    assert "Your access has ended" in client.get("/portal/choose/").content.decode()
