"""A questionnaire ends with its review, or when the reviewer takes it back; the vendor is told when it had to act."""

import pytest

from procurement.demo.answers import Questioned
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import Assessment
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.factories.stories import in_review
from tests.procurement.questionnaires.conftest import DUE, FIRST_DAY, answer_to, days, page_of, typed
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail, State
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused


def subjects_queued() -> list[str]:
    return list(OutgoingEmail.objects.filter(state=State.QUEUED).order_by("pk").values_list("subject", flat=True))


@pytest.mark.slow
def test_the_reviewer_takes_it_back_with_a_reason(ines, portal, assessment, of_review):
    ines.post(of_review(assessment, "cancel/"), {"reason": "Your report answers it."})
    assessment.refresh_from_db()
    assert (assessment.state, assessment.cancelled_reason) == ("cancelled", "Your report answers it.")
    assert entries_on("assessment", assessment.pk).first().verb == "questionnaire.cancelled"
    assert "Cancelled: Your report answers it. Nothing is left to answer." in portal.get(page_of(assessment)).text
    assert "Answer 25 questions" not in portal.get("/portal/").text


def test_the_contact_is_told_and_the_first_mail_called_back(ines, assessment, of_review):
    ines.post(of_review(assessment, "cancel/"), {"reason": "Your report answers it."})
    queued = subjects_queued()
    assert "Nothing more to answer: Essential security questions" in queued
    assert not [subject for subject in queued if "25 security questions" in subject]


def test_without_a_reason_it_goes_on(ines, assessment, of_review):
    assert "Say why in a sentence." in ines.post(of_review(assessment, "cancel/"), {"reason": ""}).text
    assessment.refresh_from_db()
    assert assessment.state == "sent"


def test_it_cannot_be_answered_any_more_and_another_may_be_sent(asked, jonah, ines, portal, assessment, of_review):
    ines.post(of_review(assessment, "cancel/"), {"reason": "Wrong contact."})
    form = typed(answer_to(assessment, "GO-1"), "yes")
    assert portal.post(page_of(assessment), form).status_code == 409
    assert ines.post(of_review(assessment, "cancel/"), {"reason": "Again."}).status_code == 409
    asked.send(jonah, DUE, FIRST_DAY)
    assert Assessment.objects.open().count() == 1


@pytest.mark.parametrize(("person", "code"), [("requester", 404), ("auditor", 403), ("second_reviewer", 403)])
def test_nobody_but_the_assigned_reviewer_takes_it_back(cast, assessment, of_review, person, code):
    answer = staff_client(getattr(cast, person)).post(of_review(assessment, "cancel/"), {"reason": "No."})
    assert answer.status_code == code
    assert Assessment.objects.open().get() == assessment


def test_the_act_asks_for_a_reviewer_and_a_reason_itself(cast, assessment):
    for by, reason, refusal in ((cast.auditor, "No.", NotAllowed), (cast.reviewer, " ", Refused)):
        with pytest.raises(refusal):
            questionnaires.cancel(assessment=assessment, reason=reason, by=by, now=clock.now())
    assert Assessment.objects.open().get() == assessment


def test_withdrawing_the_review_ends_it(asked, cast, assessment):
    reviews.withdraw(review=asked.review, reason="Not bought.", by=cast.reviewer, now=clock.now())
    assessment.refresh_from_db()
    assert (assessment.state, assessment.cancelled_reason) == ("cancelled", "The review it was part of has ended.")
    assert "Nothing more to answer: Essential security questions" in subjects_queued()


@pytest.mark.slow
def test_a_decision_ends_what_is_not_complete_and_the_vendor_is_told_only_if_it_had_to_act(cast):
    story, review = in_review(cast)
    asked, contact = Questioned(story, review), review.vendor.contacts.get()
    assessment = asked.send(contact, DUE, FIRST_DAY)
    asked.answer(assessment, contact, FIRST_DAY)
    asked.submit(assessment, contact, FIRST_DAY)
    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    story.decide(Review.objects.get(pk=review.pk), days(1))
    assessment.refresh_from_db()
    assert assessment.state == "cancelled"
    assert not [subject for subject in subjects_queued() if "Nothing more to answer" in subject]
    assert not Assessment.objects.open().exists()


@pytest.mark.slow
def test_a_complete_one_stays_complete(cast):
    story, review = in_review(cast)
    asked, contact = Questioned(story, review), review.vendor.contacts.get()
    assessment = asked.send(contact, DUE, FIRST_DAY)
    asked.answer(assessment, contact, FIRST_DAY)
    asked.submit(assessment, contact, FIRST_DAY)
    asked.complete(assessment, FIRST_DAY)
    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    story.decide(Review.objects.get(pk=review.pk), days(1))
    assessment.refresh_from_db()
    assert assessment.state == "complete"
