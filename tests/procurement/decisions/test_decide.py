"""Deciding: once, by the right person, on exactly what was shown."""

from dataclasses import replace

import pytest

from procurement.decisions.models import Decision, Memo, Outcome
from procurement.demo.seeding import QUILLHAVEN
from procurement.reviews.models import Review, State
from tests.factories.stories import FIRST_DAY, PLAIN, approved, awaiting_approval
from tests.signing_in import staff_client
from vendors.people.actors import Role


@pytest.fixture
def review(cast):
    return awaiting_approval(cast)[1]


def answer_of(review: Review, answer: str, reason: str = "") -> dict[str, str]:
    decision = Decision.objects.get(review=review)
    return {"answer": answer, "reason": reason, "opened_sha256": decision.frozen_sha256}


@pytest.mark.slow
def test_pages_cited_open_in_the_document_for_whoever_may_open_it(cast, review):
    read = f"/reports/{review.report_id}/read/"
    approver = staff_client(cast.approver)
    page = approver.get(f"/reviews/{review.pk}/decide/").text
    assert f'<a class="cite" href="{read}?page=4">' in page
    assert f'href="{read}"' in approver.get(f"/reviews/{review.pk}/").text
    approver.post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    memo = f"/memos/{Memo.objects.get().number}/"
    assert f'href="{read}?page=4"' in approver.get(memo).text
    for client in (staff_client(cast.auditor), staff_client(cast.requester)):
        page = client.get(memo).text
        assert '<span class="cite">p. 4</span>' in page
        assert read not in page
        assert read not in client.get(f"/reviews/{review.pk}/").text


@pytest.mark.slow
def test_the_approver_reads_what_was_frozen_and_approves(review, approver):
    client = staff_client(approver)
    page = client.get(f"/reviews/{review.pk}/decide/")
    assert Decision.objects.get(review=review).frozen_sha256 in page.text
    answer = client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert answer.headers["Location"] == "/memos/MEMO-2026-0001/"
    decision = Decision.objects.get(review=review)
    assert (decision.outcome, decision.decided_by) == (Outcome.APPROVED, approver)
    assert decision.valid_until.isoformat() == "2027-06-30"
    assert Review.objects.get(pk=review.pk).state == State.APPROVED


@pytest.mark.slow
def test_requester_and_reviewer_are_told_with_the_memo(review, approver, mailbox_after):
    staff_client(approver).post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    told = [letter for letter in mailbox_after() if "MEMO-2026-0001" in letter.subject]
    assert {letter.to[0].split("<")[-1] for letter in told} == {
        "adaeze.lind@northmoor.example>",
        "ines.varga@northmoor.example>",
    }
    assert "30 June 2027" in told[0].body


@pytest.mark.slow
def test_conditions_in_the_draft_ask_for_an_approval_with_conditions(cast, approver):
    _story, review = awaiting_approval(cast, QUILLHAVEN)
    client = staff_client(approver)
    refused = client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert refused.status_code == 200
    assert Review.objects.get(pk=review.pk).state == State.AWAITING_APPROVAL
    client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved_with_conditions"))
    assert Review.objects.get(pk=review.pk).state == State.APPROVED_WITH_CONDITIONS


@pytest.mark.slow
def test_a_rejection_needs_its_reason_and_has_no_end(review, approver):
    client = staff_client(approver)
    undecided = client.post(f"/reviews/{review.pk}/decide/", {**answer_of(review, ""), "answer": ""})
    assert "Choose what you decide." in undecided.text
    refused = client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "rejected"))
    assert "Say why it is rejected" in refused.text
    client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "rejected", "The data leave the region."))
    decision = Decision.objects.get(review=review)
    assert (decision.outcome, decision.valid_until) == (Outcome.REJECTED, None)
    assert decision.memo.content["decision"]["reason"] == "The data leave the region."


