"""The document on a page of its own: turning, zooming, jumping, searching, marks, and who gets none of it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.factories.contacts import signed_in
from tests.factories.readings import content_of_sample, finished_reading
from tests.factories.reports import received_report, recorded, sample_pdf, whole_facts
from vendors.calendar import clock
from vendors.ndas.models import Nda
from vendors.people.actors import SYSTEM
from vendors.reports import services
from vendors.reports.models import Grant, Report
from vendors.reports.serving import WIDTHS
from vendors.vault import services as vault
from vendors.vault.models import CustodyEntry, PageImage

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(vendor, nda, reviewer) -> Report:
    """The sample report of twelve pages, read by the machine."""
    received = received_report(vendor, by=reviewer, content=sample_pdf())
    finished_reading(received)
    return received


@pytest.fixture
def tomasz(client, approver, report):
    """The approver, who holds a grant."""
    services.grant_access(report=report, user=approver, purpose="Review R-2026-001", by=SYSTEM, now=clock.now())
    client.force_login(approver)
    return client


def read(browser, report, asked: str = "", **headers: str) -> str:
    answer = browser.get(f"/reports/{report.pk}/read/{asked}", **headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def looks() -> list[tuple]:
    found = CustodyEntry.objects.exclude(action="sealed").order_by("pk")
    return list(found.values_list("who", "action", "page", "purpose"))


def marked(page: str) -> dict[str, str]:
    """Each mark of the page: what a screen reader says, and where it leads."""
    return {label: href for href, label in re.findall(r'<a href="([^"]+)" aria-label="(\d+: [^"]+?)[."]', page)}


@pytest.mark.slow
def test_pages_are_turned_made_larger_and_fitted_by_plain_links(tomasz, report):
    here = f"/reports/{report.pk}/read/"
    page = read(tomasz, report, "?page=3&zoom=150")
    assert f'src="/reports/{report.pk}/pages/3.png?zoom=150"' in page
    for asked in ("page=2&zoom=150", "page=4&zoom=150", "page=3&zoom=100", "page=3&zoom=200", "page=3&zoom=fit"):
        assert f'href="{here}?{asked}"' in page, asked
    whole = read(tomasz, report, "?page=12&zoom=fit")
    assert 'data-zoom="fit"' in whole
    assert "pages/12.png?zoom=100" in whole
    assert 'id="viewer-next"' not in whole
    assert "page=99" not in whole
    assert 'value="12"' in read(tomasz, report, "?page=99")


def test_a_script_swaps_the_viewer_alone(tomasz, report):
    part = read(tomasz, report, "?page=5", HTTP_HX_REQUEST="true")
    assert part.lstrip().startswith('<section class="viewer" id="viewer"')
    assert "<html" not in part


@pytest.mark.slow
def test_opening_the_page_says_nothing_to_the_vendor_before_its_picture_is_fetched(tomasz, report):
    read(tomasz, report, "?page=3")
    assert looks() == []
    assert tomasz.get(f"/reports/{report.pk}/pages/3.png").status_code == 200
    assert looks() == [("Tomasz Reyk", "page_opened", 3, "Review R-2026-001")]


def test_sections_are_jumped_to_and_the_one_around_is_current(tomasz, report):
    page = read(tomasz, report, "?page=6")
    assert re.search(r'page=3&zoom=100" [^>]*>Auditor’s report<', page)
    assert re.findall(r'aria-current="true">([^<]+)<', page) == ["System description"]
    Report.objects.get(pk=report.pk).readings.all().delete()
    assert 'class="jump"' not in read(tomasz, report)


@pytest.mark.slow
def test_words_with_facts_are_marked_and_selected_by_their_mark(tomasz, report, reviewer):
    page = read(tomasz, report, "?page=4")
    opinion = next(label for label in marked(page) if "Opinion" in label)
    assert opinion.endswith("proposed")
    assert 'class="ok"' not in page
    recorded(report, whole_facts(), by=reviewer)
    page = read(tomasz, report, "?page=4")
    assert opinion.replace("proposed", "accepted") in marked(page)
    selected = read(tomasz, report, marked(page)[opinion.replace("proposed", "accepted")].partition("/read/")[2])
    assert opinion.replace("proposed", "selected") in marked(selected)
    assert selected.count('class="hi sel"') == 1


def test_a_mark_alone_opens_its_page(tomasz, report):
    wanted = content_of_sample()["evidence"]["opinion"]["page"]
    assert f"/pages/{wanted}.png" in read(tomasz, report, "?mark=opinion")
    assert "/pages/1.png" in read(tomasz, report, "?mark=nonsense")


def test_every_mark_lies_inside_its_page(tomasz, report):
    for number in {row["page"] for row in content_of_sample()["cuecs"]}:
        page = read(tomasz, report, f"?page={number}")
        _x, _y, wide, high = map(float, re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)" role="group"', page).groups())
        assert (wide, high) == (
            PageImage.objects.get(page=number).points_wide,
            PageImage.objects.get(page=number).points_high,
        )
        boxes = re.findall(r'class="hi" x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', page)
        assert boxes
        for x, y, width, height in (map(float, box) for box in boxes):
            assert 0 <= x < x + width <= wide
            assert 0 <= y < y + height <= high


@pytest.mark.slow
def test_words_are_searched_and_the_page_of_the_first_is_shown_and_told(tomasz, report):
    page = read(tomasz, report, "?q=CONTROLS&near=5")
    hits = re.findall(r'page=(\d+)&zoom=100&q=CONTROLS" hx-get="[^"]+"><span class="cite">p. \d+</span>', page)
    assert len(hits) > 3
    shown = int(re.search(r"/pages/(\d+)\.png", page).group(1))
    assert shown == next(int(number) for number in hits if int(number) >= 5)
    assert 'class="hit"' in page
    assert "<mark>controls</mark>" in page
    assert looks() == [("Tomasz Reyk", "page_opened", shown, "Review R-2026-001")]


@pytest.mark.slow
def test_turning_a_page_keeps_the_words_marked_and_the_list_as_it_was(tomasz, report):
    shown = int(re.search(r"/pages/(\d+)\.png", read(tomasz, report, "?q=controls")).group(1))
    page = read(tomasz, report, f"?page={shown}&q=controls")
    assert 'hx-preserve="true"' in page
    assert 'class="hit"' in page
    assert f'href="/reports/{report.pk}/read/?page={shown + 1}&zoom=100&q=controls"' in page
    assert 'hx-preserve="true"' not in read(tomasz, report, "?q=controls")


@pytest.mark.parametrize("words", ["wombats", "<b>", ".*", "%' --"])
def test_what_is_not_found_is_said_and_never_read_as_a_pattern(tomasz, report, words):
    page = read(tomasz, report, f"?q={words.replace('%', '%25')}")
    assert f"“{words}” was not found." in page


def test_a_document_that_cannot_be_searched_can_still_be_read(tomasz, report, monkeypatch):
    Report.objects.filter(pk=report.pk).update(page_count=40)
    page = read(tomasz, report, "?page=40&q=controls")
    assert "/pages/40.png" in page
    assert tomasz.get(f"/reports/{report.pk}/pages/40.png").status_code == 409


@pytest.mark.slow
def test_a_page_without_text_says_so(tomasz, report):
    report.readings.update(content={**content_of_sample(), "pages_without_text": [2]})
    assert "a picture without text" in read(tomasz, report, "?page=2")
    assert "a picture without text" not in read(tomasz, report, "?page=3")


def test_what_is_recorded_stands_beside_the_page(tomasz, report, reviewer):
    assert "None is recorded yet." in read(tomasz, report)
    recorded(report, by=reviewer)
    page = read(tomasz, report)
    for words in (
        "Rookhope CPA Group",
        "Unqualified",
        "Tarnfield Hosting, Inc., managed hosting, Carve-out",
        "CC6.2, QH-10: For 2 of",
    ):
        assert words in page, words
    assert f'href="/reports/{report.pk}/read/?page=4&zoom=100&mark=opinion"' in page


@pytest.mark.slow
def test_the_picture_differs_by_reader_while_one_drawing_is_kept(tomasz, report, approver, reviewer, client):
    picture = f"/reports/{report.pk}/pages/1.png"
    seen = tomasz.get(picture).content
    client.force_login(reviewer)
    assert client.get(picture).content != seen
    assert PageImage.objects.get().width == WIDTHS[100]


def closed(page: str) -> bool:
    return "The document is closed" in page and ".png" not in page and "<mark>" not in page


def test_without_a_grant_or_an_nda_or_the_file_no_page_and_no_word_is_shown(client, auditor, report, tomasz, approver):
    Nda.objects.update(ended_on=clock.today() - timedelta(days=1))
    assert closed(read(tomasz, report, "?q=controls"))
    Nda.objects.update(ended_on=None)
    client.force_login(auditor)
    page = read(client, report, "?q=controls")
    assert closed(page)
    assert "You hold no grant" in page
    client.force_login(approver)
    vault.destroy(stored=report.file, by=SYSTEM, at=clock.now(), purpose="End of the NDA")
    assert closed(read(client, report, "?q=controls"))
    assert {action for _who, action, _page, _purpose in looks()} == {"destroyed"}


@pytest.mark.parametrize("role", ["requester", "approver", "administrator"])
def test_whoever_has_no_part_in_it_gets_the_same_404_as_for_nothing(client, request, role, report):
    client.force_login(request.getfixturevalue(role))
    assert client.get(f"/reports/{report.pk}/read/").status_code == 404
    assert client.get("/reports/999999/read/").status_code == 404


def test_contacts_never_come_here(contact, stranger, report):
    for who in (contact, stranger):
        assert signed_in(who).get(f"/reports/{report.pk}/read/").status_code == 404


@pytest.mark.slow
def test_many_marks_ask_the_database_no_more_often(tomasz, report, django_assert_max_num_queries):
    read(tomasz, report, "?page=8")
    with django_assert_max_num_queries(11):
        read(tomasz, report, "?page=8")
    assert Grant.objects.filter(report=report).count() == 2
