"""Leave to open the bytes of a report: whoever a review is assigned to or put before."""

import pytest

from procurement.reviews import access, services
from procurement.reviews.models import Review, State
from tests.factories.directory import make_vendor
from tests.factories.reviews import awaiting_review, read_review, recorded_report
from vendors.calendar import clock
from vendors.ledger.queries import entries_about
from vendors.ndas.models import Nda
from vendors.people.actors import NotAllowed, Refused
from vendors.reports import access as reports_access
from vendors.reports.models import Grant


def open_it(review: Review, report, *, by) -> Grant:
    return services.open_report_bytes(review=review, report=report, by=by, on=clock.today(), now=clock.now())


def test_the_assigned_reviewer_without_a_grant_opens_what_arrived_since(vendor, requester, reviewer, second_reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    later = recorded_report(vendor, by=second_reviewer)
    Grant.objects.filter(user=reviewer).delete()
    grant = open_it(review, later, by=reviewer)
    assert (grant.user, grant.purpose) == (reviewer, review.number)
    assert reports_access.can_open(reviewer, later, clock.today())
    assert entries_about(vendor.pk).first().verb == "review.report_opened"


def test_the_approver_may_open_it_from_the_submission_on(vendor, requester, reviewer, approver):
    review = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    assert reports_access.can_open(approver, review.report, clock.today())
    Grant.objects.filter(user=approver).delete()
    assert open_it(review, review.report, by=approver).granted_by == "Countersign"


def test_nobody_else_gets_leave(vendor, requester, reviewer, second_reviewer, approver, auditor, administrator):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    for user in (second_reviewer, requester, approver, auditor, administrator):
        assert not access.can_open_bytes(user, review, review.report)
        with pytest.raises(NotAllowed):
            open_it(review, review.report, by=user)


def test_without_an_nda_in_force_nothing_is_opened(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    Nda.objects.update(ended_on=clock.today())
    with pytest.raises(Refused, match="No NDA with Quillhaven is in force"):
        open_it(review, review.report, by=reviewer)


def test_a_foreign_report_and_a_closed_review_are_refused(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    foreign = recorded_report(make_vendor("Tarnfield"), by=reviewer)
    with pytest.raises(Refused, match="another vendor's"):
        open_it(review, foreign, by=reviewer)
    Review.objects.update(state=State.REJECTED)
    with pytest.raises(Refused, match="closed"):
        open_it(review, review.report, by=reviewer)
