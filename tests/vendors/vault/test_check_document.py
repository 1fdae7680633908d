"""A PDF or a picture, where a door takes both: told by content, in the confined child, with a sentence for the rest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ImageFile

from tests.factories.pictures import gif_bytes, moving_png, photo_bytes, plain_png, png_bytes, png_that_says, with_words
from tests.factories.vault import NINE, pdf_bytes, upload
from vendors.confinement.errors import JobRefused
from vendors.people.actors import SYSTEM
from vendors.vault import picture_limits, services
from vendors.vault.documents import check_document
from vendors.vault.picture_jobs import inspect
from vendors.vault.validation import FileRefused

ZIP = b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18
PNG, PHOTO = png_bytes(), photo_bytes()


def sent(content: bytes, name: str = "shot.png", content_type: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type)


ACCEPTED = {
    "a screenshot": (PNG, "shot.png", "image/png"),
    "a screenshot by a capital name": (PNG, "SHOT.PNG", "image/png"),
    "a photo with a place": (PHOTO, "photo.jpg", "image/jpeg"),
    "a photo by its longer ending": (PHOTO, "photo.jpeg", "image/jpeg"),
    "a PDF": (pdf_bytes(), "policy.pdf", "application/pdf"),
    "a screenshot with padding behind it": (PNG + b"\0" * 40, "shot.png", "image/png"),
    "a photo with a line end behind it": (PHOTO + b"\r\n", "photo.jpg", "image/jpeg"),
}
REFUSED = {
    "nothing": (b"", "shot.png", "empty", "This file is empty"),
    "a text named so": (b"Dear reviewer", "shot.png", "unreadable", "This is no picture that opens"),
    "a GIF named so": (gif_bytes(), "shot.png", "unreadable", "This is no picture that opens"),
    "a drawing of vectors": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "shot.png", "unreadable", "no picture"),
    "a PDF named so": (pdf_bytes(), "shot.png", "unreadable", "This is no picture that opens"),
    "a web page": (b"<!doctype html><script>1</script>", "photo.jpg", "unreadable", "This is no picture that opens"),
    "a screenshot cut in the middle": (PNG[: len(PNG) // 2], "shot.png", "unreadable", "may have been cut off"),
    "a photo cut in the middle": (PHOTO[: len(PHOTO) // 2], "photo.jpg", "unreadable", "may have been cut off"),
    "a photo by another ending": (PHOTO, "shot.png", "name", "“shot.png” is a JPEG by its content."),
    "a screenshot by another ending": (PNG, "photo.jpg", "name", "“photo.jpg” is a PNG by its content."),
    "one that is a ZIP as well": (PNG + ZIP, "shot.png", "ending", "Something that is no picture"),
    "a photo that is a ZIP as well": (PHOTO + ZIP + b"\xff\xd9", "photo.jpg", "ending", "Something that is no picture"),
    "one with a page behind it": (PNG + b"<script>1</script>", "shot.png", "ending", "Something that is no picture"),
    "a photo with a film behind it": (PHOTO + b"\0\0\0\x18ftypmp42", "photo.jpg", "ending", "no picture stands"),
    "one that is a PDF as well": (with_words(b"%PDF-1.7"), "shot.png", "ending", "Something that is no picture"),
    "one that moves": (moving_png(), "shot.png", "animated", "This picture moves."),
    "one that unfolds": (png_that_says(30_000, 30_000), "shot.png", "pixels", "more than 60 million pixels"),
    "one that is too long": (png_that_says(10, 40_001), "shot.png", "pixels", "a side of more than 40000"),
    "a table": (b"PK\x03\x04", "list.xlsx", "kind", "“list.xlsx” is neither a PDF nor a picture (PNG, JPEG)."),
    "a drawing named as one": (b"<svg/>", "logo.svg", "kind", "is neither a PDF nor a picture"),
    "a picture named as a PDF": (PNG, "shot.pdf", "not_pdf", "This is a picture, not a PDF."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "content_type"), ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_accepted(content, name, content_type):
    checked = check_document(sent(content, name))
    assert (checked.content_type, checked.name) == (content_type, name)
    assert checked.page_count == (1 if name.endswith(".pdf") else None)


@pytest.mark.parametrize(("content", "name", "code", "says"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_and_with_which_sentence(content, name, code, says, vault_folder):
    with pytest.raises(FileRefused) as refusal:
        check_document(sent(content, name))
    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert says in str(refusal.value)


def test_one_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr("vendors.vault.documents.MAX_BYTES", len(PNG) - 1)
    with pytest.raises(FileRefused, match="This picture is larger than") as refusal:
        check_document(sent(PNG))
    assert refusal.value.code == "too_large"


def test_one_sent_as_something_else_is_refused():
    with pytest.raises(FileRefused, match="sent as “html”, not as a picture"):
        check_document(sent(PNG, content_type="text/html"))


def test_nothing_of_what_the_camera_wrote_is_handed_on():
    assert inspect({}, PHOTO) == ({"type": "image/jpeg", "width": 320, "height": 200}, b"")


def test_one_that_is_cut_off_is_refused_in_a_child_that_has_printed_as_well(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    for cut in (PNG[: len(PNG) // 2], PHOTO[: len(PHOTO) // 2]):
        with pytest.raises(JobRefused, match="unreadable"):
            inspect({}, cut)
    assert ImageFile.LOAD_TRUNCATED_IMAGES, "printing goes on as it does"


@pytest.mark.slow
def test_a_picture_at_the_limits_fits_into_the_child():
    content = plain_png(picture_limits.MAX_PIXELS // 8_000, 8_000)
    assert check_document(sent(content)).content_type == "image/png"


@pytest.mark.django_db
def test_a_door_for_pdfs_takes_no_picture(vault_folder):
    kept = {"purpose": "report", "vendor_id": None, "by": SYSTEM, "at": NINE}
    with pytest.raises(FileRefused, match="is not a PDF"):
        services.seal_upload(upload=upload(PNG, name="shot.png"), **kept)
    stored = services.seal_upload(upload=sent(PNG), takes_pictures=True, **kept)
    assert (stored.content_type, stored.page_count, stored.size) == ("image/png", None, len(PNG))
