"""Reports by a program: upload one, read its facts, record them, take the file where a grant and an NDA allow it."""

import pytest

from tests.factories import ndas
from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, recorded, report_request, sample_pdf
from tests.factories.tokens import program_of
from tests.factories.vault import pdf_bytes, upload
from vendors.calendar import clock
from vendors.ndas.services import end_nda
from vendors.reports import services
from vendors.reports.models import Grant, Report
from vendors.vault.models import CustodyAction, CustodyEntry, StoredFile

pytestmark = pytest.mark.django_db
URL = "/api/v1/reports/"


@pytest.fixture
def program(reviewer):
    return program_of(reviewer)


@pytest.fixture
def nda(vendor, reviewer):
    return ndas.record(vendor, by=reviewer)


@pytest.fixture
def report(vendor, reviewer, nda):
    return received_report(vendor, by=reviewer)


def send(program, vendor, content=None, name="quillhaven-soc2.pdf", **more):
    return program.post(URL, {"vendor": vendor.pk, "file": upload(content, name=name), **more})


def test_an_upload_is_sealed_answers_the_request_and_is_the_reviewers_to_open(program, vendor, nda, reviewer):
    asked = report_request(vendor, by=reviewer)
    answer = send(program, vendor, answers_request=asked.pk)
    assert answer.status_code == 201
    report = Report.objects.get()
    told = answer.json()
    assert (told["id"], told["request"], told["nda"], told["state"]) == (report.pk, asked.pk, nda.pk, "received")
    assert told["file"]["sha256"] == report.file.sha256
    asked.refresh_from_db()
    assert asked.answered_at is not None
    assert Grant.objects.get(report=report).user == reviewer


def test_the_same_file_again_is_the_same_report(program, vendor, nda, a_minute_passes):
    first = send(program, vendor)
    a_minute_passes()
    second = send(program, vendor)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Report.objects.count() == 1


def test_without_an_nda_nothing_is_taken(program, vendor):
    answer = send(program, vendor)
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("No NDA with Quillhaven is in force.")
    assert not StoredFile.objects.exists()


def test_what_is_no_pdf_is_refused_with_the_pages_sentence(program, vendor, nda):
    answer = send(program, vendor, b"<!doctype html><title>Sign in</title>")
    assert answer.status_code == 422
    assert answer.json()["errors"]["file"][0].startswith("This is a web page, not a PDF")
    assert not Report.objects.exists()


def test_what_is_too_large_is_413(program, vendor, nda, settings):
    settings.MAX_UPLOAD_BYTES = 100
    answer = send(program, vendor)
    assert answer.status_code == 413
    assert not Report.objects.exists()


def test_no_file_is_refused_at_its_field(program, vendor, nda):
    answer = program.post(URL, {"vendor": vendor.pk})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"file"})


def test_the_file_comes_out_whole_and_the_vendor_sees_who_took_it(program, report, reviewer):
    answer = program.get(f"{URL}{report.pk}/file/")
    assert b"".join(answer.streaming_content) == pdf_bytes(pages=12)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    custody = CustodyEntry.objects.get(file=report.file, action=CustodyAction.DOWNLOADED)
    assert (custody.who, custody.purpose) == (reviewer.name, "Uploaded the report")


def test_the_file_is_had_as_pdf_and_in_no_other_format(program, report):
    assert program.get(f"{URL}{report.pk}/file/", headers={"Accept": "application/pdf"}).status_code == 200
    assert program.get(f"{URL}{report.pk}/file/", headers={"Accept": "image/png"}).status_code == 406


