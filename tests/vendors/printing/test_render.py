"""The function that runs in the confined child, called directly."""

import io

import pytest
from pypdf import PdfReader

from tests.vendors.printing.test_print_pdf import page
from vendors.printing.render import render

ASKED = {
    "stylesheets": ["print.css"],
    "title": "",
    "created": "2026-12-04T14:22:05+00:00",
    "identifier": "00" * 16,
    "attachments": [
        {"name": "a.json", "size": 2, "description": "A"},
        {"name": "b.json", "size": 3, "description": "B"},
    ],
}


@pytest.mark.slow
def test_it_tells_how_many_pages_it_made():
    result, pdf = render({**ASKED, "html": page("<p>one</p><p style='break-before: page'>two</p>")}, b"{}[1]")
    reader = PdfReader(io.BytesIO(pdf))
    assert result["pages"] == len(reader.pages) == 2
    assert reader.metadata.title == "Approval memo"
    assert {name: content[0] for name, content in reader.attachments.items()} == {"a.json": b"{}", "b.json": b"[1]"}


@pytest.mark.slow
def test_only_cells_with_long_words_may_break_within_words():
    table = f"<table><tr><td>short words only, many of them</td><td>{'z' * 200}</td></tr></table>"
    _result, pdf = render({**ASKED, "html": page(table)}, b"{}[1]")
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "z" * 200 not in text
    assert text.count("z") == 200
