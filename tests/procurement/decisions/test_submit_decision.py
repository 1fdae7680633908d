"""Asking for approval: frozen content, an approver who took no part, nothing open."""

import pytest
from django.core import mail

from procurement.decisions import services
from procurement.decisions.canonical import content_sha256
from procurement.decisions.models import Decision
from procurement.reviews.models import Review, State
from tests.factories.stories import FIRST_DAY, awaiting_approval, drafted, in_review
from tests.signing_in import staff_client
from vendors.correspondence import delivery
from vendors.ledger.models import LedgerEntry
from vendors.people.actors import Refused, Role


@pytest.fixture
def review(cast):
    return drafted(cast)[1]


def test_the_review_waits_for_the_chosen_approver_who_gets_mail(review, reviewer, approver, mailbox_after):
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.state, review.approver) == (State.AWAITING_APPROVAL, approver)
    letter = mailbox_after()[-1]
    assert letter.to == ["Tomasz Reyk <tomasz.reyk@northmoor.example>"]
    assert f"/reviews/{review.pk}/decide/" in letter.body


def test_the_content_is_frozen_with_its_hash_and_what_the_policy_said(review, reviewer, approver):
    staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    decision = Decision.objects.get(review=review)
    assert decision.frozen_sha256 == content_sha256(decision.frozen)
    assert decision.frozen["report"]["period_end"] == "2026-06-30"
    kept = {row.key: row.result for row in review.requirement_checks.all()}
    assert kept == {row["key"]: row["result"] for row in decision.frozen["requirements"]}


def test_the_approver_may_open_the_report_from_now_on(review, reviewer, approver):
    report = review.report
    assert not report.grants.filter(user=approver).exists()
    staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    assert report.grants.filter(user=approver).exists()


def test_whoever_asked_cannot_be_chosen_even_as_an_approver(review, reviewer, requester):
    requester.set_roles(frozenset({Role.REQUESTER, Role.APPROVER}))
    requester.save()
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": requester.pk})
    assert answer.status_code == 200
    assert Review.objects.get(pk=review.pk).state == State.IN_REVIEW
    with pytest.raises(Refused, match="cannot decide this review"):
        services.submit(review=review, approver=requester, by=reviewer, on=FIRST_DAY, now=review.requested_at)


def test_an_open_requirement_refuses_and_is_named(cast, reviewer, approver):
    _story, review = in_review(cast)
    review.exception_judgements.all().delete()
    services.save_draft(
        review=review,
        summary="Fine.",
        residual_risk="low",
        residual_note="",
        conditions=[],
        by=reviewer,
        on=FIRST_DAY,
        now=review.requested_at,
    )
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    assert "Every exception has a decision of ours" in answer.text
    assert Review.objects.get(pk=review.pk).state == State.IN_REVIEW


@pytest.mark.slow
def test_an_exception_answered_by_a_condition_needs_one_in_the_draft(review, reviewer, approver):
    judged = review.exception_judgements.first()
    review.exception_judgements.filter(pk=judged.pk).update(decision="condition")
    ines, criterion = staff_client(reviewer), judged.exception.criterion
    answer = ines.post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    assert f"exceptions are to be answered by one: {criterion}." in answer.text
    assert Review.objects.get(pk=review.pk).state == State.IN_REVIEW
    assert (
        f"To be answered by a condition: the exceptions on {criterion}."
        in ines.get(f"/reviews/{review.pk}/decision/").text
    )

    decision = Decision.objects.get(review=review)
    decision.conditions.create(text="Proof of the new contracts.", owner=reviewer, due_on=FIRST_DAY)
    assert ines.post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk}).status_code == 302


def test_without_a_draft_there_is_nothing_to_submit(cast, reviewer, approver):
    _story, review = in_review(cast)
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/submit/", {"approver": approver.pk})
    assert "Write the draft of the decision first" in answer.text
    assert Review.objects.get(pk=review.pk).state == State.IN_REVIEW


def test_the_reviewer_takes_it_back_and_everything_can_be_edited_again(cast, reviewer, approver):
    _story, review = awaiting_approval(cast)
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/take-back/", {"reason": "A control has a new owner."})
    assert answer.status_code == 302
    decision = Decision.objects.get(review=review)
    assert (decision.frozen, decision.frozen_sha256, decision.submitted_at) == (None, "", None)
    assert Review.objects.get(pk=review.pk).state == State.IN_REVIEW
    assert not review.requirement_checks.exists()
    assert LedgerEntry.objects.filter(verb="decision.taken_back").exists()


def test_the_mail_that_waits_for_the_approver_is_called_back(cast, reviewer):
    _story, review = awaiting_approval(cast)
    staff_client(reviewer).post(f"/reviews/{review.pk}/take-back/", {"reason": "A control has a new owner."})
    delivery.deliver_due(review.requested_at.replace(year=2027))
    assert not [letter for letter in mail.outbox if "waits for your decision" in letter.subject]


def test_another_reviewer_cannot_take_it_back(cast):
    _story, review = awaiting_approval(cast)
    answer = staff_client(cast.second_reviewer).post(f"/reviews/{review.pk}/take-back/", {"reason": "Mine."})
    assert answer.status_code == 403
    assert Review.objects.get(pk=review.pk).state == State.AWAITING_APPROVAL
