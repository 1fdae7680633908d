"""The page with its script, in a real browser: saved while typing, conditions at once, clashes told."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from procurement.demo.answers import Questioned
from tests.factories.contacts import make_contact, signed_in
from tests.factories.questionnaires import every_kind, published
from tests.factories.stories import cast_of, collecting
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from vendors.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture(autouse=True)
def _the_story_day():
    """Sessions end by the browser's real clock, so nothing is frozen here."""


@pytest.fixture
def two_pages(transactional_db, live_server) -> Iterator[tuple[Page, Page]]:
    """Jonah Pell and Dana Holt have the same questionnaire open, with a question of each kind. The database is asked
    before Playwright starts and after it has ended."""
    story, review = collecting(cast_of())
    jonah = review.vendor.contacts.get()
    version = published(every_kind())
    assessment = Questioned(story, review).send(jonah, max(DUE, clock.today()), FIRST_DAY, version=version)
    name = settings.SESSION_COOKIE_NAME
    sessions = [signed_in(person).cookies[name].value for person in (jonah, make_contact(review.vendor, "Dana Holt"))]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        pages = []
        for session in sessions:
            context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
            context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
            pages.append(context.new_page())
            pages[-1].goto(page_of(assessment))
        yield tuple(pages)
        browser.close()
    assert answer_to(assessment, "YPN").comment == "Mine, after all."
    assert answer_to(assessment, "LINE").value == "Theirs. Mine."
    assert answer_to(assessment, "FIRMS").value == [
        {"name": name, "country": ""} for name in ("Acme", "Brook", "Calder")
    ]
    assert answer_to(assessment, "PLACES").value == ["DE", "US"]


def test_it_saves_while_typing_shows_what_follows_and_tells_of_a_clash(two_pages):
    jonah, dana = two_pages

    def row(ref: str, page: Page = jonah):
        return page.locator(f"#q-{ref}")

    def said(ref: str, page: Page = jonah):
        return row(ref, page).locator("[data-said-at]")

    # What follows from an answer is there at once, and goes again.
    expect(row("one")).to_be_hidden()
    row("yn").get_by_label("Yes", exact=True).check()
    expect(row("one")).to_be_visible()
    expect(jonah.get_by_role("heading", name="Lists")).to_be_visible()
    row("yn").get_by_label("No", exact=True).check()
    expect(row("one")).to_be_hidden()
    row("yn").get_by_label("Yes", exact=True).check()
    expect(said("yn")).to_have_text(SAVED)
    expect(jonah.locator("[data-progress]")).to_have_text("1 of 13 answered")
    row("days").get_by_label("Answer in days").fill("31")
    expect(row("why")).to_be_visible()
    expect(said("days")).to_have_text(SAVED)

    # A table grows with its last row.
    for number, name in enumerate(("Acme", "Brook", "Calder"), start=1):
        row("firms").get_by_label(f"Company, row {number}").fill(name)
    expect(said("firms")).to_have_text(SAVED)
    # A country is known by its name; what follows comes from the server.
    row("places").get_by_label("Countries, parted by commas").fill("Germany, USA")
    expect(row("usa")).to_be_visible()

    # Somebody was faster: keep mine, or put both together.
    row("ypn").get_by_label("No", exact=True).check()
    row("line").get_by_label("Answer").fill("Theirs.")
    expect(said("line")).to_have_text(SAVED)
    row("ypn", dana).get_by_label("Yes", exact=True).check()
    expect(row("ypn", dana).locator(".notice")).to_contain_text("Jonah Pell changed this answer at")
    row("ypn", dana).get_by_label("Comment").fill("Mine, after all.")
    dana.get_by_role("button", name="Keep mine").click()
    expect(said("ypn", dana)).to_have_text(SAVED)
    row("line", dana).get_by_label("Answer").fill("Mine.")
    dana.get_by_role("button", name="Put both together").click()
    expect(row("line", dana).get_by_label("Answer")).to_have_value("Theirs. Mine.")
    row("line", dana).get_by_text("Add a comment").click()
    row("line", dana).get_by_label("Comment").fill("Looked over.")
    expect(said("line", dana)).to_have_text(SAVED)
    expect(row("line", dana).locator(".notice")).to_have_count(0)

    assert jonah.evaluate("document.documentElement.scrollWidth") <= 390
    for each in (jonah, dana):
        assert Axe().run(each).response["violations"] == []
