"""The review that follows a decided one."""

from datetime import timedelta

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from tests.conftest import member_of_staff
from tests.factories.reviews import taken_review
from vendors.calendar import clock
from vendors.people.actors import Refused, Role


@pytest.fixture
def decided(vendor, requester, reviewer) -> Review:
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    Review.objects.update(state=State.APPROVED)
    review.refresh_from_db()
    return review


def test_whoever_asked_asks_for_the_next_one(as_staff, decided, requester):
    path = f"/reviews/{decided.pk}/again/"
    assert as_staff(requester).get(path).status_code == 200
    as_staff(requester).post(path, {"wanted_by": ""})
    following = Review.objects.get(predecessor=decided)
    assert (following.engagement, following.state) == (decided.engagement, State.DRAFT)
    assert following.number.endswith("-002")
    decided.refresh_from_db()
    assert decided.state == State.APPROVED


def test_a_reviewer_may_ask_and_then_another_one_takes_it(decided, reviewer, second_reviewer):
    following = services.ask_again(review=decided, by=reviewer, on=clock.today(), now=clock.now())
    assert not access.can_take(reviewer, following)
    assert access.can_take(second_reviewer, following)


def test_one_review_follows_another(as_staff, decided, requester, reviewer):
    services.ask_again(review=decided, by=reviewer, on=clock.today(), now=clock.now())
    answer = as_staff(requester).post(f"/reviews/{decided.pk}/again/", {})
    assert answer.status_code == 409
    assert "follows this review already" in answer.content.decode()


def test_nothing_follows_what_is_not_decided(vendor, requester, reviewer):
    review = taken_review(vendor, asked_by=requester, reviewer=reviewer)
    with pytest.raises(Refused, match="not decided"):
        services.ask_again(review=review, by=requester, on=clock.today(), now=clock.now())


def test_a_day_that_has_passed_is_refused_beside_its_field(as_staff, decided, requester):
    past = (clock.today() - timedelta(days=1)).isoformat()
    page = as_staff(requester).post(f"/reviews/{decided.pk}/again/", {"wanted_by": past})
    assert "This day has passed." in page.content.decode()


def test_nobody_else_asks_for_it(as_staff, decided, auditor, approver):
    other = member_of_staff("Bo Marsh", Role.REQUESTER)
    for user, status in ((auditor, 403), (approver, 404), (other, 404)):
        assert as_staff(user).post(f"/reviews/{decided.pk}/again/", {}).status_code == status
