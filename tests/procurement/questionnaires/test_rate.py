"""The reviewer's page of scores: every sum opens to its answers, and a reviewer may say otherwise, with a reason."""

import pytest

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.questionnaires.models import Rating
from procurement.reviews import services as reviews
from tests.procurement.questionnaires.conftest import answer_to, days, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused


def rate(browser, of_review, assessment, ref: str = "OP-2", **typed_in):
    address = of_review(assessment, f"answers/{answer_to(assessment, ref).pk}/rate/")
    return browser.post(address, {"score": "40", "reason": "The filter blocks most of it.", **typed_in})


def test_the_score_is_shown_with_the_answers_behind_it(ines, submitted, of_review):
    assert "94 of 100" in ines.get(of_review(submitted)).text
    page = ines.get(of_review(submitted, "scores/")).text
    assert "94 of 100" in page
    assert "Risk: Low" in page
    assert "0 / 10 points" in page
    assert "Seven are older than 30 days today." in page


@pytest.mark.slow
def test_what_the_vendor_still_writes_counts_nothing(asked, jonah, ines, assessment, of_review):
    asked.answer(assessment, jonah, days(0))
    page = ines.get(of_review(assessment, "scores/")).text
    assert "Nothing is scored yet." in page
    words = "25 required questions are not answered yet. Left unanswered they count as 0, and the score is 0 of 100."
    assert words in page
    assert "Seven are older" not in page


def test_the_reviewer_says_otherwise_and_the_score_before_stays_beside_it(ines, submitted, of_review):
    assert rate(ines, of_review, submitted).url == of_review(submitted, "scores/#q-op-2")
    kept = Rating.objects.get()
    assert (kept.before, kept.score, kept.by, kept.revision) == (0, 40, "Ines Varga", 1)
    assert entries_on("assessment", submitted.pk).first().sentence == (
        "OP-2 rated 40 of 100: The filter blocks most of it."
    )
    page = ines.get(of_review(submitted, "scores/")).text
    assert "4 / 10 points" in page
    assert "40 of 100, before 0" in page
    rate(ines, of_review, submitted, score="50")
    assert [(each.before, each.score) for each in Rating.objects.order_by("pk")] == [(0, 40), (40, 50)]


@pytest.mark.parametrize(("field", "value"), [("score", "101"), ("score", ""), ("score", "many"), ("reason", " ")])
def test_a_rating_without_number_or_reason_changes_nothing(ines, submitted, of_review, field, value):
    page = rate(ines, of_review, submitted, **{field: value})
    assert page.status_code == 422
    assert ("A score is a whole number from 0 to 100." if field == "score" else "Say why.") in page.text
    assert not Rating.objects.exists()


def test_what_does_not_apply_is_not_rated(ines, submitted, of_review):
    assert rate(ines, of_review, submitted, "DA-6").status_code == 409


@pytest.mark.parametrize(
    ("person", "code"), [("requester", 404), ("approver", 404), ("auditor", 403), ("second_reviewer", 403)]
)
def test_nobody_but_the_assigned_reviewer_rates(cast, submitted, of_review, person, code):
    assert rate(staff_client(getattr(cast, person)), of_review, submitted).status_code == code
    assert not Rating.objects.exists()


def test_nothing_is_rated_before_it_is_submitted(asked, cast, assessment):
    with pytest.raises(Refused, match="The vendor is answering"):
        reviews.rate_answer(
            review=asked.review,
            answer=answer_to(assessment, "OP-2"),
            score=50,
            reason="Early.",
            by=cast.reviewer,
            now=clock.now(),
        )


@pytest.mark.slow
def test_a_changed_answer_is_scored_anew(asked, ines, portal, submitted, of_review):
    rate(ines, of_review, submitted)
    asked.ask_again(submitted, "OP-2", days(7), days(0))
    portal.post(page_of(submitted), typed(answer_to(submitted, "OP-2"), "partial", "From January."))
    asked.submit(submitted, submitted.contact, days(1))
    page = ines.get(of_review(submitted, "scores/")).text
    assert "The answer was changed since, so this does not count." in page
    assert "5 / 10 points" in page


def test_the_memo_says_the_score_and_who_rated_what(asked, ines, submitted, of_review):
    rate(ines, of_review, submitted)
    scores = questionnaires_content(asked.review)[0]["scores"]
    assert (scores["score"], scores["risk"], scores["knocked_out"]) == (95, "Low", [])
    (rating,) = scores["ratings"]
    assert (rating["ref"], rating["before"], rating["score"], rating["by"]) == ("OP-2", 0, 40, "Ines Varga")
