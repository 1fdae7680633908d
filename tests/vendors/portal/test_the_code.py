"""The code: ten minutes, one use, five tries, one browser."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings

from tests.factories.portal import code_for, post_arrives
from vendors.calendar import clock
from vendors.correspondence.models import MailOutage, OutgoingEmail
from vendors.people.actors import Refused
from vendors.portal import services
from vendors.portal.models import SignInCode

PAGE = "/portal/code/"


@pytest.fixture
def asked(client, contact):
    """A browser in front of the code page, and the code in the mailbox."""
    client.post("/portal/sign-in/", {"email": contact.email})
    return code_for(contact.email)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"


def is_in(client):
    return client.get("/portal/").status_code == 200


def test_the_code_page_is_nothing_without_a_code_on_its_way(client, db):
    assert client.get(PAGE).url == "/portal/sign-in/"
    assert client.post("/portal/code/again/").url == "/portal/sign-in/"


def test_spaces_in_a_pasted_code_do_not_matter(client, asked):
    client.post(PAGE, {"code": f" {asked[:3]} {asked[3:]} "})
    assert is_in(client)


def test_an_empty_code_costs_no_try(client, asked):
    assert "Type the six digits" in client.post(PAGE, {"code": ""}).content.decode()
    assert SignInCode.objects.get().wrong_tries == 0


def test_a_wrong_code_says_how_many_tries_are_left(client, asked):
    assert "4 tries left" in client.post(PAGE, {"code": wrong(asked)}).content.decode()
    assert "3 tries left" in client.post(PAGE, {"code": wrong(asked)}).content.decode()
    client.post(PAGE, {"code": asked})
    assert is_in(client)


def test_after_five_wrong_tries_the_right_code_is_dead(client, asked):
    answers = [client.post(PAGE, {"code": wrong(asked)}).content.decode() for _number in range(5)]
    assert "1 try left" in answers[3]
    assert "for the fifth time" in answers[4]
    assert "does not work any more" in client.post(PAGE, {"code": asked}).content.decode()
    assert not is_in(client)


def test_the_code_dies_after_ten_minutes(client, contact, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    client.post("/portal/sign-in/", {"email": contact.email})
    code = code_for(contact.email)
    time_machine.shift(timedelta(minutes=9, seconds=30))
    assert "1 more minute," in client.get(PAGE).content.decode()
    time_machine.shift(timedelta(seconds=30))
    assert "The last code does not work any more" in client.get(PAGE).content.decode()
    assert "does not work any more" in client.post(PAGE, {"code": code}).content.decode()
    assert not is_in(client)


def test_the_code_works_once(client, asked):
    code_id = SignInCode.objects.get().pk
    browser = client.session["portal_pending"]["browser"]
    client.post(PAGE, {"code": asked})
    with pytest.raises(Refused):
        services.come_in(code_id=code_id, browser=browser, typed=asked, ip=None, now=clock.now())


def test_the_code_works_in_the_browser_that_asked_only(client, contact, asked):
    other = Client()
    other.post("/portal/sign-in/", {"email": contact.email})
    other.post(PAGE, {"code": asked})
    assert not is_in(other)
    with pytest.raises(Refused):
        services.come_in(code_id=SignInCode.objects.last().pk, browser="stolen?", typed=asked, ip=None, now=clock.now())
    client.post(PAGE, {"code": asked})
    assert is_in(client)


def test_a_new_code_replaces_the_old_one_in_this_browser(client, contact, asked):
    client.post("/portal/code/again/")
    newest = code_for(contact.email)
    client.post(PAGE, {"code": newest})
    assert is_in(client)


def test_the_code_is_kept_nowhere_readable(client, contact, asked):
    row = SignInCode.objects.get()
    kept = str(vars(row)) + str(client.session.items())
    kept += "".join(mail.text + mail.html + mail.subject for mail in OutgoingEmail.objects.all())
    assert asked not in kept
    assert contact.email not in str(vars(row))


def test_codes_are_six_random_digits(db):
    from vendors.portal.codes import new_code

    made = {new_code() for _number in range(500)}
    assert all(re.fullmatch(r"\d{6}", code) for code in made)
    assert len(made) > 490


def test_coming_in_makes_a_new_session(client, asked):
    before = client.session.session_key
    client.post(PAGE, {"code": asked})
    assert client.session.session_key != before
    assert "portal_pending" not in client.session


@override_settings(CELERY_BROKER_URL="")
def test_with_a_dead_broker_the_web_process_sends_the_code(client, contact, django_capture_on_commit_callbacks):
    post_arrives()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/portal/sign-in/", {"email": contact.email})
    assert len(mail.outbox) == 1
    client.post(PAGE, {"code": code_for(contact.email)})
    assert is_in(client)


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=9)
def test_with_mail_down_too_the_person_reads_a_plain_sentence(contact, django_capture_on_commit_callbacks):
    pages = []
    for address in (contact.email, "nobody@quillhaven.example"):
        browser = Client()
        with django_capture_on_commit_callbacks(execute=True):
            assert browser.post("/portal/sign-in/", {"email": address}).status_code == 302
        pages.append(browser.get(PAGE).content.decode())
    assert all("Our mail server has not answered since" in page for page in pages)
    assert MailOutage.objects.exists()


def test_old_codes_are_forgotten_after_a_month(client, asked):
    from vendors.portal.tasks import forget_old_codes

    assert forget_old_codes() == 0
    assert services.forget_old_codes(now=clock.now() + timedelta(days=31)) == 1
    assert client.post(PAGE, {"code": asked}).status_code == 200
    assert client.post("/portal/code/again/").status_code == 302
