"""Taking a review: who may, and what comes with it."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from tests.conftest import member_of_staff
from tests.factories.reviews import recorded_report, requested_review
from vendors.calendar import clock
from vendors.correspondence.models import OutgoingEmail
from vendors.correspondence.models import State as MailState
from vendors.ledger.queries import entries_on
from vendors.people.actors import NotAllowed, Refused, Role
from vendors.reports.models import Grant


@pytest.fixture
def waiting(vendor, requester, reviewer, second_reviewer) -> Review:
    return requested_review(vendor, by=requester)


def test_a_reviewer_takes_a_review_that_waits(as_staff, waiting, reviewer):
    answer = as_staff(reviewer).post(f"/reviews/{waiting.pk}/take/")
    review = Review.objects.get()
    assert answer.url == review.get_absolute_url()
    assert (review.state, review.reviewer, review.state_by) == (State.COLLECTING, reviewer, "Ines Varga")
    entry = entries_on("review", review.pk).first()
    assert (entry.verb, entry.actor_label) == ("review.taken", "Ines Varga")


def test_they_may_open_what_the_vendor_has_on_file(waiting, vendor, reviewer, second_reviewer):
    report = recorded_report(vendor, by=second_reviewer)
    services.take_review(review=waiting, by=reviewer, now=clock.now())
    assert Grant.objects.get(user=reviewer, report=report).purpose == waiting.number


def test_whoever_asked_is_told_and_nobody_is_asked_to_take_it_any_more(as_staff, letters, waiting, reviewer):
    as_staff(reviewer).post(f"/reviews/{waiting.pk}/take/")
    sent = letters()
    assert [letter.to[0] for letter in sent] == ["Adaeze Lind <adaeze.lind@northmoor.example>"]
    assert sent[0].subject == f"Quillhaven: Ines Varga reviews it ({waiting.number})"
    called_back = OutgoingEmail.objects.filter(kind="procurement/reviews/email/review_waits")
    assert {each.state for each in called_back} == {MailState.CANCELLED}


def test_a_reviewer_cannot_take_what_they_asked_for_also_with_two_roles(as_staff, vendor, two_roles, reviewer):
    review = requested_review(vendor, by=two_roles)
    answer = as_staff(two_roles).post(f"/reviews/{review.pk}/take/")
    assert answer.status_code == 403
    assert "You asked for this review, so another reviewer has to take it." in answer.content.decode()
    assert not access.can_take(two_roles, review)
    assert access.can_take(reviewer, review)


def test_the_business_owner_cannot_take_it_either(vendor, reviewer, two_roles):
    review = requested_review(vendor, by=reviewer, owner=two_roles)
    with pytest.raises(NotAllowed, match="You asked for this review"):
        services.take_review(review=review, by=two_roles, now=clock.now())


def test_of_two_reviewers_the_first_has_it(as_staff, waiting, reviewer, second_reviewer):
    as_staff(reviewer).post(f"/reviews/{waiting.pk}/take/")
    late = as_staff(second_reviewer).post(f"/reviews/{waiting.pk}/take/")
    assert late.status_code == 409
    assert "This review is taken already." in late.content.decode()
    assert Review.objects.get().reviewer == reviewer


def test_a_stale_object_takes_nothing(waiting, reviewer, second_reviewer):
    stale = Review.objects.get()
    services.take_review(review=waiting, by=reviewer, now=clock.now())
    with pytest.raises(Refused):
        services.take_review(review=stale, by=second_reviewer, now=clock.now())


@pytest.mark.slow
def test_nobody_else_takes_it(as_staff, waiting, requester, approver, auditor, administrator):
    # Whoever may read it is told why not; for the others it is not there.
    for user, status in ((requester, 403), (auditor, 403), (approver, 404), (administrator, 404)):
        assert as_staff(user).post(f"/reviews/{waiting.pk}/take/").status_code == status
    other = member_of_staff("Bo Marsh", Role.REQUESTER)
    assert as_staff(other).post(f"/reviews/{waiting.pk}/take/").status_code == 404
    assert Review.objects.get().state == State.DRAFT


def test_a_contact_does_not_find_it_and_a_look_takes_nothing(as_staff, contact_client, waiting, reviewer):
    assert contact_client.post(f"/reviews/{waiting.pk}/take/").status_code == 404
    assert as_staff(reviewer).get(f"/reviews/{waiting.pk}/take/").status_code == 405
    assert Review.objects.get().state == State.DRAFT


def test_the_way_back_is_a_page_of_ours(as_staff, waiting, reviewer):
    answer = as_staff(reviewer).post(f"/reviews/{waiting.pk}/take/", {"next": "https://evil.example/"})
    assert answer.url == waiting.get_absolute_url()
