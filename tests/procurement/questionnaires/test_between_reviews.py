"""A vendor that is approved is asked without a review under way; the review that follows reads the answers."""

import pytest
import time_machine

from procurement.demo.answers import Questioned
from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from procurement.reviews.queries import assessments_of
from tests.factories.stories import approved
from tests.procurement.questionnaires.conftest import days, essential
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.people.actors import Refused

NOW, DUE = 40, 60


@pytest.fixture(autouse=True)
def _long_after():
    with time_machine.travel(f"{days(NOW).isoformat()}T10:00:00+02:00", tick=False):
        yield


@pytest.fixture
def asked(cast) -> Questioned:
    """Quillhaven is approved, and nobody asks for the next review."""
    return Questioned(*approved(cast))


def sending(asked: Questioned) -> str:
    return f"/reviews/{asked.review.pk}/questionnaires/send/"


def form(jonah) -> dict[str, object]:
    return {"versions": [essential().pk], "contact": jonah.pk, "due_on": days(DUE)}


@pytest.fixture
def between(asked, jonah, cast) -> Assessment:
    """Sent by another reviewer than the one of the last review."""
    staff_client(cast.second_reviewer).post(sending(asked), form(jonah))
    return Assessment.objects.get()


def follow(asked: Questioned, reviewer) -> Review:
    review = reviews.ask_again(review=asked.review, by=asked.story.cast.requester, on=clock.today(), now=clock.now())
    return reviews.take_review(review=review, by=reviewer, now=clock.now())


@pytest.mark.slow
def test_any_reviewer_sends_it_and_the_page_says_who_reads_it(asked, jonah, cast):
    browser = staff_client(cast.second_reviewer)
    page = browser.get(sending(asked)).text
    assert "the one that follows reads the answers" in page
    assert "Leave out what the accepted report answers" not in page
    after = browser.post(sending(asked), form(jonah), follow=True)
    assert "Sent since the decision" in after.text
    assert Assessment.objects.get().sent_by == cast.second_reviewer


@pytest.mark.slow
@pytest.mark.parametrize("person", ["requester", "approver", "auditor"])
def test_nobody_else_sends_it(asked, jonah, cast, person):
    assert staff_client(getattr(cast, person)).post(sending(asked), form(jonah)).status_code == 403
    assert not Assessment.objects.exists()


def test_a_reviewer_who_asked_for_the_review_does_not_send_it(asked, jonah, cast):
    Review.objects.filter(pk=asked.review.pk).update(requested_by=cast.second_reviewer)
    page = staff_client(cast.second_reviewer).post(sending(asked), form(jonah))
    assert "another reviewer sends its questionnaires" in page.text


def test_once_a_review_follows_it_is_sent_there(asked, jonah, cast):
    following = follow(asked, cast.reviewer)
    page = staff_client(cast.second_reviewer).post(sending(asked), form(jonah))
    assert page.status_code == 409
    assert f"{following.number} follows this review. Go on there." in page.text


def test_a_report_answers_nothing_between_reviews(asked, jonah, cast):
    with pytest.raises(Refused, match="while a review goes by it"):
        reviews.send_questionnaire(
            review=asked.review,
            due_on=days(DUE),
            leans_on_report=True,
            by=cast.reviewer,
            now=clock.now(),
            on=clock.today(),
        )


@pytest.mark.slow
def test_it_is_read_but_not_judged_before_a_review_follows(asked, jonah, between, cast):
    asked.answer(between, jonah, days(NOW))
    asked.submit(between, jonah, days(NOW))
    browser = staff_client(cast.second_reviewer)
    address = f"/reviews/{asked.review.pk}/questionnaires/{between.pk}/"
    page = browser.get(address).text
    assert "The review that follows judges the answers." in page
    assert f"/reviews/{asked.review.pk}/again/" in page
    answer = between.answers.first()
    assert browser.post(f"{address}answers/{answer.pk}/accept/").status_code in (403, 409)
    today = browser.get("/").text
    assert "Quillhaven has answered the questionnaire" in today
    assert address in today


@pytest.mark.slow
def test_the_review_that_follows_takes_it_over(asked, between, cast):
    assert not assessments_of(asked.review).exists()
    following = follow(asked, cast.reviewer)
    assert assessments_of(following).get() == between
    old = f"/reviews/{asked.review.pk}/questionnaires/{between.pk}/"
    assert staff_client(cast.reviewer).get(old).status_code == 404
    page = staff_client(cast.reviewer).get(f"/reviews/{following.pk}/questionnaires/{between.pk}/")
    assert page.status_code == 200
    assert "The review that follows" not in page.text
