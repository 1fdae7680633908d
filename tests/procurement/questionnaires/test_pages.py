"""Where people meet a questionnaire: the portal's home, Today, the review's page; and how often pages ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procurement.demo.answers import Questioned
from procurement.questionnaires import starter
from procurement.questionnaires.models import Assessment
from tests.factories.contacts import signed_in
from tests.factories.questionnaires import long_content, published
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, days, page_of
from tests.signing_in import staff_client
from vendors.calendar import clock

MOST_QUERIES = 15


def queries_of(browser, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.slow
def test_pages_ask_as_often_for_260_questions_as_for_25(asked, jonah, portal, ines, submitted, of_review):
    long = asked.send(jonah, DUE, FIRST_DAY, version=published(long_content(260)))
    counts = {
        "vendor": (queries_of(portal, page_of(submitted)), queries_of(portal, page_of(long))),
        "reviewer": (queries_of(ines, of_review(submitted)), queries_of(ines, of_review(long))),
    }
    assert all(max(pair) <= MOST_QUERIES for pair in counts.values()), counts


def test_the_portals_home_says_how_far_it_is(asked, jonah, portal, assessment):
    page = portal.get("/portal/").text
    assert "One thing to do" in page
    assert "Answer 25 questions" in page
    assert "0 of 25 answered. Due 15 September 2026." in page
    asked.answer(assessment, jonah, FIRST_DAY, count=6)
    assert "6 of 25 answered." in portal.get("/portal/").text


@pytest.mark.slow
def test_then_that_it_is_submitted_then_that_something_came_back(asked, portal, submitted):
    page = portal.get("/portal/").text
    assert "Nothing to do now" in page
    assert "Submitted on 1 Sep 2026." in page
    asked.ask_again(submitted, "OP-2", days(7), FIRST_DAY)
    assert "Look at one answer again" in portal.get("/portal/").text


def test_another_vendors_home_shows_nothing_of_it(assessment, stranger):
    assert "Answer 25 questions" not in signed_in(stranger).get("/portal/").text


@pytest.mark.slow
def test_today_leads_the_reviewer_to_the_answers(ines, cast, assessment, asked, jonah, of_review):
    assert "has answered the questionnaire" not in ines.get("/").text
    asked.answer(assessment, jonah, FIRST_DAY)
    asked.submit(assessment, jonah, FIRST_DAY)
    page = ines.get("/").text
    assert "Quillhaven has answered the questionnaire" in page
    assert "Essential security questions, submitted" in page
    assert f'href="{of_review(assessment)}"' in page
    assert "has answered the questionnaire" not in staff_client(cast.second_reviewer).get("/").text


@pytest.mark.slow
def test_the_reviews_page_offers_it_then_shows_where_it_stands(asked, jonah, ines):
    address = f"/reviews/{asked.review.pk}/"
    assert f'href="{address}questionnaires/send/"' in ines.get(address).text
    asked.send(jonah, DUE, FIRST_DAY)
    page = ines.get(address).text
    assert "Send another questionnaire" in page
    assert "Sent, due 15 Sep 2026" in page
    assert "0 of 25 answered." in page
    assert "Answer the questionnaire: Essential security questions" in page


@pytest.mark.slow
def test_an_unfinished_one_is_noted_in_the_checklist_and_blocks_nothing(asked, ines, submitted):
    address = f"/reviews/{asked.review.pk}/"
    before = ines.get(address).text
    assert "A decision does not wait for it" in before
    asked.complete(submitted, FIRST_DAY)
    after = ines.get(address).text
    assert "A decision does not wait for it" not in after
    assert "25 of 25 answers accepted." in after
    ready = [page.partition("Ready to decide: ")[2].partition("<")[0] for page in (before, after)]
    assert ready[0] == ready[1]


@pytest.mark.parametrize("person", ["auditor", "second_reviewer"])
def test_whoever_reads_the_review_reads_the_answers(cast, submitted, of_review, person):
    page = staff_client(getattr(cast, person)).get(of_review(submitted))
    assert "Our rule is 45 days for libraries." in page.text
    assert "Accept<" not in page.text


def test_a_requester_sees_nothing_of_it(asked, cast, submitted, of_review):
    browser = staff_client(cast.requester)
    assert browser.get(of_review(submitted)).status_code == 404
    assert starter.TITLE not in browser.get(f"/reviews/{asked.review.pk}/").text


@pytest.mark.slow
def test_the_next_review_of_the_engagement_begins_without_it(asked, cast, submitted, ines):
    review = asked.review
    type(review).objects.filter(pk=review.pk).update(state="approved", state_since=clock.now())
    review.refresh_from_db()
    following = type(review).objects.create(
        number="R-2027-001",
        vendor=review.vendor,
        engagement=review.engagement,
        predecessor=review,
        state="collecting",
        state_since=clock.now(),
        requested_by=cast.requester,
        requested_at=asked.story.at(days(365)),
        reviewer=cast.reviewer,
    )
    assert "None is sent." in ines.get(f"/reviews/{following.pk}/").text
    Assessment.objects.filter(pk=submitted.pk).update(state="complete", completed_at=clock.now())
    later = Questioned(asked.story, following).send(submitted.contact, days(380), days(366))
    assert ines.get(f"/reviews/{review.pk}/questionnaires/{later.pk}/").status_code == 404
    assert starter.TITLE in ines.get(f"/reviews/{review.pk}/").text
