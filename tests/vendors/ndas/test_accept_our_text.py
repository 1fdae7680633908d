"""A contact reads our text and accepts it for its vendor."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories.contacts import make_contact, signed_in
from tests.factories.ndas import accept, issue_text, record
from tests.factories.portal import post_arrives
from vendors.calendar import clock
from vendors.directory.services import edit_vendor
from vendors.ledger.queries import entries_about
from vendors.ndas.models import Nda
from vendors.ndas.queries import nda_in_force, ndas_of
from vendors.ndas.services import accept_our_text
from vendors.people.actors import NotAllowed, Refused

PAGE = "/portal/nda/"


@pytest.fixture
def text(db):
    return issue_text()


def typed(text, **changed):
    return {
        "version": text.version,
        "sha256": text.sha256,
        "signs_for": "Quillhaven Software, Inc.",
        "signer_name": "Jonah Pell",
        "signer_title": "Head of Security",
        "may_sign": "on",
        **changed,
    }


def test_the_text_reads_like_a_document_with_its_hash(contact_client, text):
    page = contact_client.get(PAGE).content.decode()
    assert "<h3>1. Who agrees on what</h3>" in page
    assert text.sha256 in page
    assert "I may sign for Quillhaven Software, Inc." in page
    assert 'value="Jonah Pell"' in page


def test_a_contact_accepts_and_the_record_says_who_when_where_and_what(contact_client, contact, text, time_machine):
    time_machine.move_to("2025-08-18T22:30:00Z", tick=False)  # half past midnight on the 19th in Vienna
    client = signed_in(contact)
    answer = client.post(
        PAGE, typed(text), headers={"user-agent": "Mozilla/5.0 " + "x" * 400}, REMOTE_ADDR="192.0.2.17"
    )
    nda = Nda.objects.get()
    assert answer.url == f"/portal/nda/{nda.pk}/"
    assert (nda.paper, nda.text, nda.text_sha256) == ("ours", text, text.sha256)
    assert (nda.signer_name, nda.signer_title, nda.signs_for) == (
        "Jonah Pell",
        "Head of Security",
        "Quillhaven Software, Inc.",
    )
    assert (nda.signer_email, nda.signer_address) == ("jonah.pell@quillhaven.example", "192.0.2.17")
    assert len(nda.signer_browser) == 300
    assert (nda.starts_on, nda.ends_on) == (date(2025, 8, 19), date(2028, 8, 19))
    assert (nda.survives_until, nda.destroy_by) == (date(2030, 8, 19), date(2030, 9, 18))
    entry = entries_about(contact.vendor_id).first()
    assert (entry.verb, entry.actor_kind, entry.details["sha256"]) == ("nda.accepted", "contact", text.sha256)
    page = client.get(answer.url).content.decode()
    assert "In force until 19 August 2028" in page
    assert "is being made" in page


def test_both_sides_get_mail(contact_client, contact, text):
    arrived = len(post_arrives())
    contact_client.post(PAGE, typed(text))
    receipt, notice = post_arrives()[arrived:]
    nda = Nda.objects.get()
    assert receipt.to == ["Jonah Pell <jonah.pell@quillhaven.example>"]
    assert receipt.subject == "Receipt: you accepted the NDA of Northmoor Health for Quillhaven Software, Inc."
    assert text.sha256 in receipt.body
    assert f"/portal/nda/{nda.pk}/" in receipt.alternatives[0].content
    assert notice.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert notice.subject == "Quillhaven accepted our NDA"


def test_without_an_inviter_only_the_signer_gets_mail(contact_client, contact, text):
    contact.invitations.update(invited_by=None)
    arrived = len(post_arrives())
    contact_client.post(PAGE, typed(text))
    assert len(post_arrives()) == arrived + 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"may_sign": ""}, "Tick that you may sign for Quillhaven Software, Inc."),
        ({"signer_name": " "}, "signer_name"),
        ({"signer_title": ""}, "signer_title"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_signed(contact_client, text, changed, says):
    page = contact_client.post(PAGE, typed(text, **changed)).content.decode()
    assert says in page
    assert 'aria-invalid="true"' in page
    assert not Nda.objects.exists()


def test_a_newer_version_issued_in_between_is_read_first(contact_client, contact, text):
    newer = issue_text(body="# New\n\nAnother text.")
    answer = contact_client.post(PAGE, typed(text, signer_title="Owner of security"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "A newer version was issued while you were reading" in page
    assert "Another text." in page
    assert 'value="Owner of security"' in page
    assert not Nda.objects.exists()
    contact_client.post(PAGE, typed(newer))
    assert Nda.objects.get().text == newer


def test_a_forged_hash_or_version_signs_nothing(contact_client, text):
    for changed in ({"sha256": "0" * 64}, {"version": 9}, {"version": "x"}):
        contact_client.post(PAGE, typed(text, **changed))
    assert not Nda.objects.exists()


def test_a_changed_legal_name_is_shown_before_it_is_signed_for(contact_client, contact, text, reviewer):
    edit_vendor(
        vendor=contact.vendor,
        name="Quillhaven",
        legal_name="Quillhaven Labs GmbH",
        domain="quillhaven.example",
        by=reviewer,
        at=clock.now(),
    )
    page = contact_client.post(PAGE, typed(text)).content.decode()
    assert "I may sign for Quillhaven Labs GmbH" in page
    assert not Nda.objects.exists()


def test_two_clicks_sign_once(contact_client, text):
    contact_client.post(PAGE, typed(text))
    again = contact_client.post(PAGE, typed(text), follow=True)
    assert "accepted this text already" in again.content.decode()
    assert Nda.objects.count() == 1


@pytest.mark.slow
def test_the_next_one_may_be_signed_when_this_one_ends_soon(contact, text, time_machine):
    time_machine.move_to("2025-08-18T08:00:00Z", tick=False)
    first = accept(contact)
    assert "Read and sign the next one" not in signed_in(contact).get(PAGE).content.decode()
    time_machine.move_to("2028-06-01T08:00:00Z", tick=False)
    client = signed_in(contact)
    assert "Read and sign the next one" in client.get(PAGE).content.decode()
    assert "<h3>1. Who agrees on what</h3>" in client.get(PAGE + "?again=1").content.decode()
    client.post(PAGE, typed(text))
    assert ndas_of(contact.vendor).count() == 2
    first.refresh_from_db()
    assert first.ends_on == date(2028, 8, 18)
    assert nda_in_force(contact.vendor, date(2028, 9, 1)) != first


def test_a_newer_text_is_offered_and_the_old_agreement_stays(contact_client, contact, text):
    signed = accept(contact)
    issue_text(body="# New\n\nAnother text.")
    page = contact_client.get(PAGE).content.decode()
    assert "Read and sign the next one" in page
    assert nda_in_force(contact.vendor, clock.today()) == signed


def test_where_we_accepted_the_vendors_text_nothing_is_asked(contact_client, contact, reviewer, text):
    record(contact.vendor, by=reviewer)
    page = contact_client.get(PAGE).content.decode()
    assert "Quillhaven trust center NDA, version 2" in page
    assert "Ines Varga accepted it for Northmoor Health" in page


def test_before_a_text_is_issued_the_page_says_so(contact_client, contact):
    assert "Nothing to sign yet" in contact_client.get(PAGE).content.decode()
    assert contact_client.post(PAGE, {}).status_code == 404


def test_a_contact_of_another_vendor_sees_none_of_it(contact, stranger, text):
    nda = accept(contact)
    elsewhere = signed_in(stranger)
    assert elsewhere.get(f"/portal/nda/{nda.pk}/").status_code == 404
    assert elsewhere.get(f"/portal/nda/{nda.pk}/certificate/").status_code == 404
    assert elsewhere.get("/portal/nda/999999/").status_code == 404
    assert "Quillhaven" not in elsewhere.get(PAGE).content.decode()


@pytest.mark.parametrize("missing", ["signer_name", "signer_title"])
def test_an_act_without_name_or_title_is_refused(contact, text, missing):
    with pytest.raises(Refused) as refused:
        accept_our_text(
            contact=contact,
            **typed(text, **{"may_sign": True, missing: "\n"}),
            address=None,
            browser="",
            by=contact.user,
            on=clock.today(),
            now=clock.now(),
        )
    assert refused.value.field == missing


def test_nobody_accepts_for_another_vendor(contact, stranger, text, reviewer):
    for person in (stranger.user, reviewer):
        with pytest.raises(NotAllowed):
            accept_our_text(
                contact=contact,
                **typed(text, may_sign=True),
                address=None,
                browser="",
                by=person,
                on=clock.today(),
                now=clock.now(),
            )


def test_a_colleague_sees_what_was_signed(contact, reviewer, text):
    nda = accept(contact)
    colleague = signed_in(make_contact(contact.vendor, "Mara Toll", by=reviewer))
    assert "Jonah Pell" in colleague.get(f"/portal/nda/{nda.pk}/").content.decode()


def test_the_page_is_behind_the_door(db):
    assert Client().get(PAGE).status_code == 302


def test_a_hostile_name_signs_as_one_line(contact_client, text):
    contact_client.post(PAGE, typed(text, signer_name="Jonah\r\nBcc: all@example.org <b>"))
    assert Nda.objects.get().signer_name == "Jonah Bcc: all@example.org <b>"
    post_arrives()


def test_in_force_counts_both_ends(contact, text):
    nda = accept(contact, on=date(2025, 8, 18))
    for day, holds in ((date(2025, 8, 17), False), (date(2025, 8, 18), True), (date(2028, 8, 18), True)):
        assert (nda_in_force(contact.vendor, day) == nda) == holds == nda.in_force_on(day)
    assert nda_in_force(contact.vendor_id, date(2028, 8, 18) + timedelta(days=1)) is None
