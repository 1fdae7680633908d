"""The proposals with their script, in a real browser: keys move, accept and change, and can be switched off."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright

from tests.factories import ndas
from tests.factories.readings import finished_reading
from tests.factories.reports import received_report, sample_pdf
from tests.factories.reviews import taken_review
from tests.factories.stories import cast_of
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.procurement.reviews.facts_page import page_of
from vendors.reports.models import Report

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def at_the_desk(transactional_db, live_server, vendor) -> Iterator[tuple[Page, list[str]]]:
    """Ines Varga has the sample report open while it waits to be read, and what her browser complains of."""
    cast = cast_of()
    review = taken_review(vendor, asked_by=cast.requester, reviewer=cast.reviewer)
    ndas.record(vendor, by=cast.reviewer)
    report = received_report(vendor, by=cast.reviewer, content=sample_pdf())
    desk = Client()
    desk.force_login(cast.reviewer)
    session = desk.cookies[settings.SESSION_COOKIE_NAME].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(page_of(review, report))
        yield page, complaints
        browser.close()
    report.refresh_from_db()
    assert (report.kind, report.type, report.service_organization) == ("soc2", "type2", "Quillhaven Software")


def test_what_is_read_appears_by_itself_and_is_accepted_by_keys(at_the_desk, monkeypatch):
    page, complaints = at_the_desk
    expect(page.get_by_text("Reading the report: 12 pages")).to_be_visible()
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")  # Playwright's loop runs in this thread
    finished_reading(Report.objects.get())
    expect(page.get_by_role("heading", name="17 proposals")).to_be_visible()
    expect(page.get_by_role("navigation", name="Sections of the report")).to_be_visible()

    page.keyboard.press("j")
    kind = page.locator('[data-offer="kind"]')
    expect(kind).to_be_focused()
    expect(page.get_by_role("img", name="Page 3 of 12 of the report")).to_be_visible()
    page.keyboard.press("a")
    expect(kind).to_contain_text("Accepted from page 3, by Ines Varga.")
    expect(page.locator('[data-offer="type"]')).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator('[data-offer="service_organization"]')).to_be_focused()

    page.locator('[data-offer="opinion"] .lab').click()
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("a")
    opinion = page.locator('[data-offer="opinion"]')
    expect(opinion).to_be_in_viewport()
    expect(opinion).not_to_contain_text("Accepted from")
    page.keyboard.press("a")
    expect(opinion).to_contain_text("Accepted from")
    page.locator('[data-offer="service_organization"] .lab').click()
    page.keyboard.press("e")
    name = page.locator("[name=service_organization]")
    expect(name).to_be_focused()
    expect(name).to_have_value("Quillhaven Software, Inc.")
    expect(page.locator("[name=service_organization_page]")).not_to_have_value("")
    name.fill("Quillhaven Software")

    page.keyboard.press("Escape")
    page.locator("[data-keys]").click()
    page.keyboard.press("k")
    expect(page.locator('[data-offer="service_organization"]')).to_have_class("fact sel")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("sections are not complete")).to_be_visible()
    expect(page.locator("[data-keys]")).to_have_text("Keys off")
    assert complaints == []
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
