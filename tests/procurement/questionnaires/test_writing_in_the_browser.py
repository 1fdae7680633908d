"""The form of a question and the preview with their scripts, in a real browser."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect, sync_playwright

from procurement.questionnaires import services
from procurement.questionnaires.models import Question
from tests.conftest import member_of_staff
from tests.factories.questionnaires import content, question
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Role

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def at_the_desk(transactional_db, live_server) -> Iterator[tuple[Page, str, str]]:
    """Ines Varga's browser, the address of a draft, and that of its second question."""
    ines = member_of_staff("Ines Varga", Role.REVIEWER)
    follower = question("A-2", visible_if={"q": "a-1", "op": "is", "v": "yes"})
    given = content(question("A-1", "yes_no"), follower, question("A-3"))
    draft = services.draft_from(content=given, by=ines, now=clock.now())
    last = Question.objects.get(section__version=draft, ref="A-3")
    name = settings.SESSION_COOKIE_NAME
    session = staff_client(ines).cookies[name].value
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        yield context.new_page(), draft.get_absolute_url(), f"{draft.get_absolute_url()}questions/{last.pk}/"
        browser.close()
    last.refresh_from_db()
    assert (last.kind, [each["label"] for each in last.options]) == ("single", ["Few", "Many"])
    assert last.visible_if == {"q": "a-1", "op": "is", "v": "no"}


def test_only_what_belongs_to_the_kind_is_shown_and_the_preview_follows_at_once(at_the_desk):
    page, draft, last = at_the_desk
    page.goto(last)
    expect(page.get_by_role("heading", name="Choices")).to_be_hidden()
    page.get_by_label("Answered by").select_option("single")
    expect(page.get_by_role("heading", name="Choices")).to_be_visible()
    expect(page.get_by_role("heading", name="Yes and no")).to_be_hidden()
    for number, name in enumerate(("Few", "Many")):
        page.locator(f"[name=option-{number}-label]").fill(name)
    page.get_by_role("button", name="Add a choice").click()
    expect(page.locator("[name=option-4-label]")).to_be_focused()

    page.locator("[name=rule-0-what]").select_option("q:a-1")
    page.locator("[name=rule-0-value]").focus()
    assert page.locator("#rule-answers option").evaluate_all("all => all.map(one => one.value)") == ["Yes", "No"]
    page.locator("[name=rule-0-value]").fill("No")
    page.get_by_role("button", name="Save the question").click()
    page.wait_for_url(f"**{draft}#q-a-3")

    page.goto(f"{draft}preview/")
    gate = page.locator("#q-a-1")
    expect(page.locator("#q-a-2")).to_be_hidden()
    gate.get_by_label("Yes", exact=True).check()
    expect(page.locator("#q-a-2")).to_be_visible()
    gate.get_by_label("No", exact=True).check()
    expect(page.locator("#q-a-2")).to_be_hidden()
    expect(page.locator("#q-a-3")).to_be_visible()
