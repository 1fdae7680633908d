"""Pictures of pages: drawn once, kept sealed under the file's own key, marked for each reader, written down."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import IntegrityError
from PIL import Image

from tests.factories.vault import NINE, pdf_bytes, stored_file, writer, written
from vendors.calendar.clock import now
from vendors.confinement.errors import ConfinedJobFailed
from vendors.people.actors import SYSTEM
from vendors.sealing.keyring import keyring
from vendors.vault import orphans, page_images
from vendors.vault.models import CustodyAction, PageImage, StoredFile
from vendors.vault.opening import CannotOpen
from vendors.vault.page_images import page_image, page_size
from vendors.vault.queries import custody_of
from vendors.vault.services import destroy
from vendors.vault.storage import LocalVaultStorage
from vendors.vault.tasks import tidy_page_images

pytestmark = pytest.mark.django_db

WIDTH = 300


@pytest.fixture
def stored() -> StoredFile:
    return stored_file(pdf_bytes(3, "Section 3"))


def look(stored: StoredFile, by, *, page: int = 2, width: int = WIDTH, at=NINE) -> bytes:
    mark = [by.label, by.email, "23 Nov 2026, 09:00 UTC"]
    return page_image(stored, page=page, width=width, mark=mark, by=by, purpose="Review REV-1", at=at)


def looks_at(stored: StoredFile) -> list[tuple]:
    seen = custody_of(stored).filter(action=CustodyAction.PAGE_OPENED)
    return list(seen.order_by("pk").values_list("who", "page", "purpose"))


def sealed_pictures(vault_folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in (vault_folder / "sealed").glob("*/*")]


@pytest.mark.slow
def test_a_page_comes_as_a_picture_and_leaves_a_custody_entry(reviewer, stored):
    picture = Image.open(BytesIO(look(stored, reviewer, width=595)))
    assert (picture.format, picture.size) == ("PNG", (595, 842))
    assert picture.convert("L").getextrema() == (0, 255)
    assert looks_at(stored) == [("Ines Varga", 2, "Review REV-1")]


@pytest.mark.slow
def test_two_readers_get_different_pictures_of_one_drawing(reviewer, approver, stored):
    first, second = look(stored, reviewer), look(stored, approver)
    assert first != second
    assert first == look(stored, reviewer)
    image = PageImage.objects.get()
    assert (image.page, image.width, image.points_wide, image.points_high) == (2, WIDTH, 595, 842)


def test_on_the_disk_nothing_can_be_seen(reviewer, stored, vault_folder):
    look(stored, reviewer)
    assert len(sealed_pictures(vault_folder)) == 2
    for sealed in sealed_pictures(vault_folder):
        assert sealed.startswith(b"CSGN")
        assert b"PNG" not in sealed
        assert b"IHDR" not in sealed


@pytest.mark.parametrize("page", [0, 4, -1, 10**9])
def test_a_page_that_is_not_there_leaves_nothing(reviewer, stored, page):
    with pytest.raises(ConfinedJobFailed) as failure:
        look(stored, reviewer, page=page)
    assert failure.value.code == "no page"
    assert looks_at(stored) == []
    assert not PageImage.objects.exists()


def test_a_page_of_absurd_size_gives_a_picture_of_bearable_size(reviewer):
    made = writer()
    made.pages[0].mediabox.upper_right = (14_400, 100)
    picture = Image.open(BytesIO(look(stored_file(written(made)), reviewer, page=1, width=9_000)))
    assert max(picture.size) <= 4000


def test_the_size_of_a_page_is_known_from_its_drawing(reviewer, stored, django_assert_num_queries):
    assert page_size(stored, page=1, width=WIDTH, at=NINE) == (595, 842)
    with django_assert_num_queries(1):
        assert page_size(stored, page=1, width=900, at=NINE) == (595, 842)
    assert looks_at(stored) == [], "nobody saw it"


def test_one_look_is_one_line_and_another_look_another(reviewer, approver, stored):
    for seconds, width in ((0, 300), (20, 450), (59, 300), (61, 300)):
        look(stored, reviewer, width=width, at=NINE + timedelta(seconds=seconds))
    look(stored, approver, at=NINE + timedelta(seconds=62))
    look(stored, reviewer, page=3, at=NINE + timedelta(seconds=62))
    assert [(who, page) for who, page, _purpose in looks_at(stored)] == [
        ("Ines Varga", 2),
        ("Ines Varga", 2),
        ("Tomasz Reyk", 2),
        ("Ines Varga", 3),
    ]


def broken(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


@pytest.mark.slow
@pytest.mark.parametrize("harm", [broken, Path.unlink], ids=["broken", "missing"])
@pytest.mark.django_db(transaction=True)
def test_a_kept_picture_that_is_broken_or_missing_is_drawn_anew(reviewer, stored, vault_folder, harm):
    seen = look(stored, reviewer)
    kept = PageImage.objects.get()
    harm(vault_folder / "sealed" / kept.storage_name)
    assert look(stored, reviewer) == seen
    assert PageImage.objects.get().pk != kept.pk


def test_a_full_disk_keeps_nothing_and_shows_the_page(reviewer, stored, monkeypatch, caplog):
    def full(*_arguments: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(LocalVaultStorage, "_save", full)
    assert look(stored, reviewer).startswith(b"\x89PNG")
    assert not PageImage.objects.exists()
    assert "was not kept" in caplog.text


def test_whoever_draws_the_same_page_at_the_same_moment_keeps_no_second_copy(
    reviewer, stored, vault_folder, monkeypatch
):
    def too_late(*_arguments: object, **_keywords: object) -> None:
        raise IntegrityError("one_picture_of_a_page_and_width")

    monkeypatch.setattr(PageImage, "save", too_late)
    assert look(stored, reviewer).startswith(b"\x89PNG")
    assert len(sealed_pictures(vault_folder)) == 1


def test_beyond_twice_the_most_nothing_more_is_kept(reviewer, stored, monkeypatch):
    look(stored, reviewer)
    monkeypatch.setattr(page_images, "MOST_BYTES", 100)
    look(stored, reviewer, page=3)
    assert PageImage.objects.get().page == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_with_the_file_its_pictures_are_destroyed(reviewer, administrator, stored, vault_folder):
    look(stored, reviewer)
    copy = sealed_pictures(vault_folder)
    destroy(stored=stored, by=administrator, at=NINE, purpose="The NDA ended.")
    assert not PageImage.objects.exists()
    assert len(copy) == 2
    assert sealed_pictures(vault_folder) == []
    with pytest.raises(CannotOpen, match="was destroyed"):
        look(stored, reviewer)


def test_a_picture_has_no_key_but_the_files(stored, reviewer):
    """So a copy of it, in a backup for example, opens nowhere once the file's key is gone."""
    look(stored, reviewer)
    another = keyring().wrap(b"0" * 32, context=f"{stored.pk} None".encode())
    StoredFile.objects.filter(pk=stored.pk).update(key_id=another[0], wrapped_key=another[1])
    with pytest.raises(CannotOpen):
        look(stored, reviewer)
    assert not PageImage.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_nightly_tidying_lets_go_of_what_nobody_looked_at(reviewer, stored, vault_folder, monkeypatch):
    today = now()
    for page, days in ((1, 31), (2, 3), (3, 2)):
        look(stored, reviewer, page=page, at=today - timedelta(days=days))
    look(stored, reviewer, page=2, at=today)
    assert not orphans.orphans(now=today + timedelta(hours=2))

    tidy_page_images()
    assert [image.page for image in PageImage.objects.order_by("page")] == [2, 3]
    monkeypatch.setattr(page_images, "MOST_BYTES", PageImage.objects.get(page=2).size)
    assert page_images.tidy(now=today) == 1
    assert PageImage.objects.get().page == 2, "the one used last"
    assert len(sealed_pictures(vault_folder)) == 2


def test_pictures_of_a_destroyed_file_that_were_drawn_too_late_are_let_go(stored):
    page_size(stored, page=1, width=WIDTH, at=NINE)
    image = PageImage.objects.get()
    destroy(stored=stored, by=SYSTEM, at=NINE, purpose="The NDA ended.")
    image.save(force_insert=True)
    assert page_images.tidy(now=NINE) == 1
