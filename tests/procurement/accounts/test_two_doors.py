"""Contacts reach the portal and nothing else, the staff everything but that."""

import pytest
from django.test import Client

STAFF_PAGES = ["/vendors/", "/no/such/page/", "/people/", "/"]


@pytest.mark.parametrize("page", STAFF_PAGES)
def test_a_stranger_is_led_to_the_sign_in_page_whether_the_page_exists_or_not(client: Client, db, page: str) -> None:
    answer = client.get(page + "?q=mail")

    assert answer.status_code == 302
    assert answer.url == f"/account/login/?next={page}%3Fq%3Dmail"


def test_a_form_sent_by_a_stranger_leads_to_the_start_after_signing_in(client: Client, db) -> None:
    assert client.post("/vendors/new/").url == "/account/login/?next=/"


def test_a_part_of_a_page_asked_for_by_a_stranger_leads_the_whole_page_away(client: Client, db) -> None:
    answer = client.get("/vendors/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/account/login/"


@pytest.mark.parametrize(
    "page", ["/healthz", "/readyz", "/static/app.css", "/memos/verify/", "/account/login/", "/portal/"]
)
def test_a_stranger_is_not_led_away_from_what_is_for_anybody(client: Client, db, page: str) -> None:
    answer = client.get(page)
    assert not (answer.status_code == 302 and answer.url.startswith("/account/login/"))


@pytest.mark.parametrize("page", [*STAFF_PAGES, "/account/login/", "/account/2fa/", "/mailbox/"])
def test_a_contact_finds_no_page_of_the_staff(contact_client: Client, page: str) -> None:
    answer = contact_client.get(page)

    assert answer.status_code == 404
    assert answer.content == contact_client.get("/portal/no/such/page/").content


def test_a_contact_is_at_home_in_the_portal(contact_client: Client) -> None:
    assert contact_client.get("/portal/nda/").status_code == 200


@pytest.mark.parametrize("page", ["/portal/", "/portal/sign-in/", "/portal/i/some-token/"])
def test_a_member_of_staff_is_told_that_the_portal_is_for_vendors(client: Client, reviewer, page: str) -> None:
    client.force_login(reviewer)
    answer = client.get(page)

    assert answer.status_code == 404
    assert "This page is for vendors" in answer.text
    assert f'name="next" value="{page}"' in answer.text


def test_a_page_that_is_not_yours_says_so_and_an_act_that_nothing_was_changed(client: Client, auditor) -> None:
    client.force_login(auditor)
    opened, sent = client.get("/vendors/new/"), client.post("/vendors/new/", {"name": "Tarn"})

    assert (opened.status_code, sent.status_code) == (403, 403)
    assert "<h1>You may not open this page</h1>" in opened.text
    assert "Nothing was changed" not in opened.text
    assert "<h1>Nothing was changed</h1>" in sent.text
    assert [page.text.count("<h1") for page in (opened, sent)] == [1, 1]


def test_the_demo_lets_one_person_play_everybody(client: Client, contact_client: Client, settings) -> None:
    assert client.get("/mailbox/").status_code == 302
    settings.DEMO = True

    assert client.get("/mailbox/").status_code == 404  # the demo's addresses exist in demo mode only
    assert "This page is for vendors" not in contact_client.get("/mailbox/").text
