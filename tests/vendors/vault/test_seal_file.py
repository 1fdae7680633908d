"""Keeping a file: what the row says, what lies on the disk, and what is left when something fails."""

import hashlib
import os
import re
import stat
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories.vault import NINE, pdf_bytes, stored_file, upload
from vendors.calendar.clock import now
from vendors.vault import orphans
from vendors.vault.models import CustodyAction, CustodyEntry, StoredFile
from vendors.vault.queries import custody_for_vendor, custody_of
from vendors.vault.services import read_bytes, seal_bytes, seal_upload
from vendors.vault.storage import vault_storage
from vendors.vault.validation import FileRefused, check_pdf

pytestmark = pytest.mark.django_db


def sealed_on_disk(vault_folder) -> list:
    return [path for path in vault_folder.rglob("*") if path.is_file()]


def test_a_kept_upload_is_described_by_its_row(reviewer):
    content = pdf_bytes(3, "confidential")
    stored = seal_upload(
        upload=upload(content, name="../Quillhaven\u202e SOC 2.pdf"),
        purpose="report",
        vendor_id=7,
        by=reviewer,
        at=NINE,
        ip="192.0.2.7",
    )

    stored = StoredFile.objects.get(pk=stored.pk)
    assert (stored.name, stored.purpose, stored.vendor_id) == ("Quillhaven SOC 2.pdf", "report", 7)
    assert (stored.size, stored.page_count) == (len(content), 3)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.content_type == "application/pdf"
    assert (stored.sealed_at, stored.sealed_by) == (NINE, "Ines Varga")
    assert stored.destroyed_at is None
    assert read_bytes(stored, by=reviewer, purpose="test", at=NINE) == content


def test_keeping_a_file_is_its_first_custody_entry(reviewer):
    stored = seal_upload(upload=upload(), purpose="report", vendor_id=7, by=reviewer, at=NINE, ip="192.0.2.7")

    entry = custody_of(stored).get()
    assert (entry.who, entry.who_kind, entry.who_id) == ("Ines Varga", "staff", reviewer.pk)
    assert (entry.action, entry.at, entry.ip) == (CustodyAction.SEALED, NINE, "192.0.2.7")
    assert list(custody_for_vendor(7)) == [entry]
    assert not custody_for_vendor(8).exists()


def test_what_lies_on_the_disk_says_nothing(reviewer, vault_folder):
    stored = seal_upload(upload=upload(pdf_bytes(1, "canary-77")), purpose="report", vendor_id=7, by=reviewer, at=NINE)

    (file,) = sealed_on_disk(vault_folder)
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}", stored.storage_name)
    assert file == vault_folder / "sealed" / stored.storage_name
    assert b"canary-77" not in file.read_bytes()
    assert b"PDF" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    folders = {stat.S_IMODE(folder.stat().st_mode) for folder in vault_folder.rglob("*") if folder.is_dir()}
    assert folders == {0o700}


def test_the_same_file_twice_looks_different_on_the_disk(vault_folder):
    stored_file(b"report")
    stored_file(b"report")
    one, other = (path.read_bytes() for path in sealed_on_disk(vault_folder))
    assert one != other


def test_a_service_without_a_form_checks_the_file_as_well(reviewer, vault_folder):
    with pytest.raises(FileRefused, match="This is not a PDF"):
        seal_upload(upload=upload(b"no"), purpose="report", vendor_id=7, by=reviewer, at=NINE)
    assert not StoredFile.objects.exists()


def test_a_form_checks_and_the_service_keeps_what_was_checked(reviewer):
    checked = check_pdf(upload(pdf_bytes(2), name="a.pdf"))
    stored = seal_upload(
        upload=checked.upload, purpose="report", vendor_id=7, by=reviewer, at=NINE, name="Named by us.pdf"
    )
    assert (stored.name, stored.page_count) == ("Named by us.pdf", 2)


def test_what_we_made_ourselves_is_kept_as_it_is():
    stored = stored_file(b'{"memo": 1}', name="MEMO-2026-0001.json", purpose="memo", content_type="application/json")
    assert (stored.content_type, stored.page_count, stored.vendor_id) == ("application/json", None, None)
    assert stored.sealed_by == "Countersign"


def test_the_vault_keeps_no_web_page(vault_folder):
    with pytest.raises(ValueError, match="text/html"):
        stored_file(b"<script>", content_type="text/html")
    assert sealed_on_disk(vault_folder) == []


def test_a_row_that_is_refused_leaves_no_bytes(vault_folder, monkeypatch):
    stored = stored_file()
    monkeypatch.setattr("vendors.vault.spool.uuid4", lambda: stored.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        stored_file()
    assert len(sealed_on_disk(vault_folder)) == 1


def test_bytes_of_an_undone_transaction_go_after_an_hour_and_not_before(vault_folder):
    kept = stored_file()
    with transaction.atomic():
        undone = stored_file()
        transaction.set_rollback(True)

    assert len(sealed_on_disk(vault_folder)) == 2
    assert orphans.orphans(now=now() + timedelta(minutes=59)) == []
    assert orphans.orphans(now=now() + timedelta(minutes=61)) == [undone.storage_name]
    assert orphans.remove_orphans(now=now() + timedelta(minutes=61)) == 1
    assert sealed_on_disk(vault_folder) == [vault_folder / "sealed" / kept.storage_name]


def test_parts_that_a_killed_process_left_go_after_an_hour(vault_folder):
    part = vault_folder / "incoming" / "0123.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"x")
    assert orphans.remove_orphans(now=now()) == 0
    long_ago = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    os.utime(part, (long_ago, long_ago))
    assert orphans.remove_orphans(now=now()) == 1
    assert not part.exists()


def test_an_empty_vault_has_no_orphans(settings, tmp_path):
    settings.STORAGE_ROOT = tmp_path / "new"
    assert orphans.orphans(now=now()) == []


def test_sealed_files_have_no_address():
    with pytest.raises(ValueError, match="no address"):
        vault_storage().url("ab/cd")


@pytest.mark.parametrize(
    "act",
    [
        lambda entry: CustodyEntry.objects.filter(pk=entry.pk).update(who="Nobody"),
        lambda entry: CustodyEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.save(),
        lambda entry: entry.file.delete(),
    ],
    ids=["changed", "deleted", "saved again", "lost with its file"],
)
def test_a_custody_entry_stays_as_it_was_written(act):
    entry = custody_of(stored_file()).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        act(entry)
    assert CustodyEntry.objects.get().who == "Countersign"


def test_a_memo_of_many_chunks_comes_back(reviewer):
    content = os.urandom(1_000_000)
    stored = seal_bytes(
        content, name="a.txt", purpose="memo", content_type="text/plain", vendor_id=None, by=reviewer, at=NINE
    )
    assert read_bytes(stored, by=reviewer, purpose="test", at=NINE) == content
