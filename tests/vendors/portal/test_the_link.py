"""The invitation's link: opening it changes nothing, the button mails a code to the invited mailbox."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from tests.factories.contacts import invite, make_contact
from tests.factories.directory import make_vendor
from tests.factories.portal import code_for, come_in, link_for, post_arrives, press_the_button, token_for
from vendors.calendar import clock
from vendors.contacts.models import Invitation
from vendors.contacts.services import deactivate_contact, revoke_invitation
from vendors.correspondence.models import OutgoingEmail
from vendors.ledger.models import LedgerEntry
from vendors.portal.models import SignInCode


@pytest.fixture
def invited(vendor, reviewer):
    return invite(vendor, by=reviewer)


def everything_kept():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Invitation, SignInCode, OutgoingEmail, Session, LedgerEntry)
    ]


def test_a_contact_comes_in_by_link_button_and_code(client, invited):
    page = client.get(link_for(invited))
    assert page.status_code == 200
    assert "Send me a code" in page.content.decode()
    assert "j•••@quillhaven.example" in page.content.decode()
    answer = press_the_button(client, link_for(invited))
    assert answer.url == "/portal/code/"
    code_page = client.get(answer.url)
    assert "We mailed 6 digits to <b>j•••@quillhaven.example</b>" in code_page.content.decode()
    assert "10 more minutes" in code_page.content.decode()
    assert client.post("/portal/code/", {"code": code_for(invited.email)}).url == "/portal/"
    assert client.get("/portal/").status_code == 200
    invited.refresh_from_db()
    assert invited.joined_at is not None
    assert invited.invitations.get().accepted_at is not None
    verbs = list(LedgerEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs[-2:] == ["contact.joined", "contact.signed_in"]


def test_opening_the_link_says_keep_this_page_to_yourself(client, invited):
    page = client.get(link_for(invited))
    assert "no-store" in page["Cache-Control"]
    # A page with a form cannot say no-referrer: browsers then send "Origin: null" with the form.
    assert page["Referrer-Policy"] == "strict-origin"
    assert "http" not in page.content.decode().replace("http-equiv", "").replace("http://www.w3.org", "")


def test_the_token_stands_in_no_address_after_the_button(client, invited):
    token = token_for(invited)
    assert 'action="/portal/i/"' in client.get(link_for(invited)).content.decode()
    answer = client.post("/portal/i/", {"token": token})
    assert token not in answer.url
    assert token not in client.get(answer.url).content.decode()


@pytest.mark.slow
def test_a_mail_scanner_that_opens_the_link_fifty_times_spoils_nothing(client, invited):
    link = link_for(invited)
    before = everything_kept()
    for number in range(50):
        scanner = Client(headers={"user-agent": f"SafeLinks/{number}"})
        assert scanner.head(link).status_code == 200
        assert scanner.get(link).status_code == 200
        assert scanner.options(link).status_code == 405
        assert settings.SESSION_COOKIE_NAME not in "".join(scanner.cookies)
    assert everything_kept() == before
    assert come_in(client, invited).url == "/portal/"


def test_a_scanner_that_presses_buttons_lets_nobody_in_and_the_person_still_comes_in(client, invited):
    scanner = Client()
    press_the_button(scanner, link_for(invited))
    assert scanner.get("/portal/").status_code == 302
    assert come_in(client, invited).url == "/portal/"


def test_the_button_needs_the_page_it_stands_on(invited):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/portal/i/", {"token": token_for(invited)}).status_code == 403
    assert not SignInCode.objects.exists()


def test_a_forwarded_link_gives_the_other_mailbox_nothing(client, invited, stranger):
    press_the_button(client, link_for(invited))
    letters = [letter for letter in post_arrives() if "code" in letter.subject.lower()]
    assert [letter.to for letter in letters] == [["Jonah Pell <jonah.pell@quillhaven.example>"]]
    for guess in ("000000", "123456", ""):
        client.post("/portal/code/", {"code": guess})
    assert client.get("/portal/").status_code == 302


def test_a_code_for_another_vendor_opens_nothing_here(client, invited, stranger, reviewer):
    other = invite(make_vendor("Umber"), "Ada Umber", by=reviewer)
    press_the_button(client, link_for(invited))
    elsewhere = Client()
    press_the_button(elsewhere, link_for(other))
    client.post("/portal/code/", {"code": code_for(other.email)})
    assert client.get("/portal/").status_code == 302


def test_the_link_of_one_vendor_leads_to_that_vendor_only(client, reviewer, invited):
    link = link_for(invited)
    make_contact(make_vendor("Tarn Ledger"), email=invited.email, by=reviewer)
    press_the_button(client, link)
    assert client.post("/portal/code/", {"code": code_for(invited.email)}).url == "/portal/"
    assert client.session["portal_contact"] == invited.pk


@pytest.mark.parametrize(
    ("what", "status", "says"),
    [
        ("used", 410, "You came in with this link before"),
        ("overdue", 410, "This link is too old"),
        ("revoked", 410, "This link was replaced or taken back"),
        ("left", 410, "This access has ended"),
        ("unknown", 404, "We do not know this link"),
    ],
)
def test_a_dead_link_says_what_to_do_and_mails_nothing(client, reviewer, invited, time_machine, what, status, says):
    link, token = link_for(invited), token_for(invited)
    if what == "used":
        come_in(Client(), invited)
    elif what == "overdue":
        time_machine.move_to(clock.now() + timedelta(days=14, seconds=1))
    elif what == "revoked":
        revoke_invitation(invitation=invited.invitations.get(), by=reviewer, now=clock.now())
    elif what == "left":
        deactivate_contact(contact=invited, by=reviewer, now=clock.now())
    else:
        link, token = "/portal/i/no-such-token/", "no-such-token"
    codes = SignInCode.objects.count()
    for answer in (client.get(link), client.post("/portal/i/", {"token": token})):
        assert answer.status_code == status
        assert says in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
    assert client.head(link).status_code == status
    assert SignInCode.objects.count() == codes
    offers_sign_in = "Sign in with your address" in client.get(link).content.decode()
    assert offers_sign_in == (what in {"used", "unknown"})


@pytest.mark.parametrize("token", ["x" * 5000, "\u202e", "%00", "..", "<script>alert(1)</script>"])
def test_a_mangled_link_is_unknown(client, db, token):
    answer = client.post("/portal/i/", {"token": token})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.content.decode()
    assert client.post("/portal/i/").status_code == 404


def test_a_link_taken_back_while_somebody_types_the_code_lets_nobody_in(client, reviewer, invited):
    press_the_button(client, link_for(invited))
    code = code_for(invited.email)
    revoke_invitation(invitation=invited.invitations.get(), by=reviewer, now=clock.now())
    answer = client.post("/portal/code/", {"code": code})
    assert "does not work any more" in answer.content.decode()
    assert client.get("/portal/").status_code == 302


def test_a_contact_deactivated_while_typing_the_code_stays_out(client, reviewer, invited):
    press_the_button(client, link_for(invited))
    code = code_for(invited.email)
    deactivate_contact(contact=invited, by=reviewer, now=clock.now())
    assert "does not work any more" in client.post("/portal/code/", {"code": code}).content.decode()
    assert "does not work any more" in client.post("/portal/code/again/").content.decode()


def test_staff_do_not_come_in_at_this_door(client, reviewer, invited):
    client.force_login(reviewer)
    assert client.get(link_for(invited)).status_code == 404
    assert mail.outbox[1:] == []
