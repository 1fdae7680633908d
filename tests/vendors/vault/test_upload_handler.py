"""Uploads on their way in, as a request brings them: sealed while they stream, nothing left of what nobody kept."""

import gc
import hashlib
import io
import os
import stat

import pytest
from django.http import HttpRequest, UnreadablePostError
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.factories.vault import pdf_bytes, upload
from vendors.vault.uploads import SealedUpload

CANARY = b"canary-of-the-report-8d21"


def posted(**fields) -> HttpRequest:
    return RequestFactory().post("/", {"message": "Here it is.", **fields})


def sent(body: io.BufferedIOBase, *, says: int) -> HttpRequest:
    """A request whose head promises so many bytes, whatever the body then brings."""
    arriving = {"wsgi.input": body, "CONTENT_LENGTH": str(says), "CONTENT_TYPE": MULTIPART_CONTENT}
    return RequestFactory().generic("POST", "/", **arriving)


def everything_under(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_comes_back_as_it_was_sent():
    content = os.urandom(300_000)
    received = posted(file=upload(content)).FILES["file"]

    assert isinstance(received, SealedUpload)
    assert b"".join(received.chunks()) == content == b"".join(received.chunks())
    assert received.read(10) + received.read() == content
    assert received.size == 300_000
    assert received.spool.sha256 == hashlib.sha256(content).hexdigest()
    assert received.content_type == "application/pdf"


def test_no_plain_byte_lies_on_the_disk(vault_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    request = posted(file=upload(CANARY * 40_000))
    assert request.FILES["file"].size == len(CANARY) * 40_000

    files = everything_under(tmp_path)
    assert len(files) == 1
    assert CANARY not in files[0].read_bytes()
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert stat.S_IMODE((vault_folder / "incoming").stat().st_mode) == 0o700


def test_an_upload_that_nobody_kept_is_gone_with_its_request(vault_folder):
    request = posted(file=upload(), other=upload())
    assert len(request.FILES) == 2
    request.close()
    assert everything_under(vault_folder) == []


def test_an_upload_that_nobody_closed_is_gone_with_its_object(vault_folder):
    request = posted(file=upload())
    spool = request.FILES["file"].spool
    request.FILES["file"].spool = None
    del spool
    assert everything_under(vault_folder) == []


@pytest.mark.parametrize("part", range(5, 100, 5))
def test_a_cut_upload_leaves_nothing_and_is_no_file(vault_folder, part):
    body = encode_multipart(BOUNDARY, {"file": upload(os.urandom(200_000)), "message": "Here it is."})
    request = sent(io.BytesIO(body[: len(body) * part // 100]), says=len(body))
    assert "file" not in request.FILES
    assert everything_under(vault_folder) == []

    whole = sent(io.BytesIO(body), says=len(body))
    assert whole.FILES["file"].size == 200_000


@pytest.mark.slow
def test_a_connection_that_breaks_leaves_nothing(vault_folder):
    body = encode_multipart(BOUNDARY, {"first": upload(), "second": upload(os.urandom(400_000))})

    class Breaks(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 200_000:
                raise ConnectionResetError
            return super().read(size)

    request = sent(Breaks(body), says=len(body))
    with pytest.raises(UnreadablePostError):
        request.FILES  # noqa: B018 - reading it parses the body
    request.close()
    del request
    gc.collect()
    assert everything_under(vault_folder) == []


def test_a_file_over_the_limit_is_not_kept_and_the_form_keeps_what_was_typed(settings, vault_folder):
    settings.MAX_UPLOAD_BYTES = 1_000_000
    request = posted(file=upload(b"x" * 1_000_001), second=upload())

    assert request.FILES["file"].problem == "too large"
    assert request.FILES["file"].spool is None
    assert request.FILES["file"].size == 1_000_001
    assert request.POST["message"] == "Here it is."
    assert request.FILES["second"].problem == ""
    assert len(everything_under(vault_folder)) == 1


def test_a_file_of_exactly_the_limit_is_kept(settings):
    settings.MAX_UPLOAD_BYTES = 1_000_000
    assert posted(file=upload(b"x" * 1_000_000)).FILES["file"].problem == ""


def test_a_flood_ends_the_connection(settings, monkeypatch, vault_folder):
    settings.MAX_UPLOAD_BYTES = 100_000
    monkeypatch.setattr("vendors.vault.upload_handlers.READ_AND_THROWN_AWAY", 100_000)
    body = encode_multipart(BOUNDARY, {"file": upload(b"x" * 2_000_000)})
    arriving = io.BytesIO(body)

    assert "file" not in sent(arriving, says=len(body)).FILES
    assert arriving.tell() < len(body) / 2
    assert everything_under(vault_folder) == []


@pytest.mark.parametrize("moment", ["at the start", "on the way", "at the end"])
def test_a_disk_that_takes_nothing_is_a_plain_sentence_for_the_form(vault_folder, moment, monkeypatch, caplog):
    if moment == "at the start":
        vault_folder.mkdir()
        (vault_folder / "incoming").write_text("a file stands where the folder should")
        request = posted(file=upload())
    else:
        request = RequestFactory().post(
            "/", {"message": "Here it is.", "file": upload(os.urandom(300_000 if moment == "on the way" else 3_000))}
        )
        handler = request.upload_handlers[0]
        begin = handler.new_file

        def begin_on_a_full_disk(*args, **kwargs):
            begin(*args, **kwargs)
            os.close(handler.spool._file.fileno())
            handler.spool._file = open("/dev/full", "wb")  # noqa: SIM115

        handler.new_file = begin_on_a_full_disk

    assert request.FILES["file"].problem == "not stored"
    assert request.POST["message"] == "Here it is."
    assert "could not be stored" in caplog.text
    assert [path for path in everything_under(vault_folder) if path.suffix == ".part"] == []


def test_more_files_than_a_form_of_ours_has_are_refused(vault_folder):
    with pytest.raises(Exception, match="number of files"):
        posted(**{f"file{number}": upload(pdf_bytes()) for number in range(11)}).FILES  # noqa: B018
