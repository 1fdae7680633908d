"""The watermark: whoever photographs a page photographs a name, an address and a time with it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from vendors.confinement.errors import JobRefused
from vendors.vault.watermark import stamp

INES = ["Ines Varga", "ines.varga@northmoor.example", "26 Nov 2026, 09:14 CET"]


def page(size: tuple[int, int] = (650, 842), colour: str = "white") -> bytes:
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def stamped(lines: list[str], plain: bytes | None = None) -> Image.Image:
    _nothing, png = stamp({"lines": lines}, plain or page())
    return Image.open(BytesIO(png))


@pytest.mark.parametrize("colour", ["white", "black", "#1d6446"])
def test_it_shows_on_every_ground_and_hides_nothing(colour):
    plain = page(colour=colour)
    difference = ImageChops.difference(stamped(INES, plain), Image.open(BytesIO(plain))).convert("L")
    assert 5 < difference.getextrema()[1] < 60


@pytest.mark.parametrize("size", [(650, 842), (842, 650), (1300, 1683), (200, 4000), (60, 40)])
def test_no_third_of_a_page_is_without_it(size):
    plain = page(size)
    difference = ImageChops.difference(stamped(INES, plain), Image.open(BytesIO(plain)))
    width, height = size
    for third in range(3):
        assert difference.crop((0, height * third // 3, width, height * (third + 1) // 3)).getbbox(), third


@pytest.mark.slow
def test_another_reader_and_another_minute_are_other_pictures():
    seen = stamped(INES).tobytes()
    assert seen == stamped(INES).tobytes()
    assert seen != stamped(["Iris Varga", *INES[1:]]).tobytes()
    assert seen != stamped([*INES[:2], "26 Nov 2026, 09:15 CET"]).tobytes()


@pytest.mark.parametrize(
    "name", ["Łukasz Öztürk", "Žofia Šťastná", "Ирина Волкова", "Ελένη Παππά", "ليلى حداد", "Đặng Hà"]
)
def test_names_of_many_alphabets_are_written(name):
    assert stamped([name, *INES[1:]]).tobytes() != stamped(["", *INES[1:]]).tobytes()


def test_a_name_the_font_has_no_letters_for_leaves_the_address():
    assert stamped(["王小明", *INES[1:]]).tobytes() == stamped(INES[1:]).tobytes()


def test_a_page_never_leaves_unmarked():
    with pytest.raises(JobRefused) as refusal:
        stamp({"lines": ["王小明", " "]}, page())
    assert refusal.value.code == "no watermark"
