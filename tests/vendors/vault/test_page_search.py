"""Words in a sealed PDF: its text is taken out once, kept as sealed as the file, and goes with it."""

from datetime import timedelta

import pytest

from tests.factories.vault import NINE, pdf_bytes, stored_file
from vendors.confinement.services import run_confined
from vendors.people.actors import SYSTEM
from vendors.vault import orphans, page_search, page_text
from vendors.vault.models import PageText, StoredFile
from vendors.vault.opening import CannotOpen
from vendors.vault.page_search import Found, find_words
from vendors.vault.services import destroy
from vendors.vault.tasks import tidy_page_images

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> StoredFile:
    return stored_file(pdf_bytes(3, "Section 3"))


@pytest.fixture
def jobs(monkeypatch) -> list[str]:
    """The jobs that the confined child is given, by name."""
    given: list[str] = []

    def noted(job, **rest):
        given.append(job.partition(":")[2])
        return run_confined(job, **rest)

    for module in (page_search, page_text):
        monkeypatch.setattr(module, "run_confined", noted)
    return given


def search(stored: StoredFile, words: str = "section", *, near: int = 2, at=NINE) -> Found:
    return find_words(stored, words, near=near, on_page_only=False, by=SYSTEM, purpose="Review REV-1", at=at)


def test_the_text_is_taken_out_once_and_finds_the_same_again(stored, jobs):
    first = search(stored)
    assert [hit.page for hit in first.hits] == [1, 2, 3]
    assert (first.page, len(first.boxes)) == (2, 1)
    assert jobs == ["text", "find_in_text", "find"]
    jobs.clear()
    assert search(stored) == first
    assert jobs == ["find_in_text", "find"]
    jobs.clear()
    assert search(stored, "wombat") == Found([], 2)
    assert jobs == ["find_in_text"]


def test_on_the_disk_no_word_can_be_read(stored, vault_folder):
    search(stored)
    sealed = [path.read_bytes() for path in (vault_folder / "sealed").glob("*/*")]
    assert len(sealed) == 2
    for content in sealed:
        assert content.startswith(b"CSGN")
        assert b"Section" not in content
    kept = PageText.objects.get()
    values = " ".join(str(getattr(kept, field.attname)) for field in PageText._meta.concrete_fields)
    assert "Section" not in values


def test_it_goes_with_the_file(stored, vault_folder, django_capture_on_commit_callbacks):
    search(stored)
    with django_capture_on_commit_callbacks(execute=True):
        destroy(stored=stored, by=SYSTEM, at=NINE, purpose="The NDA ended")
    assert not PageText.objects.exists()
    assert list((vault_folder / "sealed").glob("*/*")) == []
    with pytest.raises(CannotOpen):
        search(stored)


def test_text_that_was_changed_on_the_disk_is_taken_out_anew(stored, vault_folder, jobs):
    first = search(stored)
    kept = PageText.objects.get()
    path = vault_folder / "sealed" / kept.storage_name
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert search(stored) == first
    assert jobs.count("text") == 2
    assert PageText.objects.get().pk != kept.pk


def test_it_is_no_orphan_and_goes_when_nobody_searched_for_a_month(stored, monkeypatch):
    search(stored)
    orphans.remove_orphans(now=NINE + timedelta(days=3))
    assert search(stored).hits
    search(stored, at=NINE + timedelta(days=20))
    monkeypatch.setattr("vendors.vault.tasks.now", lambda: NINE + timedelta(days=40))
    tidy_page_images()
    assert PageText.objects.exists(), "used twenty days ago"
    monkeypatch.setattr("vendors.vault.tasks.now", lambda: NINE + timedelta(days=51))
    tidy_page_images()
    assert not PageText.objects.exists()


@pytest.mark.slow
def test_the_longest_unused_goes_where_there_is_too_much(stored, monkeypatch):
    search(stored)
    other = stored_file(pdf_bytes(2, "Section 4"))
    search(other, at=NINE + timedelta(days=1))
    monkeypatch.setattr(page_text, "MOST_BYTES", PageText.objects.get(file=other).size)
    assert page_text.tidy(now=NINE + timedelta(days=2)) == 1
    assert PageText.objects.get().file == other
