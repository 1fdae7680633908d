"""Any text comes out of its cell as it went in, and no text becomes a formula or markup."""

import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.questionnaires.importing.xlsx import read_xlsx
from procurement.questionnaires.offline.book import FORMAT, Book, BookRow, BookSheet
from procurement.questionnaires.offline.cells import shown
from procurement.questionnaires.offline.reading import read_own
from procurement.questionnaires.offline.writing import write_book
from tests.factories.workbooks import opened

HEADS = {"REF": "Ref", "TEXT": "Question", "ABOUT": "About", "ANSWER": "Answer", "COMMENT": "Comment"}
PIECES = ("_x0041_", "_x005F_", "<r>", "</r>", "=1+1", "@", "|", "\\", "\n", " ", "\u2060", "_", "x0042_", "&amp;")
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("".join))


def book_of(texts: list[str]) -> Book:
    rows = tuple(BookRow(key=f"q-{n}", ref=str(n), text="What?", answer=text) for n, text in enumerate(texts))
    return Book(
        title="Any",
        instructions_title="Read first",
        instructions=(),
        heads=("", *HEADS.values(), "Files"),
        sheets=(BookSheet("Questions", "", rows),),
        meta={"format": FORMAT, **{f"head:{name}": head for name, head in HEADS.items()}},
        made=datetime(2026, 9, 1),
    )


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=9))
def test_any_text_comes_back(texts):
    returned = read_own(read_xlsx(write_book(book_of(texts))))
    assert returned is not None
    assert [shown(row.answer) for row in returned.rows] == [shown(text) for text in texts]


def test_what_looks_like_a_formula_is_text_and_marked_so_that_it_stays_text():
    data = write_book(book_of(["=1+1", "+1", "-1", "@a", "plain"]))
    sheet = opened(data)["Questions"]
    assert [sheet.cell(row, 5).data_type for row in range(4, 9)] == ["s"] * 5
    assert [bool(sheet.cell(row, 5).quotePrefix) for row in range(4, 9)] == [True] * 4 + [False]
    assert sheet["E4"].number_format == "@"
    assert b"<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet2.xml")


def test_markup_in_a_text_does_not_become_markup():
    data = write_book(book_of(["<r><t>bold</t></r>"]))
    assert b"&lt;r&gt;" in zipfile.ZipFile(BytesIO(data)).read("xl/sharedStrings.xml")


def test_the_same_book_is_the_same_bytes():
    assert write_book(book_of(["a"])) == write_book(book_of(["a"]))
