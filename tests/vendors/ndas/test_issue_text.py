"""An administrator issues versions of our text; nothing issued is ever edited."""

import hashlib

import pytest

from tests.factories.ndas import accept, issue_text
from vendors.ledger.models import LedgerEntry
from vendors.ndas import starter
from vendors.ndas.models import NdaText
from vendors.people.actors import NotAllowed, Refused

PAGE = "/ndas/texts/new/"
TYPED = {
    "title": starter.TITLE,
    "body": starter.BODY.replace("\n", "\r\n"),
    "signatory_name": "Tomasz Reyk",
    "signatory_title": "Chief information security officer",
    "term_months": 36,
    "survival_months": 24,
    "destroy_days": 30,
}


def test_an_administrator_issues_the_first_version_from_our_starter(client, administrator):
    client.force_login(administrator)
    form = client.get(PAGE).content.decode()
    assert "# 1. Who agrees on what" in form
    assert client.post(PAGE, TYPED).url == "/ndas/texts/1/"
    text = NdaText.objects.get()
    assert (text.version, text.organisation) == (1, "Northmoor Health")
    assert "lasts 36 months" in text.body
    assert "\r" not in text.body
    assert text.sha256 == hashlib.sha256(text.body.encode()).hexdigest()
    entry = LedgerEntry.objects.get(verb="nda.text_issued")
    assert (entry.actor_label, entry.details["sha256"]) == ("Mei Okafor", text.sha256)
    page = client.get("/ndas/texts/1/").content.decode()
    assert "contacts are asked to accept it" in page
    assert text.sha256 in page


def test_the_next_version_starts_from_the_last_and_changes_nothing_that_was_signed(client, administrator, contact):
    first = issue_text()
    signed = accept(contact)
    client.force_login(administrator)
    assert "lasts [term_months] months" in client.get(PAGE).content.decode()
    client.post(PAGE, TYPED | {"term_months": 24})
    newest = NdaText.objects.first()
    assert newest.version == 2
    assert "lasts 24 months" in newest.body
    signed.refresh_from_db()
    assert (signed.text, signed.text_sha256) == (first, first.sha256)
    assert "replaced by a newer one" in client.get("/ndas/texts/1/").content.decode()
    listed = client.get("/ndas/texts/").content.decode()
    assert listed.index("Version 2") < listed.index("Version 1")


def test_a_version_that_says_the_same_is_not_issued(client, administrator):
    issue_text()
    client.force_login(administrator)
    assert "Version 1 says the same already" in client.post(PAGE, TYPED).content.decode()
    with pytest.raises(Refused):
        issue_text()


@pytest.mark.parametrize("role", ["requester", "reviewer", "approver", "auditor"])
def test_nobody_else_issues(client, request, role):
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert client.post(PAGE, TYPED).status_code == 403
    with pytest.raises(NotAllowed):
        issue_text(by=person)
    assert not NdaText.objects.exists()


@pytest.mark.parametrize(
    ("role", "list_status", "text_status"),
    [
        ("administrator", 200, 200),
        ("reviewer", 200, 200),
        ("auditor", 200, 200),
        ("requester", 403, 404),
        ("approver", 403, 404),
    ],
)
def test_who_reads_the_texts(client, request, role, list_status, text_status):
    client.force_login(request.getfixturevalue(role))
    issue_text()
    assert client.get("/ndas/texts/").status_code == list_status
    assert client.get("/ndas/texts/1/").status_code == text_status
    assert client.get("/ndas/texts/7/").status_code == 404


def test_an_empty_list_says_what_to_do(client, administrator):
    client.force_login(administrator)
    assert "Issue the first version" in client.get("/ndas/texts/").content.decode()


def test_a_text_of_markup_stays_text(client, administrator):
    issue_text(body="# <b>One</b>\n\n<script>alert(1)</script>")
    client.force_login(administrator)
    assert "<script>alert" not in client.get("/ndas/texts/1/").content.decode()
