"""Memos as a ZIP: one or many, each file under a hash that anybody can check."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.decisions import services
from procurement.decisions.canonical import canonical_json
from procurement.decisions.models import Decision, Memo
from procurement.demo.seeding import BROOKVANE, QUILLHAVEN
from procurement.listing.csv_files import STARTS_A_FORMULA, harmless
from tests.factories.stories import FIRST_DAY, approved
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import NotAllowed, Refused
from vendors.vault.models import CustodyEntry, StoredFile

pytestmark = pytest.mark.slow

OTHERS = replace(BROOKVANE, data_classes=("internal",))


@pytest.fixture
def memos(cast) -> list[Memo]:
    """Quillhaven's and Brookvane's, printed."""
    approved(cast, replace(QUILLHAVEN, conditions=()))
    approved(cast, OTHERS)
    return [services.make_pdf(memo_id=memo.pk, now=clock.now()) for memo in Memo.objects.order_by("number")]


def archive_of(answer) -> zipfile.ZipFile:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def check_every_hash(archive: zipfile.ZipFile) -> dict:
    """Unzip, hash every file, and compare with both manifests. Returns the one in JSON."""
    assert archive.testzip() is None
    manifest = json.loads(archive.read("manifest.json"))
    listed = {file["name"]: file["sha256"] for memo in manifest["memos"] for file in memo["files"]}
    assert {*listed, "manifest.json", "manifest.csv"} == set(archive.namelist())
    for name, sha256 in listed.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == sha256
    lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
    assert {line["file"]: line["sha256"] for line in lines} == listed
    return manifest


def test_one_memo_with_its_pdf_its_content_and_the_manifest(memos, cast):
    answer = staff_client(cast.auditor).get(f"/memos/{memos[0].number}/zip/")
    assert 'filename="MEMO-2026-0001.zip"' in answer.headers["Content-Disposition"]
    archive = archive_of(answer)
    manifest = check_every_hash(archive)
    (row,) = manifest["memos"]
    assert (row["number"], row["vendor"], row["outcome"], row["standing"]) == (
        "MEMO-2026-0001",
        "Quillhaven",
        "approved",
        "in_force",
    )
    assert (manifest["exported_by"], manifest["standing_on"]) == ("Priya Holm", "2026-09-01")
    assert archive.read("MEMO-2026-0001.json") == canonical_json(memos[0].content)
    assert hashlib.sha256(archive.read("MEMO-2026-0001.json")).hexdigest() == row["content_sha256"]
    assert archive.read("MEMO-2026-0001.pdf").startswith(b"%PDF")


def test_python_alone_can_check_the_file(memos, cast, tmp_path):
    path = tmp_path / "memos.zip"
    answer = staff_client(cast.auditor).get("/memos/export.zip?which=all")
    path.write_bytes(b"".join(answer.streaming_content))
    done = subprocess.run(
        [sys.executable, "-m", "zipfile", "-t", str(path)], capture_output=True, text=True, check=True
    )
    assert "Done testing" in done.stdout


def test_all_that_match_leave_a_ledger_entry_and_a_custody_row_each(memos, cast):
    manifest_of = check_every_hash(archive_of(staff_client(cast.auditor).get("/memos/export.zip?which=all")))
    assert [row["number"] for row in manifest_of["memos"]] == ["MEMO-2026-0001", "MEMO-2026-0002"]
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert (entry.verb, entry.sentence, entry.actor_label) == ("memos.exported", "2 memos exported", "Priya Holm")
    assert entry.details["memos"] == ["MEMO-2026-0001", "MEMO-2026-0002"]
    opened = CustodyEntry.objects.filter(action="downloaded", purpose="memo export")
    assert {row.file_id for row in opened} == {memo.pdf_id for memo in memos}


def test_the_ticked_ones_alone_and_the_filters_before_them(memos, cast):
    client = staff_client(cast.auditor)
    ticked = check_every_hash(archive_of(client.get("/memos/export.zip?number=MEMO-2026-0002")))
    assert [row["number"] for row in ticked["memos"]] == ["MEMO-2026-0002"]
    filtered = check_every_hash(archive_of(client.get("/memos/export.zip?which=all&q=quill")))
    assert [row["number"] for row in filtered["memos"]] == ["MEMO-2026-0001"]
    assert LedgerEntry.objects.order_by("-seq").first().vendor_id == memos[0].decision.review.vendor_id


def test_nothing_ticked_is_said_on_the_list_and_leaves_no_entry(memos, cast):
    before = LedgerEntry.objects.count()
    answer = staff_client(cast.auditor).get("/memos/export.zip?q=quill&number=", follow=True)
    assert answer.redirect_chain == [("/memos/?q=quill", 302)]
    assert "Tick the memos you want" in answer.text
    assert LedgerEntry.objects.count() == before


def test_a_memo_that_is_not_printed_yet_goes_without_its_pdf(cast):
    approved(cast)
    manifest = check_every_hash(archive_of(staff_client(cast.auditor).get("/memos/MEMO-2026-0001/zip/")))
    assert [file["name"] for file in manifest["memos"][0]["files"]] == ["MEMO-2026-0001.json"]


def test_a_pdf_that_is_not_the_sealed_one_stops_the_export_before_its_first_byte(memos, cast):
    before = LedgerEntry.objects.count()
    StoredFile.objects.filter(pk=memos[1].pdf_id).update(sha256="0" * 64)
    answer = staff_client(cast.auditor).get("/memos/export.zip?which=all", follow=True)
    assert "MEMO-2026-0002 cannot be exported" in answer.text
    assert LedgerEntry.objects.count() == before


def test_exporting_many_asks_for_the_password_again_after_a_while(memos, cast):
    cast.auditor.set_password("correct horse battery staple")
    cast.auditor.save()
    answer = staff_client(cast.auditor, minutes_ago=60).get("/memos/export.zip?which=all")
    assert answer.headers["Location"].startswith("/account/")


def test_nobody_takes_along_what_they_may_not_read(memos, cast):
    client = staff_client(cast.administrator)
    answer = client.get("/memos/export.zip?number=MEMO-2026-0001&which=all", follow=True)
    assert "Tick the memos you want" in answer.text
    assert client.get("/memos/MEMO-2026-0001/zip/").status_code == 404
    with pytest.raises(NotAllowed):
        services.export_memos(memos=memos, by=cast.administrator, on=FIRST_DAY, now=clock.now())
    with pytest.raises(Refused):
        services.export_memos(memos=[], by=cast.auditor, on=FIRST_DAY, now=clock.now())


def test_a_vendor_named_like_a_formula_stays_text(cast):
    approved(cast, replace(QUILLHAVEN, vendor="=HYPERLINK(1)", conditions=()))
    archive = archive_of(staff_client(cast.auditor).get("/memos/export.zip?which=all"))
    (line,) = csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig")))
    assert line["vendor"] == "'=HYPERLINK(1)"


@given(st.text())
def test_no_text_becomes_a_formula(text):
    assert not harmless(text).startswith(STARTS_A_FORMULA)
    assert harmless(text).endswith(text)


def test_the_link_is_mailed_to_whoever_asked_and_nothing_is_attached(memos, cast, mailbox_after):
    mailbox_after().clear()
    client = staff_client(cast.reviewer)
    assert "Mail to the requester" in client.get(f"/memos/{memos[0].number}/").text
    assert client.post(f"/memos/{memos[0].number}/mail/").status_code == 302
    (letter,) = [letter for letter in mailbox_after() if "approval memo" in letter.subject]
    assert letter.to == ["Adaeze Lind <adaeze.lind@northmoor.example>"]
    assert f"/memos/{memos[0].number}/" in letter.body
    assert "The report counts until 30 Jun 2027." in " ".join(letter.body.split())
    assert letter.attachments == []
    assert LedgerEntry.objects.order_by("-seq").first().verb == "memo.mailed"


def test_an_auditor_and_the_requester_mail_none(memos, cast):
    for person in (cast.auditor, cast.requester):
        assert staff_client(person).post(f"/memos/{memos[0].number}/mail/").status_code == 403
        assert "Mail to the requester" not in staff_client(person).get(f"/memos/{memos[0].number}/").text


def test_the_manifest_says_what_is_superseded_or_revoked(memos, cast):
    services.revoke(
        decision=Decision.objects.get(memo=memos[0]), reason="Sold.", by=cast.approver, on=FIRST_DAY, now=clock.now()
    )
    manifest = check_every_hash(archive_of(staff_client(cast.auditor).get("/memos/export.zip?which=all")))
    assert [row["standing"] for row in manifest["memos"]] == ["revoked", "in_force"]
    assert manifest["memos"][0]["standing_because"] == "Revoked on 1 Sep 2026: Sold."
