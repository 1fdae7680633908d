"""What PDFium finds, asked of it directly: these functions are what runs in the confined child."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from tests.factories.vault import pdf_bytes, writer, written
from tests.vendors.vault.test_check_pdf import ACCEPTED, REFUSED
from vendors.confinement.errors import JobRefused
from vendors.vault.pdf_jobs import inspect, page_image

OPENED_BY_THE_JOB = {
    name: row
    for name, row in REFUSED.items()
    if row[1] in {"unreadable", "password", "attachments", "programs", "forms"}
}


def pages_of(made: PdfWriter) -> DictionaryObject:
    return made._root_object["/Pages"].get_object()


def with_a_page_that_is_none() -> bytes:
    made = writer(3)
    pages_of(made)["/Kids"][1] = made._add_object(NumberObject(7))
    return written(made)


def with_fewer_pages_than_it_says() -> bytes:
    made = writer(3)
    pages_of(made)[NameObject("/Count")] = NumberObject(9)
    return written(made)


def with_pages_in_a_circle() -> bytes:
    made = writer(1)
    pages_of(made)["/Kids"].append(made._root_object.raw_get("/Pages"))
    pages_of(made)[NameObject("/Count")] = NumberObject(5)
    return written(made)


@pytest.mark.parametrize(("content", "pages"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_the_pages_are_counted_one_by_one(content, pages):
    assert inspect({}, content) == ({"pages": pages}, b"")


@pytest.mark.parametrize(("content", "code", "_says"), OPENED_BY_THE_JOB.values(), ids=OPENED_BY_THE_JOB.keys())
def test_what_is_found_is_told_by_a_code(content, code, _says):
    with pytest.raises(JobRefused) as refusal:
        inspect({}, content)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (with_a_page_that_is_none(), "page:2"),
        (with_fewer_pages_than_it_says(), "page:4"),
        (with_pages_in_a_circle(), "page:2"),
    ],
    ids=["a page that is none", "fewer pages than it says", "pages in a circle"],
)
def test_a_page_that_does_not_load_is_named(content, code):
    with pytest.raises(JobRefused) as refusal:
        inspect({}, content)
    assert refusal.value.code == code


@pytest.mark.slow
def test_more_pages_than_the_limit_are_not_opened():
    with pytest.raises(JobRefused, match=r"^pages$"):
        inspect({}, pdf_bytes(3001))


@pytest.mark.parametrize(("width", "size"), [(200, (200, 284)), (595, (595, 842)), (9000, (2827, 4000))])
def test_a_page_is_drawn_as_wide_as_asked_and_never_too_large(width, size):
    result, png = page_image({"page": 1, "width": width}, pdf_bytes(1, "Section 3"))
    picture = Image.open(BytesIO(png))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", size)
    assert result == {"width": size[0], "height": size[1], "points": [595, 842]}


def test_a_page_that_is_not_there_is_not_drawn():
    with pytest.raises(JobRefused, match="no page"):
        page_image({"page": 2, "width": 200}, pdf_bytes())
