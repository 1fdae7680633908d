"""The staff's door."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import NoReverseMatch, reverse

from procurement.accounts.adapter import StaffAccounts
from tests.procurement.accounts.conftest import PASSWORD

DOOR = "/account/login/"
NOT_TOGETHER = "Address and password do not belong together."


def knock(client: Client, address: str, password: str = PASSWORD, **more: str):
    return client.post(DOOR, {"login": address, "password": password, **more})


def test_the_page_asks_for_address_and_password_or_a_passkey(client: Client, db) -> None:
    page = client.get(DOOR)

    assert '<label for="id_login">Email address</label>' in page.text
    assert "placeholder" not in page.text
    assert "Sign in with a passkey" in page.text
    assert "sign up" not in page.text.lower()


def test_somebody_with_a_password_comes_in_and_goes_where_they_wanted(client: Client, staff) -> None:
    assert knock(client, " Ines.Varga@NORTHMOOR.example ", next="/vendors/?q=mail").url == "/vendors/?q=mail"
    assert client.session["_auth_user_id"] == str(staff.pk)
    assert not EmailAddress.objects.exists()


def test_nobody_is_led_to_another_host(client: Client, staff) -> None:
    assert knock(client, staff.email, next="https://elsewhere.example/").url == "/"


def test_a_new_session_begins_with_the_sign_in(client: Client, staff) -> None:
    client.get(DOOR)
    assert "countersign-session" not in client.cookies  # looking at the page begins none
    knock(client, staff.email)
    cookie = client.cookies["countersign-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]  # it ends with the browser, and on the server after a working day


def test_known_and_unknown_addresses_get_the_same_answer(client: Client, staff) -> None:
    known = knock(client, staff.email, "wrong")
    unknown = knock(client, "nobody@northmoor.example", "wrong")

    assert known.status_code == unknown.status_code == 200
    assert NOT_TOGETHER in known.text
    assert NOT_TOGETHER in unknown.text


def test_what_was_typed_is_kept_but_the_password(client: Client, staff) -> None:
    page = knock(client, staff.email, "not this one")
    assert f'value="{staff.email}"' in page.text
    assert "not this one" not in page.text


def test_five_wrong_tries_are_enough_for_five_minutes(client: Client, staff) -> None:
    for _try in range(5):
        knock(client, staff.email, "wrong")
    # a new address in X-Forwarded-For makes no new count
    blocked = client.post(
        DOOR, {"login": staff.email, "password": PASSWORD}, headers={"X-Forwarded-For": "203.0.113.7"}
    )

    assert "Too many tries with this address." in blocked.text
    assert "_auth_user_id" not in client.session


@pytest.mark.slow
def test_many_tries_from_one_place_get_a_page_that_says_so(client: Client, db) -> None:
    answers = [knock(client, f"somebody{number}@northmoor.example", "wrong") for number in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many tries" in answers[-1].text


def test_a_closed_account_stays_closed(client: Client, staff) -> None:
    staff.is_active = False
    staff.save()

    answer = knock(client, staff.email)
    assert answer.url == "/account/inactive/"
    assert "This account is closed" in client.get(answer.url).text


def test_a_contact_cannot_sign_in_here(client: Client, contact) -> None:
    assert NOT_TOGETHER in knock(client, contact.user.email).text


def test_not_even_something_that_proves_who_they_are_lets_a_contact_in(rf, contact) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        StaffAccounts().pre_login(rf.get("/"), contact.user)


def test_nobody_signs_themselves_up(client: Client, rf, staff) -> None:
    assert StaffAccounts().is_open_for_signup(rf.get("/")) is False
    for name in ("account_signup", "account_email", "account_confirm_email", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    client.force_login(staff)
    assert client.get("/account/signup/").status_code == 404


def test_a_mail_without_a_text_of_ours_is_never_sent() -> None:
    with pytest.raises(ValueError, match="unknown_account"):
        StaffAccounts().send_mail("account/email/unknown_account", "a@b.example", {})


def test_signing_out_asks_first_and_ends_the_session(client: Client, staff) -> None:
    client.force_login(staff)

    assert "Sign out?" in client.get("/account/logout/").text
    assert client.get("/account/2fa/").status_code == 200
    assert client.post("/account/logout/").url == DOOR
    assert client.get("/account/2fa/").status_code == 302
    assert "You are signed out." in client.get(DOOR).text


def test_the_demo_has_a_button_for_each_person(client: Client, staff, contact, settings) -> None:
    settings.DEMO = True
    page = client.get(DOOR)
    assert [person.name for person in page.context["demo_people"]] == ["Ines Varga"]
    assert client.get("/account/password/reset/").context.get("demo_people") is None
