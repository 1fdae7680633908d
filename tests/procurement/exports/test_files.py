"""Answers as a workbook, a table and a document: read back, they say what the page says."""

import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from procurement.exports.printed import answers_as_pdf, answers_html
from procurement.exports.tables import answers_as_csv
from procurement.exports.workbooks import MOST_CHARACTERS, answers_as_workbook
from tests.procurement.exports.conftest import HOSTILE, about
from vendors.people.actors import Refused
from vendors.printing import services as printing

pytestmark = pytest.mark.django_db

OURS_ALONE = ("Judged by", "Second reviewer", "Points", "Rating", "Flags", "Findings", "Asked only if")


def rows_of(book: bytes, sheet: str) -> list[list[str]]:
    found = openpyxl.load_workbook(io.BytesIO(book))[sheet]
    return [["" if cell is None else str(cell) for cell in row] for row in found.iter_rows(values_only=True)]


def table_of(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    """The rows by reference, each cell by its title."""
    head, *rest = rows
    return {row[head.index("Ref")]: dict(zip(head, row, strict=True)) for row in rest}


@pytest.mark.slow
def test_the_workbook_says_what_the_page_says(record):
    book = answers_as_workbook(record)
    answers = table_of(rows_of(book, "Answers"))
    assert len(answers) == 15
    assert (answers["YN"]["Answer"], answers["YN"]["State"]) == ("Yes", "Accepted")
    assert answers["YN"]["Judged by"] == "Ines Varga, 1 September 2026"
    assert answers["USA"]["Rating"] == "40 of 100, before 0: @Soon enough. (Ines Varga, 1 September 2026)"
    assert answers["USA"]["Points"] == "4 of 10"
    assert answers["USA"]["Findings"].startswith("F-1 Data leaves the Union (High, Open, Ines Varga, due ")
    assert answers["PROOF"]["Files"].startswith("letter.pdf (Letter on a penetration test, of 2 August 2026, SHA-256 ")
    assert answers["PLACES"]["Answer"] == "Germany, United States"
    assert (answers["LINE"]["Who owns it"], answers["LINE"]["Description"]) == ("Both", "=1+1\nin two lines")
    assert answers["TEXT"]["Description"] == ""
    summary = {row[0]: row[1] for row in rows_of(book, "Summary")[2:]}
    assert (summary["Vendor"], summary["Asked"], summary["Risk"]) == ("Quillhaven Software, Inc.", "15", "Medium")
    assert summary["SHA-256 of the questions"] == record.version.sha256
    assert summary["Score: Lists"] == "40 of 100"


def test_no_cell_of_a_workbook_runs_what_somebody_typed(record):
    book = answers_as_workbook(record)
    cells = [
        cell
        for sheet in openpyxl.load_workbook(io.BytesIO(book))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s"}
    (hostile,) = [cell for cell in cells if cell.value == HOSTILE]
    assert hostile.quotePrefix
    assert hostile.hyperlink is None
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet2.xml")


def test_the_same_answers_make_the_same_workbook(record):
    assert answers_as_workbook(record) == answers_as_workbook(record)


def test_a_text_longer_than_a_cell_is_cut_and_odd_letters_are_kept(record):
    odd = replace(about(record, "TEXT"), comment="x" * (MOST_CHARACTERS + 5), answer="bell\x07 and _x0041_")
    answers = table_of(rows_of(answers_as_workbook(replace(record, answers=(odd,))), "Answers"))
    assert len(answers["TEXT"]["Comment"]) == MOST_CHARACTERS
    assert answers["TEXT"]["Answer"] == "bell_x0007_ and _x0041_"  # as a workbook spells what XML cannot hold


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(record):
    written = answers_as_csv(record)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    answers = table_of(rows)
    assert rows[0][:2] == ["Vendor", "Questionnaire"]
    assert answers["YPN"]["Comment"] == f"'{HOSTILE}"
    assert answers["YN"]["Questionnaire"] == "Every kind of question, version 1"
    assert answers["LINE"]["Answer"] == "One line, äöü 漢"
    assert answers["LINE"]["Description"] == "'=1+1\nin two lines"
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_vendors_workbook_has_no_column_that_is_ours_alone(theirs):
    book = answers_as_workbook(theirs)
    head = rows_of(book, "Answers")[0]
    assert [title for title in OURS_ALONE if title in head] == []
    assert "Risk" not in [row[0] for row in rows_of(book, "Summary")]


def text_of(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.slow
def test_the_document_is_tagged_numbered_and_carries_the_answers(record):
    pdf = answers_as_pdf(record)
    text, document = text_of(pdf), PdfReader(io.BytesIO(pdf))
    assert f"Page 1 of {len(document.pages)}" in text
    assert "Every kind of question, version 1" in text
    assert "Libraries take longer." in text
    assert "Who owns it: Both" in text
    assert "Internal. Quotes what the vendor said in confidence" in text
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [name.endswith(".json") for name in document.attachments] == [True]


@pytest.mark.slow
def test_an_answer_longer_than_a_page_is_printed_whole(record):
    long = replace(about(record, "TEXT"), answer="\n".join(f"line {n}" for n in range(300)) + "\nthe very end")
    assert "the very end" in text_of(answers_as_pdf(replace(record, answers=(long,))))


def test_a_vendors_document_says_whose_copy_it_is_and_carries_nothing(theirs):
    html = answers_html(theirs)
    assert "Copy of Quillhaven." in html
    assert [word for word in ("Internal", "Soon enough", "Data leaves", "Risk") if word in html] == []


def test_what_a_vendor_typed_is_text_in_the_document(record):
    typed = replace(about(record, "LINE"), comment="<script>alert(1)</script>")
    assert "&lt;script&gt;" in answers_html(replace(record, answers=(typed,)))


def test_where_nothing_can_be_printed_another_format_is_offered(record, monkeypatch):
    def broken(*_arguments, **_keywords):
        raise printing.PrintJobFailed("This machine lacks the libraries.")

    monkeypatch.setattr("procurement.exports.printed.print_pdf", broken)
    with pytest.raises(Refused, match=r"This machine lacks the libraries. Take the workbook instead."):
        answers_as_pdf(record)


def test_two_sections_of_one_name_show_no_score_of_the_other(record):
    (first, *others) = record.scores.sections
    twice = replace(record.scores, sections=(first, replace(first, score=1), *others))
    assert "1 of 100" not in answers_html(replace(record, scores=twice)).split("</h2>")[0]
    assert f"{first.score} of 100" in answers_html(record).split("</h2>")[0]
