"""Opening a file: custody before the first byte, and no byte of anything that is not as it was sealed."""

import base64
import os
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import StreamingHttpResponse

from tests.factories.vault import NINE, stored_file
from vendors.calendar.clock import now
from vendors.sealing.keyring import new_key
from vendors.sealing.streams import CHUNK, HEADER, TAG
from vendors.vault import orphans
from vendors.vault.downloads import as_attachment
from vendors.vault.models import CustodyAction, StoredFile
from vendors.vault.opening import CannotOpen
from vendors.vault.page_images import page_image
from vendors.vault.queries import custody_of, files_in_keeping
from vendors.vault.services import destroy, open_stream, read_bytes, verify

pytestmark = pytest.mark.django_db

CONTENT = os.urandom(3 * CHUNK + 100)


def place(stored: StoredFile, vault_folder: Path) -> Path:
    return vault_folder / "sealed" / stored.storage_name


def opened(stored: StoredFile, by) -> bytes:
    return b"".join(open_stream(stored, by=by, purpose="Review REV-1", at=NINE))


def test_a_download_is_the_file_and_leaves_a_custody_entry(reviewer):
    stored = stored_file(CONTENT)
    stream = open_stream(stored, by=reviewer, purpose="Review REV-1", at=NINE, ip="192.0.2.7")

    entry = custody_of(stored).filter(action=CustodyAction.DOWNLOADED).get()
    assert (entry.who, entry.purpose, entry.ip) == ("Ines Varga", "Review REV-1", "192.0.2.7")
    assert stream.size == len(CONTENT)
    assert b"".join(stream) == CONTENT


def test_a_response_sends_the_file_and_closes_it(reviewer):
    stream = open_stream(stored_file(CONTENT), by=reviewer, purpose="Review REV-1", at=NINE)
    response = StreamingHttpResponse(stream, content_type="application/pdf")
    assert b"".join(response.streaming_content) == CONTENT
    response.close()
    assert stream._source.closed


def test_a_download_that_is_broken_off_closes_the_file(reviewer):
    stream = open_stream(stored_file(CONTENT), by=reviewer, purpose="Review REV-1", at=NINE)
    next(stream)
    stream.close()
    assert stream._source.closed


def test_a_browser_gets_an_attachment_that_it_neither_guesses_at_nor_keeps(reviewer):
    stored = stored_file(CONTENT, name='Bericht "2026".pdf')
    response = as_attachment(stored, by=reviewer, purpose="Review REV-1", at=NINE)

    assert b"".join(response.streaming_content) == CONTENT
    assert response.headers["Content-Disposition"] == 'attachment; filename="Bericht \\"2026\\".pdf"'
    assert response.headers["Content-Length"] == str(len(CONTENT))
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


def test_reading_at_once_leaves_a_custody_entry(reviewer):
    stored = stored_file(b"small")
    assert read_bytes(stored, by=reviewer, purpose="Review REV-1", at=NINE) == b"small"
    assert custody_of(stored).filter(action=CustodyAction.OPENED).count() == 1


def flip_a_bit(sealed: bytearray) -> bytearray:
    where = random.randrange(len(sealed) * 8)
    sealed[where // 8] ^= 1 << where % 8
    return sealed


DAMAGE = {
    "a bit flipped in its last chunk": lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]),
    "a bit flipped anywhere": flip_a_bit,
    "its end cut off": lambda sealed: sealed[:-100],
    "its last chunk cut off": lambda sealed: sealed[: HEADER + 3 * (CHUNK + TAG)],
    "something added": lambda sealed: sealed + b"x",
    "two chunks exchanged": lambda sealed: (
        sealed[:HEADER]
        + sealed[HEADER + CHUNK + TAG : HEADER + 2 * (CHUNK + TAG)]
        + sealed[HEADER : HEADER + CHUNK + TAG]
        + sealed[HEADER + 2 * (CHUNK + TAG) :]
    ),
    "nothing left": lambda _sealed: b"",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_of_a_damaged_file_not_one_byte_is_released(reviewer, vault_folder, damage):
    stored = stored_file(CONTENT)
    path = place(stored, vault_folder)
    path.write_bytes(damage(bytearray(path.read_bytes())))

    with pytest.raises(CannotOpen, match="is not as it was sealed") as refusal:
        open_stream(stored, by=reviewer, purpose="Review REV-1", at=NINE)
    with pytest.raises(CannotOpen):
        read_bytes(stored, by=reviewer, purpose="Review REV-1", at=NINE)
    with pytest.raises(CannotOpen):
        page_image(stored, page=1, width=400, mark=["Ines"], by=reviewer, purpose="Review REV-1", at=NINE)
    with pytest.raises(CannotOpen):
        verify(stored)
    assert "verify_vault" in str(refusal.value)
    assert list(custody_of(stored).values_list("action", flat=True)) == [CustodyAction.SEALED]


