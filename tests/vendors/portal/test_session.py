"""A contact's session: how long it lasts, how it ends, where it leads."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from tests.factories.contacts import signed_in
from vendors.calendar import clock
from vendors.portal.session import contact_of


@pytest.fixture
def now(time_machine):
    time_machine.move_to(clock.now(), tick=False)
    return time_machine


def test_fifteen_idle_minutes_end_it_and_the_way_back_is_kept(now, contact):
    client = signed_in(contact)
    now.shift(timedelta(minutes=15))
    assert client.get("/portal/nda/").url == "/portal/sign-in/?next=%2Fportal%2Fnda%2F&why=idle"
    assert not Session.objects.exists()


def test_every_click_starts_the_fifteen_minutes_anew(now, contact):
    client = signed_in(contact)
    for _number in range(6):
        now.shift(timedelta(minutes=14))
        assert client.get("/portal/nda/").status_code == 200


@pytest.mark.slow
def test_eight_hours_end_it_whatever_happens(now, contact):
    client = signed_in(contact)
    for _number in range(34):
        now.shift(timedelta(minutes=14))
        assert client.get("/portal/nda/").status_code == 200
    now.shift(timedelta(minutes=4))
    assert client.get("/portal/nda/").url.endswith("why=long")


def test_signing_out_kills_it_on_the_server(contact):
    client = signed_in(contact)
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert stolen.get("/portal/nda/").status_code == 200
    assert client.post("/portal/sign-out/").url == "/portal/sign-in/?why=out"
    assert stolen.get("/portal/nda/").status_code == 302
    assert client.get("/portal/sign-out/").status_code == 405


def test_a_contact_signed_in_elsewhere_than_at_the_door_is_signed_out(contact):
    client = Client()
    client.force_login(contact.user)
    assert client.get("/portal/nda/").url.endswith("why=access")
    assert client.get("/portal/nda/").url == "/portal/sign-in/?next=%2Fportal%2Fnda%2F"


def test_a_session_speaks_for_its_own_contact_only(contact, stranger):
    client = signed_in(contact)
    kept = client.session
    kept["portal_contact"] = stranger.pk
    kept.save()
    assert client.get("/portal/nda/").status_code == 302


def test_a_closed_account_is_out_at_once(contact, contact_client):
    contact.user.is_active = False
    contact.user.save()
    assert contact_client.get("/portal/nda/").status_code == 302


def test_a_form_sent_too_late_leads_to_the_door_without_its_address(now, contact):
    client = signed_in(contact)
    now.shift(timedelta(minutes=20))
    assert client.post("/portal/nda/", {}).url == "/portal/sign-in/?why=idle"


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(client, db):
    answer = client.get("/portal/nda/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/portal/sign-in/"


def test_what_the_portal_shows_is_kept_by_no_cache(contact_client):
    assert "no-store" in contact_client.get("/portal/nda/")["Cache-Control"]


def test_a_contact_finds_no_page_of_the_staff(contact_client, contact):
    for path in ("/", "/vendors/", f"/vendors/{contact.vendor_id}/", "/ndas/texts/", "/people/", "/account/login/"):
        assert contact_client.get(path).status_code == 404


def test_staff_get_no_contact_and_no_portal(client, reviewer):
    client.force_login(reviewer)
    assert client.get("/portal/nda/").status_code == 404
    request = RequestFactory().get("/")
    request.user = reviewer
    with pytest.raises(PermissionDenied):
        contact_of(request)


def test_a_long_upload_is_no_idle_time(now, contact, monkeypatch):
    """The time is noted after the answer: the session lives on although the request took twenty minutes."""
    from vendors.ndas import queries

    client = signed_in(contact)
    unhurried = queries.nda_in_force

    def slowly(*arguments):
        now.shift(timedelta(minutes=20))
        return unhurried(*arguments)

    monkeypatch.setattr(queries, "nda_in_force", slowly)
    assert client.get("/portal/nda/").status_code == 200
    monkeypatch.undo()
    assert client.get("/portal/nda/").status_code == 200
