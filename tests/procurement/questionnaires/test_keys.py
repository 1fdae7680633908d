"""Judging by keys, in a real browser."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from procurement.demo.answers import Questioned
from procurement.questionnaires.models import Verdict
from tests.factories.stories import cast_of, collecting
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to
from tests.signing_in import staff_client
from vendors.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _the_story_day():
    """Sessions end by the browser's real clock, so nothing is frozen here."""


@pytest.fixture
def page(transactional_db, live_server) -> Iterator[Page]:
    """The reviewer's page of what was just submitted. The database is asked before Playwright starts and after it has
    ended: GO-1 and PE-1 are accepted then, GO-2 is not."""
    cast = cast_of()
    asked = Questioned(*collecting(cast))
    jonah = asked.review.vendor.contacts.get()
    assessment = asked.send(jonah, max(DUE, clock.today()), FIRST_DAY)
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    name = settings.SESSION_COOKIE_NAME
    session = staff_client(cast.reviewer).cookies[name].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        opened = context.new_page()
        opened.goto(f"/reviews/{asked.review.pk}/questionnaires/{assessment.pk}/")
        yield opened
        browser.close()
    assert answer_to(assessment, "GO-1").verdict == Verdict.ACCEPTED
    assert answer_to(assessment, "GO-2").verdict == Verdict.OPEN
    assert answer_to(assessment, "PE-1").verdict == Verdict.ACCEPTED


def test_answers_are_judged_by_keys_that_rest_in_fields_and_can_be_switched_off(page):
    page.keyboard.press("j")
    expect(page.locator("#q-go-1")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#q-go-1")).to_contain_text("Accepted")
    expect(page.locator("#q-go-2")).to_be_focused()
    page.keyboard.press("q")
    field = page.locator("#q-go-2").get_by_label("What do you want to know?")
    expect(field).to_be_focused()
    page.keyboard.type("a")
    expect(field).to_have_value("a")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#q-go-2").get_by_label("Your comment")).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys on").click()
    page.locator("#q-go-2").focus()
    page.keyboard.press("a")
    page.keyboard.press("f")
    expect(page.get_by_role("button", name="Keys off")).to_be_visible()
    expect(page.locator("#q-go-2")).to_contain_text("New answer")
    page.get_by_role("button", name="Keys off").click()
    page.locator("#q-go-2").focus()
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("f")
    expect(page.get_by_role("heading", name="Raise a finding")).to_be_visible()
    page.go_back()

    where_the_eyes_are(page)
    expect(page.locator(".sel")).to_be_focused()
    page.keyboard.press("u")  # it only leads to the button that accepts what nobody flagged
    expect(page.get_by_role("button", name="Accept 20 answers", exact=True)).to_be_focused()


def where_the_eyes_are(page):
    """A key means the answer that was clicked, and none out of sight. A new page begins at what is left to do."""
    page.goto(page.url.partition("#")[0])
    page.keyboard.press("j")
    expect(page.locator("#q-go-2")).to_be_focused()
    page.locator("#q-pe-1 .q").click()
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("a")
    expect(page.locator("#q-pe-1")).to_be_in_viewport()
    expect(page.locator("#q-pe-1")).to_contain_text("New answer")
    page.keyboard.press("a")
    expect(page.locator("#q-pe-1")).to_contain_text("Accepted")
