"""Files that cannot be read are told apart, and each says what to do."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.vendors.reading.paper import Paper, Run
from tests.vendors.reading.stories import letter_only
from vendors.reading import read_report
from vendors.reading.contract import as_json

REPORT = letter_only(Paper()).pdf()


def locked(*, password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(REPORT)))
    writer.encrypt(user_password=password, owner_password="the owner's", algorithm="AES-128")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", "not_a_pdf", "not a PDF"),
        (b"<!doctype html><title>Sign in</title>", "not_a_pdf", "not a PDF"),
        (locked(password="sesame"), "encrypted", "needs a password"),
        (REPORT[: len(REPORT) // 2], "damaged", "cut off"),
        (REPORT[:-200], "damaged", "cut off"),
        (b"%PDF-1.7\n%%EOF\n", "damaged", "damaged"),
        (Paper(pages=[[], []]).pdf(), "no_text", "pictures"),
    ],
    ids=["empty", "a web page", "password", "half a file", "without its end", "only a head", "a scan"],
)
def test_why_nothing_was_read_is_said(content, error, words):
    reading = read_report(content)
    assert reading.error == error
    assert words in reading.error.sentence
    told = as_json(reading)
    assert told["error"] == error
    assert told["reason"] == reading.error.sentence
    assert told["opinion"] is told["period_start"] is None
    assert told["citations"] == {}


def test_a_scan_still_tells_how_many_pages_it_has():
    reading = read_report(Paper(pages=[[], [], []]).pdf())
    assert reading.pages == 3
    assert reading.pages_without_text == (1, 2, 3)


def test_a_file_that_only_its_owner_may_change_is_read():
    reading = read_report(locked(password=""))
    assert reading.error is None
    assert reading.restricted
    assert reading.opinion.value == "unqualified"
    assert not read_report(REPORT).restricted


def test_a_file_with_something_before_its_head_and_after_its_end_is_read():
    assert read_report(b"\r\n" + REPORT + b"\r\n\r\n").opinion.value == "unqualified"


def test_a_scan_with_a_stamp_of_its_reader_on_each_page_is_a_scan():
    paper = Paper(pages=[[Run(60, 760, 8, f"Issued to reader@bank.example, page {number}")] for number in range(1, 7)])
    assert read_report(paper.pdf()).error == "no_text"
