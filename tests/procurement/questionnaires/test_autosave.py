"""The page with its script, in a real browser: saved while typing, told when somebody else was faster."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from procurement.demo.answers import Questioned
from tests.factories.contacts import make_contact, signed_in
from tests.factories.stories import cast_of, collecting
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of
from vendors.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _the_story_day():
    """Sessions end by the browser's real clock, so nothing is frozen here."""


@pytest.fixture
def two_pages(transactional_db, live_server) -> Iterator[tuple[Page, Page]]:
    """Jonah Pell and Dana Holt have the same questionnaire open. The database is asked before Playwright starts."""
    story, review = collecting(cast_of())
    jonah = review.vendor.contacts.get()
    assessment = Questioned(story, review).send(jonah, max(DUE, clock.today()), FIRST_DAY)
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
    assert answer_to(assessment, "OP-2").comment == "Mine, after all."


def test_it_saves_while_typing_and_tells_of_a_clash(two_pages):
    jonah, dana = two_pages
    row = jonah.locator("#q-op-2")
    row.get_by_label("No", exact=True).check()
    expect(row.locator("[data-said]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    row.get_by_label("Comment").fill("45 days.")
    expect(jonah.locator("[data-progress]")).to_have_text("1 of 25 answered")

    dana.locator("#q-op-2").get_by_label("Yes", exact=True).check()
    expect(dana.locator("#q-op-2 .notice")).to_contain_text("Jonah Pell changed this answer at")
    expect(dana.locator("#q-op-2 .notice")).to_contain_text("No. 45 days.")
    dana.locator("#q-op-2").get_by_label("Comment").fill("Mine, after all.")
    dana.get_by_role("button", name="Keep mine").click()
    expect(dana.locator("#q-op-2 [data-said]")).to_have_text(re.compile(r"^Saved"))
    expect(dana.locator("#q-op-2 .notice")).to_have_count(0)

    assert jonah.evaluate("document.documentElement.scrollWidth") <= 390
    assert Axe().run(jonah).response["violations"] == []