def test_the_bytes_of_two_files_cannot_be_exchanged(reviewer, vault_folder):
    ours, theirs = stored_file(b"ours", vendor_id=7), stored_file(b"them", vendor_id=8)
    place(ours, vault_folder).write_bytes(place(theirs, vault_folder).read_bytes())
    with pytest.raises(CannotOpen):
        opened(ours, reviewer)


def test_a_row_cannot_be_pointed_at_the_file_of_another_vendor(reviewer):
    ours, theirs = stored_file(b"ours", vendor_id=7), stored_file(b"them", vendor_id=8)
    moved = {name: getattr(theirs, name) for name in ("wrapped_key", "key_id")}
    StoredFile.objects.filter(pk=ours.pk).update(**moved)
    with pytest.raises(CannotOpen):
        opened(StoredFile.objects.get(pk=ours.pk), reviewer)


def test_a_file_given_to_another_vendor_does_not_open(reviewer):
    stored = stored_file(b"theirs", vendor_id=8)
    StoredFile.objects.filter(pk=stored.pk).update(vendor_id=7)
    with pytest.raises(CannotOpen):
        opened(StoredFile.objects.get(pk=stored.pk), reviewer)


def test_a_row_that_claims_another_size_or_hash_is_found(reviewer):
    stored = stored_file(b"report")
    StoredFile.objects.filter(pk=stored.pk).update(size=5)
    with pytest.raises(CannotOpen):
        opened(StoredFile.objects.get(pk=stored.pk), reviewer)
    StoredFile.objects.filter(pk=stored.pk).update(size=6, sha256="0" * 64)
    with pytest.raises(CannotOpen):
        verify(StoredFile.objects.get(pk=stored.pk))


def test_a_missing_file_is_a_sentence_and_a_line_in_the_log(reviewer, vault_folder, caplog):
    stored = stored_file(b"report")
    place(stored, vault_folder).unlink()
    with pytest.raises(CannotOpen):
        opened(stored, reviewer)
    assert f"File {stored.pk} was not opened: FileNotFoundError" in caplog.text


def test_without_its_key_nothing_opens(reviewer, settings):
    settings.VAULT_KEYS = f"2025:{base64.b64encode(new_key()).decode()}"
    stored = stored_file(b"report")
    settings.VAULT_KEYS = f"2026:{base64.b64encode(new_key()).decode()}"
    with pytest.raises(CannotOpen):
        opened(stored, reviewer)


def test_a_file_sealed_under_an_older_key_opens_with_the_ring_of_today(reviewer, settings):
    old, new = (base64.b64encode(new_key()).decode() for _number in range(2))
    settings.VAULT_KEYS = f"2025:{old}"
    stored = stored_file(b"report")
    settings.VAULT_KEYS = f"2026:{new},2025:{old}"
    assert opened(stored, reviewer) == b"report"
    assert stored_file(b"next").key_id == "2026"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_destroyed_file_keeps_its_description_and_nothing_else(vault_folder, administrator):
    stored = stored_file(b"report")
    destroy(stored=stored, by=administrator, at=NINE, purpose="The NDA ended on 30 June 2026.")
    destroy(stored=stored, by=administrator, at=NINE, purpose="Again.")

    stored.refresh_from_db()
    assert (stored.destroyed_at, bytes(stored.wrapped_key), stored.key_id) == (NINE, b"", "")
    assert (stored.name, stored.size, len(stored.sha256)) == ("report.pdf", 6, 64)
    assert not place(stored, vault_folder).exists()
    assert custody_of(stored).get(action=CustodyAction.DESTROYED).purpose == "The NDA ended on 30 June 2026."
    assert not files_in_keeping().exists()
    with pytest.raises(CannotOpen, match="was destroyed"):
        opened(stored, administrator)


def test_a_copy_of_destroyed_bytes_opens_nowhere_and_counts_as_an_orphan(
    vault_folder, administrator, django_capture_on_commit_callbacks
):
    stored = stored_file(b"report")
    copy = place(stored, vault_folder).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        destroy(stored=stored, by=administrator, at=NINE, purpose="The NDA ended.")
    place(stored, vault_folder).write_bytes(copy)

    with pytest.raises(CannotOpen):
        opened(stored, administrator)
    assert orphans.orphans(now=now() + timedelta(hours=2)) == [stored.storage_name]
