"""Assigning a review that waits to another reviewer."""

import pytest

from procurement.reviews import services
from procurement.reviews.models import Review, State
from tests.factories.reviews import recorded_report, requested_review, taken_review
from vendors.calendar import clock
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused
from vendors.reports.models import Grant


@pytest.fixture
def review(vendor, requester) -> Review:
    return requested_review(vendor, by=requester)


@pytest.mark.slow
def test_a_reviewer_assigns_it_and_everybody_is_told(as_staff, letters, vendor, review, reviewer, second_reviewer):
    recorded_report(vendor, by=reviewer)
    letters()
    path = f"/reviews/{review.pk}/assign/"
    assert path in as_staff(reviewer).get(f"/reviews/{review.pk}/").text
    assert "Oona Brandt, Security review" in as_staff(reviewer).get(path).text
    answer = as_staff(reviewer).post(path, {"to": second_reviewer.pk, "note": "You know this vendor."})
    assert answer.status_code == 302

    review.refresh_from_db()
    assert (review.reviewer, review.state) == (second_reviewer, State.COLLECTING)
    assert Grant.objects.filter(user=second_reviewer).count() == 1
    assert entries_on("review", review.pk).first().sentence == f"{review.number} assigned to Oona Brandt"
    told = {letter.to[0].split(" <")[0]: letter for letter in letters()}
    assert set(told) == {"Oona Brandt", "Adaeze Lind"}
    assert "You know this vendor." in told["Oona Brandt"].body
    assert "Oona Brandt reviews Quillhaven" in told["Adaeze Lind"].body


def test_nobody_is_assigned_who_asked_or_is_no_reviewer_nor_oneself(as_staff, vendor, reviewer, two_roles, approver):
    review = requested_review(vendor, by=two_roles, title="Payroll")
    for unfit in (two_roles, approver):
        with pytest.raises(Refused, match="cannot take this review"):
            services.assign_review(review=review, to=unfit, by=reviewer, now=clock.now())
    for unfit in (two_roles, approver, reviewer):
        page = as_staff(reviewer).post(f"/reviews/{review.pk}/assign/", {"to": unfit.pk})
        assert "Choose one of the list." in page.text
    review.refresh_from_db()
    assert review.state == State.DRAFT


def test_what_somebody_has_is_handed_over_and_not_assigned(as_staff, vendor, requester, reviewer, second_reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    assert as_staff(second_reviewer).get(f"/reviews/{review.pk}/assign/").status_code == 409


def test_nobody_else_assigns_it(as_staff, vendor, review, requester, auditor, approver, two_roles, second_reviewer):
    own = requested_review(vendor, by=two_roles, title="Payroll")
    for user, asked, status in (
        (requester, review, 403),
        (auditor, review, 403),
        (approver, review, 404),
        (two_roles, own, 403),
    ):
        answer = as_staff(user).post(f"/reviews/{asked.pk}/assign/", {"to": second_reviewer.pk})
        assert answer.status_code == status
    review.refresh_from_db()
    assert review.reviewer is None
