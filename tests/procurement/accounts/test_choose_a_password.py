"""A link by mail to choose a password: for the staff, for a short while, once."""

import re
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import mail
from django.test import Client
from django.utils import timezone

from procurement.accounts.tokens import RESET_WORKS_FOR, SET_UP_WORKS_FOR, lifetime_of_link
from tests.factories.portal import post_arrives
from tests.procurement.accounts.conftest import PASSWORD
from vendors.correspondence.models import OutgoingEmail, State

ASK = "/account/password/reset/"
NEW = "eleven slow trains north"


@pytest.fixture
def ask(client: Client, django_capture_on_commit_callbacks):
    """Ask for a link; what is queued is sent at once."""

    def asking(address: str):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ASK, {"email": address})

    return asking


def link_in(message: mail.EmailMessage) -> str:
    (path,) = re.findall(r"https?://[^/]+(/account/password/reset/key/\S+)", message.body)
    return path


def open_link(client: Client, path: str):
    """The page behind a link, after the address has lost its token."""
    return client.get(path, follow=True)


def test_a_member_of_staff_gets_a_link_and_comes_in_with_the_new_password(client: Client, staff, ask) -> None:
    assert ask("Ines.Varga@northmoor.example").url == "/account/password/reset/done/"
    (letter,) = mail.outbox
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert letter.subject == "Choose a new password for Countersign"
    assert "works for 10 minutes, once" in letter.body

    page = open_link(client, link_in(letter))
    assert "Choose your password" in page.text
    clean_address = page.redirect_chain[-1][0]
    assert clean_address.endswith("-set-password/")
    kept = client.post(clean_address, {"password1": NEW, "password2": NEW})

    assert kept.url == "/account/password/reset/key/done/"
    assert "_auth_user_id" not in client.session  # a link by mail is no second factor
    assert client.post("/account/login/", {"login": staff.email, "password": NEW}).status_code == 302


def test_the_link_stands_in_no_page_and_no_row(staff, ask) -> None:
    ask(staff.email)
    (row,) = OutgoingEmail.objects.all()

    assert "[[secret]]" in row.text
    assert row.state == State.SENT
    assert row.sealed_secret is None
    assert row.recipient_id == staff.pk


def test_it_works_once(client: Client, staff, ask) -> None:
    ask(staff.email)
    path = link_in(mail.outbox[0])
    address = open_link(client, path).redirect_chain[-1][0]
    client.post(address, {"password1": NEW, "password2": NEW})

    assert "This link no longer works" in open_link(Client(), path).text


def test_looking_at_it_uses_nothing_up(client: Client, staff, ask) -> None:
    ask(staff.email)
    path = link_in(mail.outbox[0])
    for _scanner in range(3):
        Client().get(path)
        Client().head(path)
    assert "Choose your password" in open_link(client, path).text


def test_after_ten_minutes_it_is_over(client: Client, staff, ask, time_machine) -> None:
    ask(staff.email)
    path = link_in(mail.outbox[0])
    time_machine.shift(RESET_WORKS_FOR - timedelta(seconds=30))
    assert "Choose your password" in open_link(client, path).text
    time_machine.shift(timedelta(seconds=60))
    assert "This link no longer works" in open_link(Client(), path).text


@pytest.fixture
def time_machine(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


@pytest.mark.parametrize("address", ["nobody@northmoor.example", "jonah.pell@quillhaven.example"])
def test_strangers_and_contacts_get_the_same_answer_and_no_mail(ask, staff, contact, address: str) -> None:
    mail.outbox.clear()
    before = OutgoingEmail.objects.count()
    assert ask(address).url == "/account/password/reset/done/"
    assert OutgoingEmail.objects.count() == before
    assert not mail.outbox


def test_a_closed_account_gets_none(ask, staff) -> None:
    staff.is_active = False
    staff.save()
    ask(staff.email)
    assert not mail.outbox


def test_asking_again_calls_the_waiting_mail_back(client: Client, staff) -> None:
    client.post(ASK, {"email": staff.email})
    client.post(ASK, {"email": staff.email})
    assert sorted(OutgoingEmail.objects.values_list("state", flat=True)) == [State.CANCELLED, State.QUEUED]


def test_whoever_has_no_password_yet_has_three_days(reviewer, staff) -> None:
    reviewer.set_unusable_password()
    reviewer.save()
    assert lifetime_of_link(reviewer) == SET_UP_WORKS_FOR

    reviewer.set_password(PASSWORD)
    assert lifetime_of_link(reviewer) == RESET_WORKS_FOR


def test_no_link_fits_a_contact_or_nobody(client: Client, contact) -> None:
    token = default_token_generator.make_token(contact.user)

    assert default_token_generator.check_token(contact.user, token) is False
    assert default_token_generator.check_token(None, token) is False
    path = f"/account/password/reset/key/{user_pk_to_url_str(contact.user)}-{token}/"
    assert "This link no longer works" in open_link(client, path).text


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("short", "at least 12 characters"), ("password1234", "too common"), ("ines.varga.northmoor", "too similar")],
)
def test_a_weak_password_is_refused_with_a_sentence(client: Client, staff, ask, password: str, sentence: str) -> None:
    ask(staff.email)
    address = open_link(client, link_in(mail.outbox[0])).redirect_chain[-1][0]
    page = client.post(address, {"password1": password, "password2": password})

    assert page.status_code == 200
    assert sentence in page.text


class TestWhoeverIsSignedIn:
    def test_changes_it_and_is_told_by_mail(self, client: Client, staff) -> None:
        client.force_login(staff)
        answer = client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

        assert answer.url == "/account/2fa/"
        assert client.get("/account/2fa/").status_code == 200  # this session goes on
        (letter,) = post_arrives()
        assert letter.subject == "Your password was changed."
        assert "127.0.0.1" in letter.body
        assert "tell an administrator" in letter.body

    def test_must_know_the_present_one(self, client: Client, staff) -> None:
        client.force_login(staff)
        page = client.post("/account/password/change/", {"oldpassword": "no", "password1": NEW, "password2": NEW})
        assert "This is not your present password." in page.text

    def test_without_one_chooses_the_first(self, client: Client, reviewer) -> None:
        client.force_login(reviewer)
        assert client.get("/account/password/change/").url == "/account/password/set/"
        assert "Choose a password" in client.get("/account/password/set/").text
        assert client.post("/account/password/set/", {"password1": NEW, "password2": NEW}).status_code == 302
        reviewer.refresh_from_db()
        assert reviewer.check_password(NEW)
