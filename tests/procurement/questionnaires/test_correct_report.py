""" "The report says it, but …": the vendor answers a question that its report answers, and the reviewer reads it first.

The report of the story answers AC-1 (CC6.1).
"""

import pytest

from procurement.decisions.questionnaire_content import questionnaires_content
from procurement.questionnaires import services
from procurement.questionnaires.models import Coverage
from procurement.reviews import services as reviews
from procurement.reviews.covering import basis_of
from tests.factories.contacts import signed_in
from tests.procurement.questionnaires.conftest import FIRST_DAY, answer_to, page_of, typed
from tests.procurement.questionnaires.test_covered_by_report import answered, asked, covered, lean
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused

__all__ = ["answered", "asked", "lean"]  # fixtures of the same story

WORDS = "Since May one console stands outside single sign-on."


def of_answer(assessment, ref: str = "AC-1") -> str:
    return page_of(assessment, f"answers/{answer_to(assessment, ref).pk}/correct/")


@pytest.fixture
def correct(portal, lean):
    """Jonah says that AC-1 holds in part only."""
    return lambda value="partial", words=WORDS: portal.post(
        of_answer(lean), typed(answer_to(lean, "AC-1"), value, words), follow=True
    )


@pytest.mark.slow
def test_the_contact_sees_what_the_report_answers_and_corrects_it(portal, lean, correct):
    page = portal.get(page_of(lean)).text
    assert of_answer(lean) in page
    asks = portal.get(of_answer(lean)).text
    assert "CC6.1 tested without exception." in asks
    shown = correct()
    assert "AC-1 is yours to answer now; your answer is kept." in shown.text
    kept = answer_to(lean, "AC-1")
    assert (kept.value, kept.comment, kept.revision, kept.is_covered, kept.is_whole) == (
        "partial",
        WORDS,
        1,
        False,
        True,
    )
    assert kept.coverage.corrected_by == "Jonah Pell"
    assert kept.revisions.get().comment == WORDS
    assert 'id="q-ac-1"' in shown.text
    verbs = [entry.verb for entry in entries_on("assessment", lean.pk)]
    assert verbs[:2] == ["answer.corrects_report", "questionnaire.begun"]


@pytest.mark.parametrize(
    ("value", "words", "sentence"),
    [("", WORDS, "Choose the answer that is true."), ("partial", " ", "Say what is different from the report.")],
)
def test_without_an_answer_or_without_words_nothing_is_corrected(correct, lean, value, words, sentence):
    page = correct(value, words)
    assert (page.status_code, "AC-1" in covered(lean)) == (422, True)
    assert sentence in page.text


@pytest.mark.slow
def test_no_later_look_at_the_report_takes_it_away(correct, lean, asked, cast):
    correct()
    services.weigh_again(assessments=[lean], basis=basis_of(asked.review, FIRST_DAY), by=cast.reviewer, now=clock.now())
    kept = answer_to(lean, "AC-1")
    assert (kept.is_covered, kept.coverage.level) == (False, Coverage.Level.FULL)


@pytest.mark.slow
def test_the_reviewer_reads_it_first_with_the_report_beside_it(correct, ines, lean, asked, jonah, of_review):
    correct()
    before = ines.get(of_review(lean)).text
    assert "The vendor corrects its report" not in before
    asked.answer(lean, jonah, FIRST_DAY)
    correct()
    services.save_answers(
        assessment=lean,
        given=[
            services.Given(
                answer_id=answer_to(lean, "AC-1").pk,
                revision=answer_to(lean, "AC-1").revision,
                value="partial",
                comment=WORDS,
            )
        ],
        by=jonah.user,
        now=clock.now(),
    )
    asked.submit(lean, jonah, FIRST_DAY)
    page = ines.get(of_review(lean)).text
    assert "The vendor corrects its report in 1 answer. Read it first." in page
    assert "Jonah Pell corrects the report" in page
    assert "CC6.1 tested without exception." in page
    reviews.accept_answer(review=asked.review, answer=answer_to(lean, "AC-1"), by=lean.sent_by, now=clock.now())
    assert "Read it first" not in ines.get(of_review(lean)).text
    (asked_of,) = questionnaires_content(asked.review)
    (said,) = [each for each in asked_of["answers"] if each["ref"] == "AC-1"]
    assert (said["comment"], said["is_plain_yes"]) == (WORDS, False)
    assert "CC6.1 tested without exception." in said["report_says"]


@pytest.mark.slow
def test_what_is_asked_or_handed_over_is_not_corrected(portal, lean, asked, jonah, stranger, answered):
    assert portal.get(of_answer(lean, "PE-3")).status_code == 409
    assert portal.get(of_answer(lean)).status_code == 409
    assert "Something is different" not in portal.get(page_of(lean)).text
    assert signed_in(stranger).get(of_answer(lean)).status_code == 404
    given = services.Given(answer_id=answer_to(lean, "AC-1").pk, revision=0, value="no", comment="x")
    for by, refusal in ((stranger.user, NotAllowed), (jonah.user, Refused)):
        with pytest.raises(refusal):
            services.correct_covered(answer=answer_to(lean, "AC-1"), given=given, by=by, now=clock.now())
