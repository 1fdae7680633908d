"""What may be kept: one validator for every door, and a sentence for each thing it refuses."""

import resource
import time
import zlib
from contextlib import suppress

import pytest
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from tests.factories.vault import pdf_bytes, upload, writer, written
from vendors.confinement import services as confinement
from vendors.vault import pdf_limits
from vendors.vault.uploads import SealedUpload
from vendors.vault.validation import FileRefused, check_pdf


def with_password(user: str, owner: str) -> bytes:
    made = writer(2)
    made.encrypt(user, owner, algorithm="AES-256")
    return written(made)


def with_embedded_file() -> bytes:
    made = writer()
    made.add_attachment("macro.docm", b"x")
    return written(made)


def with_file_on_a_page() -> bytes:
    made = writer()
    note = {"/Type": "/Annot", "/Subtype": "/FileAttachment"}
    annotation = DictionaryObject({NameObject(key): NameObject(value) for key, value in note.items()})
    annotation[NameObject("/Rect")] = ArrayObject(NumberObject(number) for number in (0, 0, 20, 20))
    made.pages[0][NameObject("/Annots")] = ArrayObject([made._add_object(annotation)])
    return written(made)


def with_link_to_a_program(pages: int = 3) -> bytes:
    made = writer(pages)
    made.add_annotation(pages - 1, Link(rect=(0, 0, 100, 100), url="https://example.org/"))
    action = made.pages[pages - 1]["/Annots"][0].get_object()["/A"]
    action[NameObject("/S")] = NameObject("/Launch")
    action[NameObject("/F")] = TextStringObject("cmd.exe")
    return written(made)


def with_bookmark_to_a_program() -> bytes:
    made = writer()
    entry = made.add_outline_item(title="Click here", page_number=0).get_object()
    entry.pop("/Dest", None)
    entry[NameObject("/A")] = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    return written(made)


def with_xfa_form() -> bytes:
    made = writer()
    made._root_object[NameObject("/AcroForm")] = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject(),
            NameObject("/XFA"): ArrayObject([TextStringObject("template"), TextStringObject("<xdp/>")]),
        }
    )
    return written(made)


def with_link_to_a_page_of_ours() -> bytes:
    made = writer(2)
    made.add_annotation(0, Link(rect=(0, 0, 100, 100), url="https://quillhaven.example/"))
    made.add_outline_item(title="Section 1", page_number=1)
    return written(made)


PDF = pdf_bytes(2)

ACCEPTED = {
    "a plain PDF": (PDF, 2),
    "one restricted by its owner": (with_password("", "owner"), 2),
    "one with links and bookmarks": (with_link_to_a_page_of_ours(), 2),
    "one after a byte order mark": (b"\xef\xbb\xbf" + PDF, 2),
    "one after a few empty lines": (b"\r\n\r\n  " + PDF, 2),
    "one with line ends after its end": (PDF + b"\r\n" * 100, 2),
    "one with a kibibyte after its end": (PDF.rstrip() + b"x" * 1024, 2),
}

