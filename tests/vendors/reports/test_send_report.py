"""A contact sends the report: receipt with SHA-256, mail to both sides, and a plain sentence for every bad file."""

import hashlib
from datetime import timedelta

import pytest

from tests.factories import ndas
from tests.factories.contacts import signed_in
from tests.factories.reports import accepted_report, received_report
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import services
from vendors.reports.models import Grant, Report
from vendors.vault.models import CustodyEntry, StoredFile

pytestmark = pytest.mark.django_db

SCRIPT = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def page_of(asked) -> str:
    return f"/portal/requests/{asked.pk}/upload/"


def kept_files(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_page_offers_the_upload_under_the_nda(contact_client, asked, nda):
    page = contact_client.get(page_of(asked)).content.decode()
    assert "data-upload" in page
    assert str(nda) in page
    assert 'action="' + page_of(asked) + '"' in page


def test_a_plain_form_leads_to_the_receipt(contact_client, contact, asked, nda, reviewer):
    content = pdf_bytes(pages=12)
    answer = contact_client.post(page_of(asked), {"file": upload(content, name="Quillhaven SOC2.pdf")})
    report = Report.objects.get()
    assert answer["Location"] == f"/portal/reports/{report.pk}/receipt/"
    page = contact_client.get(answer["Location"]).content.decode()
    assert hashlib.sha256(content).hexdigest() in page
    assert "Quillhaven SOC2.pdf" in page
    assert "Nobody has opened it yet." in page
    assert (report.page_count, report.received_from, report.nda) == (12, "Jonah Pell", nda)
    asked.refresh_from_db()
    assert not asked.is_open


def test_a_script_is_told_where_to_go(contact_client, asked, nda):
    answer = contact_client.post(page_of(asked), {"file": upload()}, **SCRIPT)
    assert answer.json() == {"redirect": f"/portal/reports/{Report.objects.get().pk}/receipt/"}


def test_both_sides_get_a_mail_and_waiting_ones_are_called_back(contact_client, contact, asked, nda, reviewer):
    contact_client.post(page_of(asked), {"file": upload()})
    report = Report.objects.get()
    receipt = OutgoingEmail.objects.get(kind="vendors/reports/email/receipt")
    assert receipt.to_email == contact.email
    assert report.file.sha256 in receipt.text
    assert report.file.sha256 in receipt.html.replace(" ", "")
    arrived = OutgoingEmail.objects.get(kind="vendors/reports/email/report_arrived")
    assert arrived.to_email == reviewer.email
    assert "Jonah Pell sent the report you asked for." in arrived.text
    assert OutgoingEmail.objects.get(kind="vendors/reports/email/report_requested").state == State.CANCELLED


def test_whoever_asked_may_open_it(contact_client, asked, nda, reviewer):
    contact_client.post(page_of(asked), {"file": upload()})
    grant = Grant.objects.get()
    assert (grant.user, grant.report) == (reviewer, Report.objects.get())
    assert CustodyEntry.objects.filter(action="sealed", who="Jonah Pell").exists()
    assert LedgerEntry.objects.filter(verb="report.received", actor_label="Jonah Pell").exists()


def test_the_same_file_twice_is_one_report_and_a_note(contact_client, asked, nda, a_minute_passes):
    contact_client.post(page_of(asked), {"file": upload(name="first.pdf")})
    a_minute_passes()
    again = contact_client.post(page_of(asked), {"file": upload(name="second.pdf")}, follow=True)
    assert "already. It is kept once." in again.content.decode()
    assert Report.objects.count() == StoredFile.objects.filter(purpose="report").count() == 1
    assert OutgoingEmail.objects.filter(kind="vendors/reports/email/receipt").count() == 1


def test_another_file_is_kept_beside_the_first_until_one_is_accepted(contact_client, contact, asked, nda, reviewer):
    contact_client.post(page_of(asked), {"file": upload(pdf_bytes(pages=1))})
    contact_client.post(page_of(asked), {"file": upload(pdf_bytes(pages=2))})
    assert asked.reports.count() == 2
    accepted_report(contact.vendor, by=reviewer, request=asked, content=pdf_bytes(pages=30))
    page = contact_client.get(page_of(asked)).content.decode()
    assert "Nothing to send here" in page


def test_the_same_bytes_of_two_vendors_are_two_reports(contact_client, asked, nda, stranger, reviewer):
    ndas.record(stranger.vendor, by=reviewer)
    received_report(stranger.vendor, by=reviewer, content=pdf_bytes())
    contact_client.post(page_of(asked), {"file": upload()})
    assert Report.objects.count() == 2


BAD_FILES = {
    "not a PDF by name": (upload(b"MZ\x90", name="report.exe", content_type="application/x-dosexec"), 422, "not a PDF"),
    "a web page in disguise": (upload(b"<!doctype html><p>Sign in", name="report.pdf"), 422, "web page"),
    "an Office file in disguise": (upload(b"PK\x03\x04....", name="report.pdf"), 422, "ZIP or Office"),
    "nothing at all": (upload(b"", name="report.pdf"), 422, "0 bytes"),
    "half a PDF": (upload(pdf_bytes(pages=3)[:400], name="report.pdf"), 422, "end of this PDF is missing"),
}


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize("case", BAD_FILES)
def test_a_bad_file_is_answered_with_a_sentence_and_leaves_nothing(
    contact_client, asked, nda, vault_folder, case, script
):
    file, status, words = BAD_FILES[case]
    file.seek(0)
    answer = contact_client.post(page_of(asked), {"file": file}, **(SCRIPT if script else {}))
    assert answer.status_code == status
    sentence = answer.json()["error"] if script else answer.content.decode()
    assert words in sentence
    assert not Report.objects.exists()
    answer.close()
    answer.wsgi_request.close()
    assert kept_files(vault_folder) == []
    asked.refresh_from_db()
    assert asked.is_open


def test_a_file_over_the_limit_is_413(contact_client, asked, nda, settings, vault_folder):
    settings.MAX_UPLOAD_BYTES = 50_000
    answer = contact_client.post(page_of(asked), {"file": upload(b"%PDF-1.7" + b" " * 60_000)}, **SCRIPT)
    assert answer.status_code == 413
    assert "larger than" in answer.json()["error"]
    assert not Report.objects.exists()


def test_no_file_is_a_sentence(contact_client, asked, nda):
    answer = contact_client.post(page_of(asked), {})
    assert answer.status_code == 422
    assert "No file arrived" in answer.content.decode()


@pytest.mark.parametrize(
    "raw",
    [
        "../../etc/passwd.pdf",
        "..\\..\\windows\\report.pdf",
        "=cmd|' /C calc'!A0.pdf",
        "report\u202efdp.exe.pdf",
        "CON.pdf",
        ".htaccess.pdf",
        "<script>alert(1)</script>.pdf",
        "x" * 300 + ".pdf",
        "zw\u200bidth\u2066.pdf",
    ],
)
def test_a_hostile_name_is_cleaned_and_goes_out_harmless(contact_client, asked, nda, raw):
    answer = contact_client.post(page_of(asked), {"file": upload(name=raw)})
    assert answer.status_code == 302, answer.content.decode()
    report = Report.objects.get()
    name = report.file.name
    assert not set(name) & set("\r\n\x00/\\\u202e")
    assert len(name) <= 120
    assert name.endswith(".pdf")
    page = contact_client.get(answer["Location"])
    assert "<script>alert" not in page.content.decode()
    download = contact_client.get(f"/portal/reports/{report.pk}/file/")
    assert download["Content-Disposition"].startswith("attachment")
    assert "\n" not in download["Content-Disposition"]
    download.close()


def test_a_name_that_breaks_its_header_is_no_pdf(contact_client, asked, nda):
    answer = contact_client.post(page_of(asked), {"file": upload(name="a\r\nSet-Cookie: x=1.pdf")})
    assert answer.status_code == 422
    assert "Set-Cookie" not in answer
    assert not Report.objects.exists()


def test_without_an_nda_the_page_asks_for_it_and_takes_nothing(contact_client, asked, vault_folder):
    assert "The NDA comes first" in contact_client.get(page_of(asked)).content.decode()
    answer = contact_client.post(page_of(asked), {"file": upload()}, **SCRIPT)
    assert answer.status_code == 409
    assert "NDA" in answer.json()["error"]
    assert not Report.objects.exists()


def test_an_nda_that_ended_between_page_and_file_takes_nothing(contact_client, asked, nda, reviewer):
    assert "data-upload" in contact_client.get(page_of(asked)).content.decode()
    from vendors.ndas.services import end_nda

    end_nda(nda=nda, reason="Replaced", by=reviewer, on=clock.today(), now=clock.now())
    answer = contact_client.post(page_of(asked), {"file": upload()})
    assert answer.status_code == 409
    assert "The NDA comes first" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_service_looks_at_the_nda_again(contact, asked, nda, reviewer):
    stale = type(nda).objects.get(pk=nda.pk)
    type(nda).objects.filter(pk=nda.pk).update(ended_on=clock.today() - timedelta(days=1))
    ndas.record(contact.vendor, by=reviewer)
    with pytest.raises(Refused, match="not in force any more"):
        services.receive_report(
            vendor=contact.vendor,
            request=asked,
            upload=upload(),
            nda=stale,
            by=contact.user,
            now=clock.now(),
            on=clock.today(),
        )


def test_a_cancelled_request_takes_no_file(contact_client, asked, nda, reviewer):
    services.cancel_request(request=asked, reason="Not needed", by=reviewer, now=clock.now())
    assert "Nothing to send here" in contact_client.get(page_of(asked)).content.decode()
    answer = contact_client.post(page_of(asked), {"file": upload()}, **SCRIPT)
    assert answer.status_code == 409
    assert "cancelled" in answer.json()["error"]


def test_a_file_we_sent_back_does_not_answer_again(contact_client, contact, asked, nda, reviewer, a_minute_passes):
    contact_client.post(page_of(asked), {"file": upload()})
    report = Report.objects.get()
    services.send_back(report=report, reason="This is the SOC 3.", by=reviewer, now=clock.now(), on=clock.today())
    a_minute_passes()
    page = contact_client.post(page_of(asked), {"file": upload()}, follow=True).content.decode()
    assert "we sent it back: This is the SOC 3." in page
    asked.refresh_from_db()
    assert asked.is_open


@pytest.mark.slow
def test_a_contact_of_another_vendor_gets_404_everywhere(stranger, contact_client, asked, nda, reviewer):
    ndas.record(stranger.vendor, by=reviewer)
    contact_client.post(page_of(asked), {"file": upload()})
    report = Report.objects.get()
    theirs = signed_in(stranger)
    assert theirs.get(page_of(asked)).status_code == 404
    assert theirs.post(page_of(asked), {"file": upload(pdf_bytes(pages=5))}).status_code == 404
    assert theirs.get(f"/portal/requests/{asked.pk}/").status_code == 404
    assert theirs.get(f"/portal/reports/{report.pk}/receipt/").status_code == 404
    assert theirs.get(f"/portal/reports/{report.pk}/file/").status_code == 404
    assert Report.objects.count() == 1


def test_a_stranger_sends_nothing_by_the_service_either(stranger, asked, nda):
    with pytest.raises(NotAllowed):
        services.receive_report(
            vendor=asked.vendor,
            request=asked,
            upload=upload(),
            nda=nda,
            by=stranger.user,
            now=clock.now(),
            on=clock.today(),
        )


def test_a_request_of_another_vendor_is_not_answered_by_this_file(stranger, contact, asked, nda, reviewer):
    mine = ndas.record(stranger.vendor, by=reviewer)
    with pytest.raises(Refused, match="another vendor"):
        services.receive_report(
            vendor=stranger.vendor,
            request=asked,
            upload=upload(),
            nda=mine,
            by=stranger.user,
            now=clock.now(),
            on=clock.today(),
        )


@pytest.mark.parametrize("page", ["/portal/requests/{}/", "/portal/requests/{}/upload/"])
def test_a_member_of_staff_has_no_business_in_the_portal(client, reviewer, asked, page):
    client.force_login(reviewer)
    assert client.get(page.format(asked.pk)).status_code == 404


def test_the_request_page_shows_what_was_sent(contact_client, asked, nda):
    before = contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()
    assert "Send the report" in before
    contact_client.post(page_of(asked), {"file": upload(name="Quillhaven.pdf")})
    after = contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()
    assert "Your answer is here" in after
    assert "Quillhaven.pdf" in after


def test_the_request_page_asks_for_the_nda_first(contact_client, asked):
    assert "Accept the NDA" in contact_client.get(f"/portal/requests/{asked.pk}/").content.decode()