def test_without_a_grant_the_facts_are_read_and_the_file_is_not(report, auditor):
    program = program_of(auditor)
    assert program.get(f"{URL}{report.pk}/").status_code == 200
    answer = program.get(f"{URL}{report.pk}/file/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert not CustodyEntry.objects.filter(action=CustodyAction.DOWNLOADED).exists()


def test_once_the_nda_has_ended_no_byte_goes_out(program, report, nda, reviewer):
    end_nda(nda=nda, reason="Ended by us.", by=reviewer, on=clock.today(), now=clock.now())
    assert program.get(f"{URL}{report.pk}/file/").status_code == 409


def facts_of(program, report):
    """The facts as the API shows them, ready to be sent back."""
    told = program.get(f"{URL}{report.pk}/").json()
    read_only = {"id", "vendor", "request", "nda", "state", "state_reason", "received_at", "received_from"}
    read_only |= {"page_count", "file", "accepted_at", "accepted_by", "successor_statements"}
    return {name: value for name, value in told.items() if name not in read_only}


def record(program, report, body):
    return program.put(f"{URL}{report.pk}/facts/", body, content_type="application/json")


def test_what_was_read_can_be_sent_back_and_changes_nothing(program, report, reviewer):
    recorded(report, by=reviewer)
    facts = facts_of(program, report)
    answer = record(program, report, facts)
    assert answer.status_code == 200
    assert facts_of(program, report) == facts


def test_facts_are_recorded_with_their_rows_and_pages(program, report, reviewer):
    recorded(report, by=reviewer)
    facts = facts_of(program, report)
    facts["system_name"] = "People Cloud Europe"
    facts["exceptions"].append({"criterion": "cc 7.1", "description": "One scan was late.", "page": 11})
    facts["pages"]["system_name"] = 5
    facts["criteria_tested"] = ["A1.1", "cc 6.1"]
    told = record(program, report, facts).json()
    assert told["system_name"] == "People Cloud Europe"
    assert [row["criterion"] for row in told["exceptions"]] == ["CC6.2", "CC7.1"]
    assert told["exceptions"][0]["id"] == facts["exceptions"][0]["id"]
    assert told["pages"]["system_name"] == 5
    assert told["criteria_tested"] == ["CC6.1", "A1.1"]
    assert told["revision"] == facts["revision"] + 1


def test_facts_that_somebody_changed_meanwhile_are_refused(program, report, reviewer):
    facts = facts_of(program, report)
    recorded(report, by=reviewer)
    answer = record(program, report, facts)
    assert answer.status_code == 409
    assert answer.json()["detail"].startswith("Somebody changed these facts")
    assert program.get(f"{URL}{report.pk}/").json()["kind"] == "soc2"


def test_what_no_report_can_say_is_refused_field_by_field(program, report, reviewer):
    recorded(report, by=reviewer)
    facts = facts_of(program, report)
    facts["exceptions"][0]["criterion"] = "CC99.9"
    facts["criteria_tested"] = ["CC6.1", "CC8.8"]
    facts["pages"]["kind"] = 99
    answer = record(program, report, facts)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"exceptions.0.criterion", "criteria_tested", "kind_page"}
    assert program.get(f"{URL}{report.pk}/").json()["revision"] == facts["revision"]


def test_only_facts_have_a_page(program, report):
    answer = record(program, report, {"revision": 0, "pages": {"vendor": 1}})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"pages"})


def test_an_auditor_records_nothing(report, auditor):
    assert record(program_of(auditor), report, {"revision": 0}).status_code == 403


@pytest.mark.slow
def test_accepted_proposals_show_their_page_and_words_and_go_when_the_value_changes(program, vendor, nda, reviewer):
    report = received_report(vendor, by=reviewer, content=sample_pdf())
    reading = finished_reading(report)
    services.accept_proposals(
        report=report, reading=reading, revision=0, names=None, by=reviewer, now=clock.now(), on=clock.today()
    )
    facts = facts_of(program, report)
    opinion = facts["citations"]["opinion"]
    assert (opinion["page"], opinion["taken_by"]) == (4, "Ines Varga")
    assert opinion["quote"].startswith("In our opinion, in all material respects")
    assert facts["cuecs"][0]["quote"] == facts["cuecs"][0]["text"]
    answered = facts["exceptions"][0]
    assert (answered["page"], answered["cited"]["response"]["page"]) == (10, 12)
    assert answered["response"].startswith(answered["cited"]["response"]["quote"][:60])
    record(program, report, {**facts, "opinion": "qualified", "opinion_basis": "Late.", "opinion_criteria": ["CC6.2"]})
    assert "opinion" not in facts_of(program, report)["citations"]
