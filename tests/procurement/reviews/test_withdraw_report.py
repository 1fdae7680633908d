"""Withdrawing the acceptance of a report: where the reviews that went by it fall."""

import pytest

from procurement.reviews import services
from procurement.reviews.models import Review, State
from tests.factories.reports import recorded, whole_facts
from tests.factories.reviews import (
    QUALIFIED,
    accept,
    awaiting_review,
    judge_everything,
    read_review,
    recorded_report,
    remediated_review,
)
from tests.procurement.reviews.test_accept_report import newer_facts
from vendors.calendar import clock
from vendors.people.actors import NotAllowed, Refused


def withdraw(review: Review, *, by, reason: str = "The period was misread.") -> Review:
    services.withdraw_report(report=review.report, reason=reason, by=by, now=clock.now())
    return Review.objects.get(pk=review.pk)


def test_without_another_report_a_review_collects_again(vendor, requester, reviewer):
    review = judge_everything(read_review(vendor, asked_by=requester, reviewer=reviewer), by=reviewer)
    review = withdraw(review, by=reviewer)
    assert (review.state, review.report, review.scope_fit) == (State.COLLECTING, None, "")
    assert "The period was misread." in review.state_reason


def test_what_waits_for_an_approver_goes_back_and_both_are_told(letters, vendor, requester, reviewer, approver):
    review = awaiting_review(vendor, asked_by=requester, reviewer=reviewer, approver=approver)
    letters()
    review = withdraw(review, by=reviewer)
    assert review.state == State.COLLECTING
    assert [letter.to[0].split(" <")[0] for letter in letters()] == ["Tomasz Reyk"]


def test_a_review_in_remediation_collects_again(vendor, requester, reviewer):
    review = withdraw(remediated_review(vendor, asked_by=requester, reviewer=reviewer), by=reviewer)
    assert review.state == State.COLLECTING


def test_the_next_best_accepted_report_takes_its_place(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    before = review.report
    review = accept(review, recorded_report(vendor, by=reviewer, facts=newer_facts()), by=reviewer)
    assert review.report != before
    review = withdraw(review, by=reviewer)
    assert (review.state, review.report) == (State.IN_REVIEW, before)


def test_a_decided_review_stays_as_decided(vendor, requester, reviewer):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    Review.objects.update(state=State.APPROVED)
    report = review.report
    review = withdraw(review, by=reviewer)
    assert (review.state, review.report) == (State.APPROVED, report)


@pytest.mark.slow
def test_facts_accepted_anew_open_a_closed_remediation_again(
    vendor, requester, reviewer, second_reviewer, a_minute_passes
):
    review = remediated_review(vendor, asked_by=requester, reviewer=reviewer)
    services.close_remediation(
        remediation=review.remediations.get(), note="Fixed in May.", by=second_reviewer, now=clock.now()
    )
    a_minute_passes()
    report = withdraw(review, by=reviewer) and review.report
    report.refresh_from_db()
    report = recorded(report, whole_facts(**{**QUALIFIED, "opinion_criteria": ["CC6.2", "CC7.1"]}), by=reviewer)
    review = accept(Review.objects.get(), report, by=reviewer)
    remediation = review.remediations.get()
    assert (review.state, remediation.is_open) == (State.REMEDIATION, True)
    assert "CC6.2, CC7.1" in remediation.reason


@pytest.mark.slow
def test_only_a_reviewer_withdraws_it_and_only_with_a_reason(vendor, requester, reviewer, auditor, approver):
    review = read_review(vendor, asked_by=requester, reviewer=reviewer)
    for user in (requester, auditor, approver):
        with pytest.raises(NotAllowed):
            withdraw(review, by=user)
    with pytest.raises(Refused, match="Say why"):
        withdraw(review, by=reviewer, reason=" ")
    review = Review.objects.get()
    assert review.state == State.IN_REVIEW
    withdraw(review, by=reviewer)
    with pytest.raises(Refused, match="not accepted"):
        services.withdraw_report(report=review.report, reason="again", by=reviewer, now=clock.now())