REFUSED = {
    "nothing": (b"", "empty", "This file is empty (0 bytes)."),
    "one byte": (b"%", "not_pdf", "This is not a PDF."),
    "text": (b"Dear reviewer, the report follows.", "not_pdf", "This is not a PDF."),
    "a Word file": (b"PK\x03\x04" + b"\0" * 100, "not_pdf", "This is a ZIP or Office file"),
    "a photo": (b"\xff\xd8\xff\xe0" + b"\0" * 100, "not_pdf", "This is a picture"),
    "a sign-in page": (b"\n<!DOCTYPE html><title>Sign in</title>", "not_pdf", "This is a web page"),
    "a web page with a PDF in it": (b"<html><script>1</script>" + PDF, "not_pdf", "This is a web page"),
    "a PDF after junk": (b"junk of a mail gateway\n" + PDF, "not_pdf", "Something stands before the start"),
    "a PDF after too many empty lines": (b"\n" * 17 + PDF, "not_pdf", "Something stands before the start"),
    "a header alone": (b"%PDF-1.7\n", "ending", "The end of this PDF is missing"),
    "a PDF with something added": (PDF.rstrip() + b"x" * 1025, "ending", "something was added after it"),
    "a PDF that is a ZIP as well": (PDF + b"PK\x03\x04" + b"\0" * 3000, "ending", "something was added after it"),
    "a PDF cut in the middle": (PDF[: len(PDF) // 2], "ending", "The end of this PDF is missing"),
    "a PDF with only its ends": (b"%PDF-1.7\nnothing\n%%EOF\n", "unreadable", "This PDF cannot be opened"),
    "a PDF under a password": (with_password("secret", "owner"), "password", "Send it without one"),
    "a PDF with a file inside": (with_embedded_file(), "attachments", "carries other files inside"),
    "a PDF with a file on a page": (with_file_on_a_page(), "attachments", "carries other files inside"),
    "a PDF whose link starts a program": (with_link_to_a_program(), "programs", "start a program"),
    "a PDF whose bookmark starts a program": (with_bookmark_to_a_program(), "programs", "start a program"),
    "an XFA form": (with_xfa_form(), "forms", "Print it to a new PDF"),
}


@pytest.mark.parametrize(("content", "pages"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_accepted(content, pages):
    assert check_pdf(upload(content)).page_count == pages


@pytest.mark.parametrize(("content", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_and_with_which_sentence(content, code, says, vault_folder):
    with pytest.raises(FileRefused) as refusal:
        check_pdf(upload(content))
    assert refusal.value.code == code
    assert says in str(refusal.value)
    assert refusal.value.field == "file"


@pytest.mark.parametrize(
    "name", ["report.docx", "report", "report.pdf.exe", "report.pdf\x00.exe", "report\u202efdp.exe"]
)
def test_a_name_that_is_no_pdfs_is_refused(name):
    with pytest.raises(FileRefused, match="is not a PDF") as refusal:
        check_pdf(upload(PDF, name=name))
    assert "\u202e" not in str(refusal.value)


@pytest.mark.parametrize("name", ["REPORT.PDF", "../../report.pdf", "  report.pdf "])
def test_a_name_that_is_a_pdfs_is_cleaned(name):
    assert check_pdf(upload(PDF, name=name)).name.lower() == "report.pdf"


def test_a_file_sent_as_something_else_is_refused():
    with pytest.raises(FileRefused, match="sent as “html”, not as PDF"):
        check_pdf(upload(PDF, content_type="text/html"))


@pytest.mark.parametrize("content_type", ["", "application/octet-stream", "Application/PDF"])
def test_a_browser_that_does_not_know_pdfs_may_send_them(content_type):
    assert check_pdf(upload(PDF, content_type=content_type)).page_count == 2


def test_a_file_over_the_limit_is_refused():
    with pytest.raises(FileRefused, match="larger than 1 MB") as refusal:
        check_pdf(upload(PDF + b"x" * 1024 * 1024), max_bytes=1024 * 1024)
    assert refusal.value.code == "too_large"


@pytest.mark.slow
def test_101_megabytes_are_refused_and_99_are_not():
    filling = b"%" + b"x" * 1022 + b"\n"
    padded = PDF.replace(b"\n", b"\n" + filling * (99 * 1024), 1)
    with pytest.raises(FileRefused, match="larger than 100 MB"):
        check_pdf(upload(filling * (101 * 1024)))
    assert check_pdf(upload(padded)).page_count == 2


@pytest.mark.slow
def test_a_report_of_too_many_pages_is_refused():
    pages = pdf_limits.MAX_PAGES
    assert check_pdf(upload(pdf_bytes(pages))).page_count == pages
    with pytest.raises(FileRefused, match="more than 3000 pages"):
        check_pdf(upload(pdf_bytes(pages + 1)))


def test_a_page_that_cannot_be_read_is_named_with_what_to_do():
    made = writer(3)
    made._root_object["/Pages"].get_object()["/Kids"][1] = made._add_object(NumberObject(7))
    with pytest.raises(FileRefused, match=r"^Page 2 of this PDF cannot be read\. Open it, save it again") as refusal:
        check_pdf(upload(written(made)))
    assert refusal.value.code == "page"


def test_a_file_that_the_disk_did_not_take_is_asked_for_again():
    with pytest.raises(FileRefused, match="We could not store the file just now") as refusal:
        check_pdf(SealedUpload(spool=None, name="report.pdf", content_type="", size=10, problem="not stored"))
    assert refusal.value.code == "not_stored"


def test_a_file_that_takes_too_long_to_read_is_a_sentence(monkeypatch):
    monkeypatch.setattr(confinement, "TIMEOUT", 0.05)
    with confinement._lock, pytest.raises(FileRefused, match="Send this one again in a minute") as refusal:
        check_pdf(upload(PDF))
    assert refusal.value.code == "busy"


def test_asking_twice_reads_the_file_once():
    """A form asks, then the service asks again."""
    sent = upload(PDF)
    check_pdf(sent)
    confinement.stop_child()
    began = time.monotonic()
    assert check_pdf(sent).page_count == 2
    assert time.monotonic() - began < 0.05


@pytest.mark.slow
def test_a_bomb_harms_nobody_and_the_next_report_is_read():
    """A page whose 20 kB unpack to 1.3 GB: if anybody's memory ends, it is the child's."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = writer()
    content = StreamObject()
    content.set_data(zlib.compress(b"\x81\x20" * 10_000_000))
    content[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/RunLengthDecode")])
    bomb.pages[0][NameObject("/Contents")] = bomb._add_object(content)
    sent = upload(written(bomb))

    with suppress(FileRefused):
        check_pdf(sent)

    assert check_pdf(upload(PDF)).page_count == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