def test_returning_hands_it_back_with_the_reason(review, approver, reviewer, mailbox_after):
    client = staff_client(approver)
    refused = client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "return"))
    assert "Say what has to change" in refused.text
    client.post(f"/reviews/{review.pk}/decide/", answer_of(review, "return", "Name the owner of CUEC-2."))
    review.refresh_from_db()
    assert (review.state, review.state_reason) == (State.IN_REVIEW, "Name the owner of CUEC-2.")
    assert not Memo.objects.exists()
    assert any("Name the owner of CUEC-2." in letter.body for letter in mailbox_after())


@pytest.mark.slow
def test_a_form_opened_before_it_was_submitted_again_is_refused(cast, approver, reviewer):
    story, review = awaiting_approval(cast)
    old = answer_of(review, "approved")
    staff_client(reviewer).post(f"/reviews/{review.pk}/take-back/", {"reason": "Wording."})
    story.plot = replace(PLAIN, summary="Another summary.")
    story.draft(review, FIRST_DAY)
    story.submit(review, FIRST_DAY)
    answer = staff_client(approver).post(f"/reviews/{review.pk}/decide/", old)
    assert "submitted again since you opened the page" in answer.text
    assert not Decision.objects.get(review=review).outcome


def test_a_record_that_changed_underneath_is_refused(review, approver):
    opened = answer_of(review, "approved")
    report = review.report
    report.system_name = "Another system"
    report.save()
    answer = staff_client(approver).post(f"/reviews/{review.pk}/decide/", opened)
    assert "Records changed since this was submitted" in answer.text
    assert not Decision.objects.get(review=review).outcome


def test_an_nda_that_ended_in_between_is_refused(review, approver):
    review.vendor.ndas.update(ended_on=FIRST_DAY)
    answer = staff_client(approver).post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert answer.status_code == 200
    assert not Decision.objects.get(review=review).outcome


@pytest.mark.parametrize("person", ["reviewer", "requester", "second_reviewer", "auditor", "administrator"])
def test_nobody_else_decides(review, cast, person):
    answer = staff_client(getattr(cast, person)).post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert answer.status_code in {403, 404}
    assert not Decision.objects.get(review=review).outcome


def test_the_reviewer_cannot_approve_their_own_review_even_with_both_roles(review, reviewer):
    reviewer.set_roles(frozenset({Role.REVIEWER, Role.APPROVER}))
    reviewer.save()
    Review.objects.filter(pk=review.pk).update(approver=reviewer)
    answer = staff_client(reviewer).post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert answer.status_code == 403
    assert "somebody else has to decide" in answer.text


def test_whoever_asked_cannot_approve_even_with_both_roles(review, requester):
    requester.set_roles(frozenset({Role.REQUESTER, Role.APPROVER}))
    requester.save()
    Review.objects.filter(pk=review.pk).update(approver=requester)
    answer = staff_client(requester).post(f"/reviews/{review.pk}/decide/", answer_of(review, "approved"))
    assert answer.status_code == 403
    assert not Decision.objects.get(review=review).outcome


def test_an_approver_it_was_not_put_before_sees_nothing(review, cast):
    other = cast.auditor
    other.set_roles(frozenset({Role.APPROVER}))
    other.save()
    assert staff_client(other).get(f"/reviews/{review.pk}/decide/").status_code == 404


def test_deciding_asks_for_the_password_again_after_a_while(review, approver):
    approver.set_password("correct horse battery staple")
    approver.save()
    answer = staff_client(approver, minutes_ago=60).get(f"/reviews/{review.pk}/decide/")
    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]


def test_a_decided_review_cannot_be_decided_again(cast, approver):
    _story, review = approved(cast)
    answer = staff_client(approver).post(f"/reviews/{review.pk}/decide/", answer_of(review, "rejected", "No."))
    assert answer.status_code == 409
    assert Decision.objects.get(review=review).outcome == Outcome.APPROVED
