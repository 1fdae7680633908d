"""What a file would change, on a phone: nothing is wider than the screen."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from procurement.demo.answers import Questioned
from procurement.questionnaires.models import AnswerImport, Assessment
from tests.factories.contacts import signed_in, speaking
from tests.factories.questionnaire_files import workbook
from tests.factories.stories import cast_of, collecting
from tests.factories.workbooks import filled_in
from tests.journeys.browser import FLAGS
from tests.machine import chromium
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, page_of, typed
from tests.procurement.questionnaires.offline.bringing import down, groups, looked_at
from vendors.calendar import clock

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WIDER = """[...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > 390.01)
  .map((one) => one.tagName + "." + one.className + ": " + one.textContent.trim().slice(0, 60))"""
FILL_THE_LINE = """() => {
  const line = document.createElement("p"), text = document.createElement("i"), hidden = document.createElement("span");
  Object.assign(line.style, { width: "390px", margin: 0, whiteSpace: "nowrap" });
  Object.assign(text.style, { display: "inline-block", width: "390px" });
  hidden.className = "sr";
  hidden.textContent = "GO-1";
  line.append(text, hidden);
  document.body.append(line);
}"""
LONG_WORD = "Unternehmensinformationssicherheitsmanagementsystembeauftragter"


@pytest.fixture(autouse=True)
def _the_story_day():
    """Sessions end by the browser's real clock, so nothing is frozen here."""


@pytest.fixture
def stage(transactional_db) -> tuple[Assessment, Client]:
    """Jonah Pell has a questionnaire to answer, with one question of each kind beside the usual."""
    story, review = collecting(cast_of())
    jonah = speaking(review.vendor.contacts.get())
    assessment = Questioned(story, review).send(jonah, max(DUE, clock.today()), FIRST_DAY)
    return assessment, signed_in(jonah)


@pytest.fixture
def phone(live_server) -> Iterator[Callable[[Client, AnswerImport], Page]]:
    """Somebody's page of a file, at 390 pixels."""
    name = settings.SESSION_COOKIE_NAME
    with ExitStack() as ending:

        def open_page(client: Client, job: AnswerImport) -> Page:
            session = client.cookies[name].value
            chrome = ending.enter_context(sync_playwright()).chromium.launch(executable_path=chromium(), args=FLAGS)
            ending.callback(chrome.close)
            context = chrome.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
            context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
            page = context.new_page()
            page.goto(job.get_absolute_url())
            return page

        yield open_page


def of_ours(assessment: Assessment, browser: Client) -> AnswerImport:
    """Our workbook with something new, in conflict, unreadable, in words of its own, with names of files."""
    browser.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "yes"))
    said = {"GO-1": "No", "GO-2": "Y", "GO-3": "Perhaps", "GO-4": {"answer": "Yes", "evidence": f"{LONG_WORD}.pdf"}}
    book = filled_in(down(browser, assessment), {**said, "AC-1": {"answer": "No", "comment": LONG_WORD}})
    browser.post(page_of(assessment), typed(answer_to(assessment, "GO-1"), "partial", LONG_WORD))
    job = looked_at(browser, assessment, book, name=f"{LONG_WORD}.xlsx")
    assert {"conflict", "new", "unknown"} <= set(groups(browser, job))
    return job


def of_another_make(assessment: Assessment, browser: Client) -> AnswerImport:
    """Somebody else's questionnaire, with words that are not ours and rows that belong to nothing."""
    answers = ("Y", "N", "we are working on it", "Not applicable to us", LONG_WORD)
    asked = [each.question.text for each in assessment.answers.select_related("question")]
    rows = [[f"{LONG_WORD}-{at}", text, answers[at % 5], "Planned."] for at, text in enumerate(asked)]
    rows.append(["D-1", f"Is the car park of {LONG_WORD} lit at night?", "Yes", ""])
    head = ["Question ID", "Question", "Answer", "Comment"]
    return looked_at(browser, assessment, workbook({f"CAIQ {LONG_WORD}"[:31]: [head, *rows]}), "CAIQ.xlsx")


@pytest.mark.parametrize("brought", [of_ours, of_another_make])
def test_the_dry_run_is_no_wider_than_the_screen(stage, phone, brought):
    assessment, browser = stage
    page = phone(browser, brought(assessment, browser))
    assert page.evaluate(WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.evaluate(FILL_THE_LINE)  # words for screen readers stand after a text that fills its line, as one may
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
