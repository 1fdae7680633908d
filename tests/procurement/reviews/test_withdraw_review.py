"""Ending a review without a decision."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from tests.conftest import member_of_staff
from tests.factories.reviews import awaiting_review, remediated_review, requested_review, taken_review
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.people.actors import Refused, Role


@pytest.fixture
def review(vendor, requester, reviewer) -> Review:
    return taken_review(vendor, asked_by=requester, reviewer=reviewer)


def test_whoever_asked_withdraws_after_a_page_that_asks_first(as_staff, letters, review, requester, reviewer):
    letters()
    path = f"/reviews/{review.pk}/withdraw/"
    page = as_staff(requester).get(path).content.decode()
    assert "cannot be opened again" in page
    assert review.state == State.COLLECTING

    as_staff(requester).post(path, {"reason": "We build it ourselves."})
    review.refresh_from_db()
    assert (review.state, review.state_by) == (State.WITHDRAWN, "Adaeze Lind")
    assert review.state_reason == "We build it ourselves."
    (letter,) = letters()
    assert letter.to == ["Ines Varga <ines.varga@northmoor.example>"]
    assert "We build it ourselves." in letter.body


def test_the_reviewer_withdraws_what_waits_for_an_approver_and_the_approver_is_told(
    letters, vendor, requester, reviewer, approver
):
    review = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    letters()
    services.withdraw(review=review, reason="The vendor was bought.", by=reviewer, now=clock.now())
    assert sorted(letter.to[0].split(" <")[0] for letter in letters()) == ["Adaeze Lind", "Tomasz Reyk"]


def test_mail_that_waits_about_it_is_called_back(vendor, requester, reviewer, second_reviewer):
    review = requested_review(vendor, by=requester)
    services.withdraw(review=review, reason="Not needed.", by=requester, now=clock.now())
    assert not OutgoingEmail.objects.waiting().filter(kind="procurement/reviews/email/review_waits").exists()


def test_any_reviewer_withdraws_while_nobody_has_it_and_only_its_own_after_that(
    vendor, requester, reviewer, second_reviewer, review
):
    waiting = requested_review(vendor, by=requester, title="Payroll")
    assert access.can_withdraw(second_reviewer, waiting)
    assert access.can_withdraw(reviewer, review)
    assert not access.can_withdraw(second_reviewer, review)


@pytest.mark.slow
def test_nobody_else_withdraws(as_staff, review, second_reviewer, auditor, approver, administrator):
    other = member_of_staff("Bo Marsh", Role.REQUESTER)
    path = f"/reviews/{review.pk}/withdraw/"
    for user, status in ((second_reviewer, 403), (auditor, 403), (approver, 404), (administrator, 404), (other, 404)):
        assert as_staff(user).get(path).status_code == status
        assert as_staff(user).post(path, {"reason": "x"}).status_code == status
    review.refresh_from_db()
    assert review.state == State.COLLECTING


def test_a_reason_is_asked_for(as_staff, review, requester):
    page = as_staff(requester).post(f"/reviews/{review.pk}/withdraw/", {"reason": ""})
    assert "Say why the review is withdrawn." in page.content.decode()
    with pytest.raises(Refused):
        services.withdraw(review=review, reason=" ", by=requester, now=clock.now())


@pytest.mark.parametrize("state", [State.APPROVED, State.APPROVED_WITH_CONDITIONS, State.REJECTED, State.WITHDRAWN])
def test_what_is_decided_stays_as_decided(review, requester, state):
    Review.objects.update(state=state)
    with pytest.raises(Refused, match="What follows is a new review"):
        services.withdraw(review=review, reason="Too late.", by=requester, now=clock.now())


def test_the_place_of_a_withdrawn_successor_is_free_again(vendor, requester, reviewer):
    decided = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    Review.objects.update(state=State.APPROVED)
    day, now = clock.today(), clock.now()
    first = services.ask_again(review=decided, by=requester, on=day, now=now)
    services.withdraw(review=first, reason="Too early.", by=requester, now=now)
    second = services.ask_again(review=decided, by=requester, on=day, now=now)
    assert second.predecessor == decided


@pytest.mark.slow
def test_nobody_is_asked_to_close_the_remediation_of_a_withdrawn_review(
    letters, vendor, requester, reviewer, second_reviewer
):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    services.withdraw(review=review, reason="Not needed.", by=requester, now=clock.now())
    assert not [letter for letter in letters() if "remediation is open" in letter.subject]
