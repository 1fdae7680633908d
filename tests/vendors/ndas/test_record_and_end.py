"""A reviewer records that we accepted a vendor's text, and that an agreement has ended."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.directory import make_vendor
from tests.factories.ndas import accept, issue_text, record
from tests.factories.vault import pdf_bytes
from vendors.calendar import clock
from vendors.ledger.queries import entries_about
from vendors.ndas import access
from vendors.ndas.models import Nda
from vendors.ndas.queries import nda_in_force
from vendors.ndas.services import end_nda
from vendors.people.actors import NotAllowed, Refused

TODAY = "2026-11-23T09:00:00Z"
PDF = pdf_bytes(pages=2)


def page(vendor):
    return f"/vendors/{vendor.pk}/ndas/record/"


@pytest.fixture
def typed():
    return {
        "paper": "trust_center",
        "title": "Quillhaven trust center NDA, version 2",
        "starts_on": clock.today().isoformat(),
        "signer_name": "Ines Varga",
        "signer_title": "Security review",
        "text_address": "trust.quillhaven.example/nda",
    }


def test_a_reviewer_records_a_click_through(client, reviewer, vendor, typed):
    client.force_login(reviewer)
    assert 'value="Ines Varga"' in client.get(page(vendor)).content.decode()
    answer = client.post(page(vendor), typed)
    nda = Nda.objects.get()
    assert answer.url == f"/ndas/{nda.pk}/"
    assert (nda.paper, nda.signs_for, nda.recorded_by) == ("trust_center", "Northmoor Health", "Ines Varga")
    assert nda.text_address == "https://trust.quillhaven.example/nda"
    assert (nda.ends_on, nda.survives_until, nda.destroy_by) == (None, None, None)
    assert nda_in_force(vendor, clock.today()) == nda
    assert nda_in_force(vendor, clock.today() + timedelta(days=5000)) == nda
    assert entries_about(vendor.pk).first().verb == "nda.recorded"
    shown = client.get(answer.url).content.decode()
    assert "In force, no end named" in shown
    assert "https://trust.quillhaven.example/nda" in shown


def test_dates_that_follow_are_worked_out(client, reviewer, vendor, typed, time_machine):
    time_machine.move_to(TODAY)
    client.force_login(reviewer)
    client.post(
        page(vendor),
        typed | {"starts_on": "2026-01-31", "ends_on": "2027-01-31", "survival_months": 36, "destroy_days": 10},
    )
    nda = Nda.objects.get()
    assert (nda.survives_until, nda.destroy_by) == (date(2030, 1, 31), date(2030, 2, 10))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_on": "2026-11-24"}, "starts_on"),
        ({"ends_on": "2026-11-01", "starts_on": "2026-11-02"}, "ends_on"),
        ({"ends_on": "2026-11-22", "starts_on": "2026-11-02"}, "ends_on"),
        ({"text_address": ""}, "text_address"),
        ({"paper": "ours"}, "paper"),
        ({"paper": ""}, "paper"),
        ({"title": ""}, "title"),
        ({"text_address": "javascript:alert(1)"}, "text_address"),
    ],
)
def test_what_cannot_be_is_named(client, reviewer, vendor, typed, time_machine, changed, field):
    time_machine.move_to(TODAY)
    client.force_login(reviewer)
    answer = client.post(page(vendor), typed | {"starts_on": "2026-11-23"} | changed)
    assert field in answer.context["form"].errors
    assert not Nda.objects.exists()


def test_our_own_text_is_not_recorded_but_accepted(reviewer, vendor):
    with pytest.raises(Refused, match="accepted by the vendor in the portal"):
        record(vendor, by=reviewer, paper="ours")


def test_a_file_that_is_no_pdf_is_refused_with_a_sentence(client, reviewer, vendor, typed):
    client.force_login(reviewer)
    upload = SimpleUploadedFile("nda.pdf", b"<html>not a PDF</html>", content_type="application/pdf")
    answer = client.post(page(vendor), typed | {"file": upload})
    assert answer.context["form"].errors["file"]
    assert not Nda.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 403), ("requester", 404), ("approver", 404), ("administrator", 404)]
)
def test_nobody_else_records(client, request, vendor, typed, role, status):
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert client.post(page(vendor), typed).status_code == status
    with pytest.raises(NotAllowed):
        record(vendor, by=person)


def test_an_agreement_ended_early_holds_no_longer_and_its_duties_count_from_there(
    client, reviewer, contact, time_machine
):
    time_machine.move_to(TODAY)
    issue_text()
    nda = accept(contact, on=date(2026, 1, 15))
    client.force_login(reviewer)
    assert "This is not undone" in client.get(f"/ndas/{nda.pk}/end/").content.decode()
    client.post(f"/ndas/{nda.pk}/end/", {"reason": "Quillhaven gave notice"})
    nda.refresh_from_db()
    assert (nda.ended_on, nda.survives_until, nda.destroy_by) == (
        date(2026, 11, 23),
        date(2028, 11, 23),
        date(2028, 12, 23),
    )
    assert nda_in_force(contact.vendor, date(2026, 11, 22)) == nda
    assert nda.in_force_on(date(2026, 11, 22))
    assert nda_in_force(contact.vendor, date(2026, 11, 23)) is None
    assert not nda.in_force_on(date(2026, 11, 23))
    assert entries_about(contact.vendor_id).first().verb == "nda.ended"
    assert "Quillhaven gave notice" in client.get(f"/ndas/{nda.pk}/").content.decode()
    assert client.post(f"/ndas/{nda.pk}/end/", {"reason": "again"}).status_code == 409


def test_a_reason_is_needed_to_end_one(client, reviewer, vendor):
    nda = record(vendor, by=reviewer)
    client.force_login(reviewer)
    assert client.post(f"/ndas/{nda.pk}/end/", {"reason": ""}).status_code == 200
    nda.refresh_from_db()
    assert nda.ended_on is None


@pytest.mark.parametrize(
    ("role", "status"), [("auditor", 403), ("requester", 404), ("approver", 404), ("administrator", 404)]
)
def test_nobody_else_ends_one(client, request, vendor, reviewer, role, status):
    nda = record(vendor, by=reviewer)
    person = request.getfixturevalue(role)
    client.force_login(person)
    assert client.post(f"/ndas/{nda.pk}/end/", {"reason": "x"}).status_code == status
    with pytest.raises(NotAllowed):
        end_nda(nda=nda, reason="x", by=person, on=clock.today(), now=clock.now())


def test_the_agreement_that_holds_longest_counts(vendor, reviewer, time_machine):
    time_machine.move_to(TODAY)
    short = record(vendor, by=reviewer, ends_on=date(2027, 1, 1))
    longer = record(vendor, by=reviewer, ends_on=date(2028, 1, 1))
    assert nda_in_force(vendor, clock.today()) == longer
    unending = record(vendor, by=reviewer)
    assert nda_in_force(vendor, clock.today()) == unending
    assert short.in_force_on(clock.today())


def test_without_an_agreement_the_refusal_says_what_to_do(vendor, reviewer):
    with pytest.raises(Refused, match="No NDA with Quillhaven is in force"):
        access.check_nda_in_force(vendor, clock.today())
    nda = record(vendor, by=reviewer)
    assert access.check_nda_in_force(vendor, clock.today()) == nda.pk
    with pytest.raises(Refused):
        access.check_nda_in_force(make_vendor("Umber"), clock.today())


@pytest.mark.parametrize(
    ("role", "status"),
    [("reviewer", 200), ("auditor", 200), ("requester", 404), ("approver", 404), ("administrator", 404)],
)
def test_who_reads_an_agreement(client, request, vendor, role, status):
    nda = record(vendor, by=request.getfixturevalue("reviewer"))
    client.force_login(request.getfixturevalue(role))
    assert client.get(f"/ndas/{nda.pk}/").status_code == status
    for path in ("certificate", "file"):
        assert client.get(f"/ndas/{nda.pk}/{path}/").status_code == 404
    assert client.get("/ndas/999999/").status_code == 404


def test_a_pdf_of_the_text_is_kept_sealed_and_handed_out(client, reviewer, auditor, vendor, typed):
    client.force_login(reviewer)
    upload = SimpleUploadedFile("Quillhaven NDA.pdf", PDF, content_type="application/pdf")
    client.post(page(vendor), typed | {"file": upload, "text_address": ""})
    nda = Nda.objects.get()
    assert nda.text_sha256 == hashlib.sha256(PDF).hexdigest()
    client.force_login(auditor)
    assert "Quillhaven NDA.pdf" in client.get(f"/ndas/{nda.pk}/").content.decode()
    assert b"".join(client.get(f"/ndas/{nda.pk}/file/").streaming_content) == PDF
