"""The memo: numbered, frozen, printed once, with its content attached."""

import hashlib
import io
import json
from dataclasses import replace

import pytest
from pypdf import PdfReader

from procurement.accounts.models import User
from procurement.decisions import services
from procurement.decisions.canonical import canonical_json
from procurement.decisions.models import Memo
from procurement.demo.seeding import QUILLHAVEN
from tests.factories.stories import FIRST_DAY, PLAIN, approved, awaiting_approval, in_review
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Role
from vendors.reports.models import Report


@pytest.fixture
def memo(cast) -> Memo:
    approved(cast, QUILLHAVEN)
    return Memo.objects.get()


def printed(memo: Memo) -> Memo:
    return services.make_pdf(memo_id=memo.pk, now=clock.now())


def downloaded(memo: Memo, person) -> bytes:
    answer = staff_client(person).get(f"/memos/{memo.number}/pdf/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_the_number_counts_by_year(memo):
    assert memo.number == "MEMO-2026-0001"


@pytest.mark.slow
def test_a_second_decision_gets_the_next_number(memo, cast):
    approved(cast, replace(QUILLHAVEN, vendor="Brookvane", legal_name="Brookvane Ltd", domain="brookvane.example"))
    assert set(Memo.objects.values_list("number", flat=True)) == {"MEMO-2026-0001", "MEMO-2026-0002"}


def test_the_hash_is_of_the_content_as_anybody_can_write_it_down(memo):
    plain = json.dumps(memo.content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    assert hashlib.sha256(plain).hexdigest() == memo.content_sha256


@pytest.mark.slow
def test_it_says_which_criteria_were_tested_and_which_in_scope_were_not(memo, reviewer):
    report = memo.content["report"]
    assert report["criteria_tested"].startswith("CC1.1–CC6.3, CC6.5–CC9.2, A1.1")
    assert report["criteria_left_out"] == "CC6.4"
    pages = PdfReader(io.BytesIO(downloaded(printed(memo), reviewer))).pages
    said = " ".join(" ".join(page.extract_text() for page in pages[:2]).split())
    assert "In scope without a test: CC6.4." in said


@pytest.mark.slow
def test_the_pdf_is_tagged_pdf_a_with_dates_and_carries_the_content(memo, reviewer):
    pdf = PdfReader(io.BytesIO(downloaded(printed(memo), reviewer)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    xmp = pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp or 'pdfaid:part="3"' in xmp
    assert pdf.metadata.creation_date.date().isoformat() == "2026-09-02"
    assert pdf.attachments["MEMO-2026-0001.json"] == [canonical_json(memo.content)]


@pytest.mark.slow
def test_it_reads_as_an_executive_and_an_auditor_want_it(memo, reviewer):
    pages = PdfReader(io.BytesIO(downloaded(printed(memo), reviewer))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert 2 <= len(pages) <= 4
    assert f"Page 2 of {len(pages)}" in text
    for words in (
        "MEMO-2026-0001",
        "Approved with 1 condition",
        "30 June 2027",
        "The report counts until 30 Jun 2027.",
        "Three monthly exports that show our leavers removed within one working day.",
        "Rookhope CPA Group",
        "1 Jul 2025 – 30 Jun 2026",
        "Unqualified",
        "Every exception has a decision of ours",
        "CC6.2",
        "User entities connect their single sign-on",
        "Tarnfield Hosting, Inc.",
        "Carve-out",
        "Confidentiality agreement for security reviews",
        "Ines Varga",
        "Tomasz Reyk",
        memo.content_sha256,
        memo.decision.frozen_sha256,
        memo.content["evidence"][0]["sha256"],
    ):
        assert words in text, words


@pytest.mark.slow
def test_the_row_of_the_organization_says_that_it_is_not_the_vendor(cast, reviewer):
    story, review = in_review(cast, PLAIN)
    Report.objects.update(service_organization="Brookvane Software, Inc.")
    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    story.decide(review, FIRST_DAY)
    memo = printed(Memo.objects.get())
    said = "The report names Brookvane Software, Inc.; this vendor is Quillhaven Software, Inc."
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(downloaded(memo, reviewer))).pages)
    assert said in " ".join(text.split())
    assert said in staff_client(reviewer).get(f"/memos/{memo.number}/").text


@pytest.mark.slow
def test_printing_again_changes_nothing(memo):
    first = printed(memo)
    again = services.make_pdf(memo_id=memo.pk, now=clock.now())
    assert first.pdf_id == again.pdf_id
    assert LedgerEntry.objects.filter(verb="memo.printed").count() == 1


@pytest.mark.slow
def test_while_it_is_not_printed_the_page_says_so_and_offers_to(memo, reviewer):
    client = staff_client(reviewer)
    page = client.get(f"/memos/{memo.number}/")
    assert "The PDF is being made." in page.text
    assert client.get(f"/memos/{memo.number}/pdf/").status_code == 404
    client.post(f"/memos/{memo.number}/print/")
    assert "Download the PDF" in client.get(f"/memos/{memo.number}/").text


def test_a_later_change_of_the_records_does_not_reach_the_memo(memo, reviewer):
    report = memo.decision.review.report
    report.system_name = "Renamed since"
    report.save()
    assert "Renamed since" not in staff_client(reviewer).get(f"/memos/{memo.number}/").text


def test_the_content_can_be_read_as_json(memo, auditor):
    answer = staff_client(auditor).get(f"/memos/{memo.number}/json/")
    assert answer.json() == memo.content


@pytest.mark.slow
def test_text_somebody_typed_is_shown_never_run(cast, reviewer):
    plot = replace(QUILLHAVEN, summary="<script>alert(1)</script><img src=file:///etc/passwd>", conditions=())
    approved(cast, plot)
    memo = printed(Memo.objects.get())
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(downloaded(memo, reviewer))).pages)
    assert "<script>alert(1)</script>" in text
    assert "<script>alert(1)" not in staff_client(reviewer).get(f"/memos/{memo.number}/").text


def test_the_requester_reads_the_memo_of_their_own_review(memo, requester):
    assert staff_client(requester).get(f"/memos/{memo.number}/").status_code == 200


@pytest.mark.parametrize("path", ["", "pdf/", "json/"])
@pytest.mark.parametrize("person", ["administrator", "stranger_requester", "nobody"])
def test_a_foreign_memo_and_a_missing_one_are_the_same_404(memo, cast, person, path):
    people = {
        "administrator": cast.administrator,
        "stranger_requester": User.objects.create_staff(
            email="stranger@northmoor.example", name="Stranger", roles=frozenset({Role.REQUESTER})
        ),
        "nobody": User.objects.create_staff(email="nobody@northmoor.example", name="Nobody", roles=frozenset()),
    }
    client = staff_client(people[person])
    foreign, missing = client.get(f"/memos/{memo.number}/{path}"), client.get(f"/memos/MEMO-2026-9999/{path}")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content


def test_no_memo_before_a_decision(cast):
    awaiting_approval(cast)
    assert not Memo.objects.exists()
