"""The certificate: both parties on one page, the exact text attached, made once."""

import hashlib
import io

import pytest
from pypdf import PdfReader

from tests.factories.contacts import signed_in
from tests.factories.ndas import accept, issue_text, record
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.ndas import tasks
from vendors.ndas.certificate_pdf import certificate_html
from vendors.ndas.models import Nda
from vendors.ndas.services import certificates, make_certificate
from vendors.people.actors import SYSTEM
from vendors.printing.services import PrintingUnavailable
from vendors.vault.models import CustodyEntry, StoredFile
from vendors.vault.services import read_bytes


@pytest.fixture
def nda(contact, time_machine):
    time_machine.move_to("2025-08-18T12:14:05Z", tick=False)
    issue_text()
    return accept(contact)


def download(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer, b"".join(answer.streaming_content)


def test_the_page_names_both_parties_and_how_it_was_accepted(nda):
    page = certificate_html(nda)
    for said in (
        "Tomasz Reyk",
        "for Northmoor Health",
        "Jonah Pell",
        "for Quillhaven Software, Inc.",
        "18 Aug 2025, 14:14 CEST",
        "2025-08-18 12:14:05 UTC",
        "18 August 2025 to 18 August 2028",
        "18 August 2030",
        "17 September 2030",
        "192.0.2.17",
        "Firefox/140.0",
        nda.text_sha256,
        "I may sign for Quillhaven Software, Inc.",
    ):
        assert said in page


def test_what_people_typed_stays_text(nda):
    nda.signer_name = '<img src="file:///etc/passwd">'
    assert "<img" not in certificate_html(nda)


@pytest.mark.slow
def test_both_sides_download_the_same_certificate_and_custody_says_so(client, nda, reviewer, contact):
    tasks.make_certificate(nda.pk)
    client.force_login(reviewer)
    answer, ours = download(client, f"/ndas/{nda.pk}/certificate/")
    _answer, theirs = download(signed_in(contact), f"/portal/nda/{nda.pk}/certificate/")
    assert ours == theirs
    assert answer["Content-Disposition"] == f'attachment; filename="NDA certificate NDA-{nda.pk}.pdf"'
    pdf = PdfReader(io.BytesIO(ours))
    assert len(pdf.pages) <= 2
    said = " ".join(pdf.pages[0].extract_text().split())
    assert "Tomasz Reyk" in said
    assert "Jonah Pell" in said
    ((name, (attached,)),) = pdf.attachments.items()
    assert name == "nda-version-1.txt"
    assert hashlib.sha256(attached).hexdigest() == nda.text_sha256
    whos = CustodyEntry.objects.filter(action="downloaded").order_by("pk").values_list("who", "who_kind")
    assert list(whos) == [("Ines Varga", "staff"), ("Jonah Pell", "contact")]


@pytest.mark.slow
def test_it_is_made_once_however_often_it_is_asked_for(nda):
    for _number in range(3):
        made = make_certificate(nda_id=nda.pk, now=clock.now())
    tasks.make_missing_certificates()
    assert StoredFile.objects.count() == 1
    assert made.certificate == StoredFile.objects.get()
    assert LedgerEntry.objects.filter(verb="nda.certified").count() == 1


@pytest.mark.slow
def test_the_scan_makes_what_a_lost_nudge_left_behind(nda, contact):
    assert "is being made" in signed_in(contact).get(f"/portal/nda/{nda.pk}/").content.decode()
    tasks.make_missing_certificates()
    assert Nda.objects.get().certificate is not None
    assert "Download certificate" in signed_in(contact).get(f"/portal/nda/{nda.pk}/").content.decode()


@pytest.mark.slow
def test_the_longest_names_stay_within_two_pages(nda):
    nda.signer_name, nda.signer_title, nda.signs_for = "W" * 120, "x " * 60, "Very long company name " * 6
    nda.signer_browser = "Mozilla/5.0 " * 25
    Nda.objects.filter(pk=nda.pk).update(
        signer_name=nda.signer_name,
        signer_title=nda.signer_title,
        signs_for=nda.signs_for,
        signer_browser=nda.signer_browser,
    )
    tasks.make_certificate(nda.pk)
    content = read_bytes(Nda.objects.get().certificate, by=SYSTEM, purpose="test", at=clock.now())
    assert len(PdfReader(io.BytesIO(content)).pages) <= 2


@pytest.mark.slow
def test_two_workers_at_once_keep_one_certificate(nda, monkeypatch):
    """The second finds the first one's certificate when its own is printed, and throws its own away."""
    printing = certificates.render

    def while_another_worker_is_faster(found):
        monkeypatch.setattr(certificates, "render", printing)
        make_certificate(nda_id=nda.pk, now=clock.now())
        return printing(found)

    monkeypatch.setattr(certificates, "render", while_another_worker_is_faster)
    make_certificate(nda_id=nda.pk, now=clock.now())
    assert StoredFile.objects.count() == 1


def test_there_is_no_download_before_it_is_made(nda, contact):
    assert signed_in(contact).get(f"/portal/nda/{nda.pk}/certificate/").status_code == 404


def test_a_machine_that_cannot_print_says_so_and_tries_again(client, nda, reviewer, monkeypatch):
    def unavailable(_nda):
        raise PrintingUnavailable("PDF pending: this machine lacks the libraries that lay out text.")

    monkeypatch.setattr(certificates, "render", unavailable)
    tasks.make_missing_certificates()
    client.force_login(reviewer)
    assert "PDF pending: this machine lacks" in client.get(f"/ndas/{nda.pk}/").content.decode()
    assert client.get(f"/ndas/{nda.pk}/certificate/").status_code == 404


def test_a_vendors_own_text_needs_no_certificate(vendor, reviewer):
    recorded = record(vendor, by=reviewer)
    assert make_certificate(nda_id=recorded.pk, now=clock.now()).certificate is None
