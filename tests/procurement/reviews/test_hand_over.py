"""Handing a review over, and taking one over from somebody who is away."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from tests.factories.reviews import awaiting_review, recorded_report, requested_review, taken_review
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.models import Grant


@pytest.fixture
def review(vendor, requester, reviewer, second_reviewer) -> Review:
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    recorded_report(vendor, by=reviewer)
    return review


def test_a_reviewer_hands_it_over_with_a_note(as_staff, letters, review, reviewer, second_reviewer):
    letters()
    path = f"/reviews/{review.pk}/hand-over/"
    assert "Oona Brandt, Security review" in as_staff(reviewer).get(path).content.decode()
    answer = as_staff(reviewer).post(path, {"to": second_reviewer.pk, "note": "The NDA is in force."})
    assert answer.status_code == 302

    review.refresh_from_db()
    assert (review.reviewer, review.state) == (second_reviewer, State.COLLECTING)
    assert Grant.objects.filter(user=second_reviewer).count() == 1
    (letter,) = letters()
    assert letter.to == ["Oona Brandt <oona.brandt@northmoor.example>"]
    assert "The NDA is in force." in letter.body


def test_another_reviewer_takes_it_over_and_the_first_is_told(as_staff, letters, review, reviewer, second_reviewer):
    letters()
    as_staff(second_reviewer).post(f"/reviews/{review.pk}/hand-over/", {"to": second_reviewer.pk})
    review.refresh_from_db()
    assert review.reviewer == second_reviewer
    assert [letter.to for letter in letters()] == [["Ines Varga <ines.varga@northmoor.example>"]]


def test_it_is_not_handed_to_whoever_asked_or_has_it_or_is_no_reviewer(
    as_staff, vendor, reviewer, second_reviewer, two_roles, approver
):
    review = taken_review(vendor, asked_by=two_roles, reviewer=reviewer)
    for unfit in (two_roles, reviewer, approver):
        with pytest.raises(Refused, match="cannot take this review"):
            services.hand_over(review=review, to=unfit, by=reviewer, now=clock.now())
        page = as_staff(reviewer).post(f"/reviews/{review.pk}/hand-over/", {"to": unfit.pk})
        assert "Choose one of the list." in page.content.decode()
    second_reviewer.is_active = False
    second_reviewer.save()
    assert list(access.reviewers_for(review)) == []


@pytest.mark.slow
def test_nothing_is_handed_over_before_it_is_taken_or_once_it_waits_for_approval(
    as_staff, vendor, requester, reviewer, second_reviewer, approver
):
    draft = requested_review(vendor, by=requester, title="Payroll")
    waits = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    for review in (draft, waits):
        answer = as_staff(reviewer).get(f"/reviews/{review.pk}/hand-over/")
        assert answer.status_code == 409
        assert not access.can_hand_over(reviewer, review)


def test_nobody_else_hands_it_over(as_staff, review, requester, auditor, approver, second_reviewer):
    for user, status in ((requester, 403), (auditor, 403), (approver, 404)):
        answer = as_staff(user).post(f"/reviews/{review.pk}/hand-over/", {"to": second_reviewer.pk})
        assert answer.status_code == status
    review.refresh_from_db()
    assert review.reviewer.name == "Ines Varga"
