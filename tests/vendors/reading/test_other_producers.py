"""The same report from another producer, or after another program had it in its hands, tells the same facts."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from tests.vendors.reading.paper import Paper
from tests.vendors.reading.printed import PrintedPaper
from tests.vendors.reading.stories import ash, elm, fir, oak, yew
from tests.vendors.reading.test_whole_reports import facts_of


@pytest.mark.slow
@pytest.mark.parametrize(
    ("report", "paper"),
    [
        (oak, {"justified": True}),
        (elm, {}),
        (elm, {"padding": 0.5}),
        (elm, {"size": "Letter landscape", "text_size": 12}),
        (fir, {"font": "Source Serif 4"}),
        (yew, {}),
        (ash, {"font": "DejaVu Sans", "size": "A5 landscape"}),
    ],
    ids=[
        "justified",
        "centred cells",
        "cells set tight",
        "large and landscape",
        "another face",
        "lists and mapping",
        "small sheet",
    ],
)
def test_laid_out_by_another_program(report, paper):
    assert facts_of(report(PrintedPaper(**paper)).pdf()) == facts_of(report(Paper()).pdf())


def rewritten(content: bytes, *, turn: int = 0, scale: float = 1.0, packed: bool = False) -> bytes:
    """The file as another program stores it: pages turned by /Rotate, made smaller, objects packed into streams."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    for page in writer.pages:
        page.rotate(turn)
        page.scale_by(scale)
        if packed:
            page.compress_content_streams()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("report", [oak, elm])
@pytest.mark.parametrize("how", [{"turn": 180}, {"turn": 270}, {"scale": 0.6}, {"scale": 1.7, "packed": True}], ids=str)
def test_stored_again_by_another_program(report, how):
    content = report(Paper()).pdf()
    assert facts_of(rewritten(content, **how)) == facts_of(content)
