"""Who may read which review: what is seen is compared as a whole, in both directions."""

import pytest
from django.http import Http404

from procurement.reviews.access import reads_only_status, remediation_for, review_for, reviews_visible_to
from procurement.reviews.models import Review
from tests.conftest import member_of_staff
from tests.factories.directory import make_vendor
from tests.factories.reviews import awaiting_review, remediated_review, requested_review
from vendors.people.actors import Role


@pytest.fixture
def reviews(vendor, requester, reviewer, approver, second_reviewer) -> dict[str, Review]:
    """Adaeze Lind asked for one that Tomasz Reyk is to decide; a colleague asked for another one."""
    colleague = member_of_staff("Bo Marsh", Role.REQUESTER)
    return {
        "put before the approver": awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver),
        "a colleague's": requested_review(make_vendor("Tarnfield"), by=colleague),
    }


def seen_by(user, reviews) -> set[str]:
    visible = set(reviews_visible_to(user).values_list("pk", flat=True))
    one_by_one = set()
    for name, review in reviews.items():
        try:
            assert review_for(user, review.pk) == review
        except Http404:
            continue
        one_by_one.add(name)
    assert {name for name, review in reviews.items() if review.pk in visible} == one_by_one
    return one_by_one


@pytest.mark.slow
def test_a_reviewer_and_an_auditor_read_every_review(reviews, reviewer, second_reviewer, auditor):
    for user in (reviewer, second_reviewer, auditor):
        assert seen_by(user, reviews) == set(reviews)


def test_a_requester_reads_only_what_they_asked_for(reviews, requester):
    assert seen_by(requester, reviews) == {"put before the approver"}


def test_an_approver_reads_only_what_is_put_before_them(reviews, approver):
    assert seen_by(approver, reviews) == {"put before the approver"}


def test_another_approver_an_administrator_and_somebody_without_a_role_read_none(reviews, administrator):
    other = member_of_staff("Una Holt", Role.APPROVER)
    nobody = member_of_staff("Kit Doe")
    for user in (other, administrator, nobody):
        assert seen_by(user, reviews) == set()


def test_a_contact_of_the_vendor_and_of_another_read_none(reviews, contact, stranger):
    assert seen_by(contact.user, reviews) == set()
    assert seen_by(stranger.user, reviews) == set()


def test_the_business_owner_reads_what_somebody_else_asked_for(vendor, reviewer, requester):
    review = requested_review(vendor, by=reviewer, owner=requester)
    assert review_for(requester, review.pk) == review


def test_whoever_loses_the_role_loses_the_reach(reviews, requester):
    requester.set_roles(frozenset())
    requester.save()
    assert seen_by(requester, reviews) == set()


def test_a_review_that_is_not_there_is_the_same_404(reviews, requester):
    with pytest.raises(Http404) as foreign:
        review_for(requester, reviews["a colleague's"].pk)
    with pytest.raises(Http404) as missing:
        review_for(requester, 999_999)
    assert str(foreign.value) == str(missing.value)


def test_a_requester_reads_the_status_only(reviews, requester, reviewer, approver, auditor):
    review = reviews["put before the approver"]
    assert reads_only_status(requester, review)
    for user in (reviewer, approver, auditor):
        assert not reads_only_status(user, review)


def test_an_approver_who_asked_for_a_review_reads_its_status_only(vendor, reviewer):
    both = member_of_staff("Una Holt", Role.APPROVER, Role.REQUESTER)
    review = requested_review(vendor, by=both)
    assert reads_only_status(both, review)


def test_a_remediation_is_read_with_its_review_only(vendor, requester, reviewer, auditor):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    remediation = review.remediations.get()
    assert remediation_for(auditor, review, remediation.pk) == remediation
    with pytest.raises(Http404):
        remediation_for(auditor, review, remediation.pk + 1)
    with pytest.raises(Http404):
        remediation_for(member_of_staff("Kit Doe"), review, remediation.pk)
