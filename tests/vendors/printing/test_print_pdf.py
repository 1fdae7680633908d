"""What is printed: its text, its tags, its attachment, and the same bytes for the same input."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.conf import settings as current
from pypdf import PdfReader

from vendors.confinement import services as confinement
from vendors.printing.services import PrintJobFailed, print_pdf

FOUR = datetime(2026, 12, 4, 14, 22, 5, tzinfo=UTC)
SOURCE = ("MEMO-2026-0001.json", b'{"decision": "approved"}', "The memo's frozen content")


def page(body: str, *, head: str = "") -> str:
    return f"""<!doctype html><html lang="en">
    <head><meta charset="utf-8"><title>Approval memo</title>{head}</head>
    <body><span class="running">Quillhaven People Cloud</span><span class="foot">Internal.</span>
    <header class="letterhead"><span class="no">Memo <b class="memo-no">MEMO-2026-0001</b></span></header>
    {body}</body></html>"""


def printed(body: str = "<h1>Quillhaven</h1>", *, head: str = "", **kept) -> bytes:
    return print_pdf(html=page(body, head=head), **{"created": FOUR, "identifier": b"0123456789abcdef", **kept})


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> list[str]:
    return [" ".join(one.extract_text().split()) for one in read(pdf).pages]


@pytest.mark.slow
def test_the_text_can_be_read_back():
    (text,) = text_of(printed("<h1>Quillhaven</h1><p>Approved with three conditions – “fine” for Žofia Łukasz</p>"))
    assert "Approved with three conditions – “fine” for Žofia Łukasz" in text
    assert text.endswith("Internal. Page 1 of 1")


@pytest.mark.slow
def test_the_source_is_attached_and_comes_back_out():
    reader = read(printed(attachments=[SOURCE, ("policy.json", b"{}", "The policy")]))
    assert reader.attachments["MEMO-2026-0001.json"] == [b'{"decision": "approved"}']
    assert reader.attachments["policy.json"] == [b"{}"]
    files = [file.get_object() for file in reader.root_object["/AF"]]
    assert {file["/AFRelationship"] for file in files} == {"/Source"}
    assert {file["/Desc"] for file in files} == {"The memo's frozen content", "The policy"}
    assert files[0]["/EF"]["/F"]["/Params"]["/ModDate"] == "D:20261204142205Z"


@pytest.mark.slow
def test_it_is_tagged_and_says_that_it_is_pdf_a_3a():
    root = read(printed()).root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r'pdfaid:part="3"', metadata)
    assert re.search(r'pdfaid:conformance="A"', metadata)


def test_its_dates_and_number_are_those_given():
    reader = read(printed(created=FOUR.astimezone(timezone(timedelta(hours=1))), title="MEMO-2026-0001"))
    assert reader.metadata.creation_date == reader.metadata.modification_date == FOUR
    assert (reader.metadata.title, reader.metadata.creator) == ("MEMO-2026-0001", "Countersign")
    assert reader.trailer["/ID"][0].original_bytes == b"0123456789abcdef"


def test_its_fonts_are_ours_and_inside():
    reader = read(printed("<h1>A</h1><table><tr><td>B <code>C</code></td></tr></table>"))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    names = {font["/BaseFont"].partition("+")[2] for font in fonts}
    assert {"Source-Serif-Semi-Bold", "Plex-Sans", "Plex-Mono"} <= names
    assert {name.rpartition("-")[0] for name in names} <= {
        "Source",
        "Source-Serif",
        "Source-Serif-Semi",
        "Plex",
        "Plex-Sans",
        "Plex-Sans-Semi",
    }
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(described)


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_whatever_was_printed_before():
    first = printed(attachments=[SOURCE])
    printed("<h1>Another</h1>" + "<p>words</p>" * 200)
    assert printed(attachments=[SOURCE]) == first
    confinement.stop_child()
    assert printed(attachments=[SOURCE]) == first


@pytest.mark.slow
def test_the_same_input_gives_the_same_bytes_in_another_process():
    program = (
        "import django, hashlib; django.setup()\n"
        "from tests.vendors.printing.test_print_pdf import SOURCE, printed\n"
        "print(hashlib.sha256(printed(attachments=[SOURCE])).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "0", "TZ": "Asia/Tokyo"}
    there = subprocess.run(
        [sys.executable, "-c", program],
        cwd=current.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == hashlib.sha256(printed(attachments=[SOURCE])).hexdigest()


def test_another_moment_or_number_gives_another_file():
    assert len({printed(), printed(created=FOUR + timedelta(seconds=1)), printed(identifier=b"f" * 16)}) == 3


@pytest.mark.slow
def test_long_tables_repeat_their_heads_and_split_no_row():
    rows = "".join(
        f"<tr><th>begin{number}</th><td>{'words of a reason ' * 20}</td><td>end{number}</td></tr>"
        for number in range(60)
    )
    pages = text_of(
        printed(
            f"<table><thead><tr><th>Requirement</th><th>Reason</th><th>Result</th></tr></thead><tbody>{rows}</tbody></table>"
        )
    )

    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert "Requirement Reason Result" in text
        assert f"Page {number} of {len(pages)}" in text
        assert re.findall(r"begin(\d+)", text) == re.findall(r"end(\d+)", text)
    assert "Quillhaven People Cloud MEMO-2026-0001" not in pages[0]
    assert all("Quillhaven People Cloud" in text and "MEMO-2026-0001" in text for text in pages[1:])


@pytest.mark.slow
def test_a_word_longer_than_its_column_pushes_nothing_off_the_page():
    word = "https://quillhaven.example/" + "z" * 300
    pdf = printed(f"<table><tr><th>CC6.1</th><td>{word}</td><td>the last column</td></tr></table>")
    starts: dict[str, float] = {}
    read(pdf).pages[0].extract_text(visitor_text=lambda text, cm, tm, *_: starts.update({text.strip(): cm[0] * tm[4]}))
    (last,) = (start for text, start in starts.items() if text.startswith("the last"))

    assert text_of(pdf)[0].count("z") == 300
    assert last < 595 - 57 - 30


def test_a_page_nested_beyond_reason_is_a_sentence_and_the_next_prints():
    with pytest.raises(PrintJobFailed, match="The PDF was not made"):
        printed("<table><tr><td>" * 150)
    assert text_of(printed("<p>next</p>"))[0].count("next") == 1
