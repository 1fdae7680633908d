"""Revoking an approval, and what a memo says once it does not stand any more."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from procurement.clearance.queries import answer_for
from procurement.decisions import access, services
from procurement.decisions.models import Condition, Decision, Memo, Outcome
from procurement.decisions.standings import approval_of, standings_of
from procurement.demo.seeding import QUILLHAVEN
from procurement.demo.story import Story
from procurement.reviews import services as reviews
from procurement.reviews.models import Review
from tests.conftest import member_of_staff
from tests.factories.stories import FIRST_DAY, PLAIN, approved, awaiting_approval, paper
from tests.signing_in import staff_client
from vendors.calendar import clock
from vendors.calendar.days import plus_days
from vendors.ledger.queries import entries_on
from vendors.people.actors import Refused, Role


@pytest.fixture
def memo(cast) -> Memo:
    approved(cast)
    return Memo.objects.get()


def revoke_address(memo: Memo) -> str:
    return f"/memos/{memo.number}/revoke/"


def decided_again(cast, review: Review, on: date, *, reject: bool = False) -> Memo:
    """The review that follows, brought to its decision by the same people."""
    story = Story(PLAIN, cast)
    following = reviews.ask_again(review=review, by=cast.requester, on=on, now=story.at(on))
    following = reviews.take_review(review=following, by=cast.reviewer, now=story.at(on))
    following = reviews.begin_review(review=following, by=cast.reviewer, now=story.at(on))
    story.judge(following, paper(), on)
    story.draft(following, on)
    story.submit(following, on)
    if not reject:
        return story.decide(following, on).memo
    decision = Decision.objects.get(review=following)
    return services.decide(
        review=following,
        outcome=Outcome.REJECTED,
        reason="The data leave the region.",
        opened_sha256=decision.frozen_sha256,
        by=cast.approver,
        on=on,
        now=story.at(on),
    ).memo


def test_the_approver_revokes_with_a_reason_and_everybody_is_told(memo, cast, mailbox_after):
    mailbox_after().clear()
    client = staff_client(cast.approver)
    assert revoke_address(memo) in client.get(f"/memos/{memo.number}/").text
    assert "Say why the approval is revoked." in client.post(revoke_address(memo), {"reason": ""}).text
    answer = client.post(revoke_address(memo), {"reason": "The vendor was sold."})
    assert answer.headers["Location"] == f"/memos/{memo.number}/"

    decision = Decision.objects.get()
    assert (decision.revoked_on, decision.revoked_by) == (FIRST_DAY, cast.approver)
    assert approval_of(decision, on=FIRST_DAY).standing.name == "revoked"
    assert answer_for(decision.review.vendor, on=FIRST_DAY).meaning == "no"
    assert entries_on("review", decision.review_id).first().verb == "decision.revoked"
    told = [letter for letter in mailbox_after() if "revoked" in letter.subject]
    assert {letter.to[0].split(" <")[0] for letter in told} == {"Adaeze Lind", "Ines Varga"}
    assert "The vendor was sold." in told[0].body


@pytest.mark.slow
def test_the_memo_says_so_and_its_pdf_stays_byte_for_byte(memo, cast):
    printed = services.make_pdf(memo_id=memo.pk, now=clock.now())
    services.revoke(
        decision=memo.decision, reason="The vendor was sold.", by=cast.approver, on=FIRST_DAY, now=clock.now()
    )
    page = staff_client(cast.requester).get(f"/memos/{memo.number}/").text
    assert "Revoked on 1 Sep 2026: The vendor was sold." in page
    assert "Revoked by Tomasz Reyk." in page
    assert "Revoke the approval" not in page
    assert services.make_pdf(memo_id=memo.pk, now=clock.now()).pdf.sha256 == printed.pdf.sha256


def test_it_asks_for_the_password_again_after_a_while(memo, cast):
    cast.approver.set_password("correct horse battery staple")
    cast.approver.save()
    answer = staff_client(cast.approver, minutes_ago=60).get(revoke_address(memo))
    assert answer.headers["Location"].startswith("/account/")


@pytest.mark.parametrize("person", ["requester", "reviewer", "auditor"])
def test_nobody_else_revokes(memo, cast, person):
    answer = staff_client(getattr(cast, person)).post(revoke_address(memo), {"reason": "I like it not."})
    assert answer.status_code == 403
    assert Decision.objects.get().revoked_on is None


def test_whoever_asked_does_not_revoke_even_as_an_approver(memo, requester):
    requester.set_roles(frozenset({Role.REQUESTER, Role.APPROVER}))
    requester.save()
    assert staff_client(requester).post(revoke_address(memo), {"reason": "No."}).status_code == 403


def test_another_approver_who_reads_the_memo_revokes_it_too(memo):
    deputy = member_of_staff("Vera Lindt", Role.REVIEWER, Role.APPROVER)
    assert access.can_revoke(deputy, memo.decision)


def test_it_is_revoked_once_and_never_without_a_reason(memo, cast):
    act = {"decision": memo.decision, "by": cast.approver, "on": FIRST_DAY, "now": clock.now()}
    with pytest.raises(Refused, match="Say why"):
        services.revoke(reason=" ", **act)
    services.revoke(reason="Sold.", **act)
    with pytest.raises(Refused, match="revoked already"):
        services.revoke(reason="Sold again.", **act)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(revoked_because="")


def test_a_revoked_approval_asks_nobody_to_meet_its_conditions(cast):
    approved(cast, QUILLHAVEN)
    client = staff_client(cast.requester)
    assert "Condition of Quillhaven" in client.get("/").text
    services.revoke(decision=Decision.objects.get(), reason="Sold.", by=cast.approver, on=FIRST_DAY, now=clock.now())
    assert Condition.objects.filter(met_on=None).exists()
    assert "Condition of Quillhaven" not in client.get("/").text


@pytest.mark.slow
def test_a_superseded_memo_says_by_which_and_since_when_and_is_not_revoked(memo, cast):
    later = plus_days(FIRST_DAY, 30)
    with time_machine.travel(f"{later}T10:00:00+02:00", tick=False):
        newer = decided_again(cast, memo.decision.review, later)
        client = staff_client(cast.approver)
        page = client.get(f"/memos/{memo.number}/").text
        assert f"Superseded on 1 Oct 2026 by {newer.number}." in page
        assert f"Open {newer.number}" in page
        assert "stay as they were issued" in page
        answer = client.get(revoke_address(memo))
        assert answer.status_code == 409
        assert f"{newer.number} has superseded this approval." in answer.text
        assert "Superseded" not in client.get(f"/memos/{newer.number}/").text


@pytest.mark.slow
def test_of_three_memos_each_is_superseded_by_the_next_one(memo, cast):
    second_day, third_day = plus_days(FIRST_DAY, 30), plus_days(FIRST_DAY, 60)
    second = decided_again(cast, memo.decision.review, second_day)
    third = decided_again(cast, second.decision.review, third_day)
    standings = standings_of([memo.decision.review.vendor_id], on=third_day)
    assert str(standings[memo.decision_id].reason) == f"Superseded on 1 Oct 2026 by {second.number}."
    assert str(standings[second.decision_id].reason) == f"Superseded on 31 Oct 2026 by {third.number}."
    assert standings[third.decision_id].is_in_force


@pytest.mark.slow
def test_a_rejection_has_no_standing_until_another_decision_takes_its_place(memo, cast):
    second_day, third_day = plus_days(FIRST_DAY, 30), plus_days(FIRST_DAY, 60)
    rejected = decided_again(cast, memo.decision.review, second_day, reject=True)
    vendor = [rejected.decision.review.vendor_id]
    assert rejected.decision_id not in standings_of(vendor, on=second_day)
    assert "There is no approval to revoke" in str(refusal_of(cast.approver, rejected.decision))
    newer = decided_again(cast, rejected.decision.review, third_day)
    assert str(standings_of(vendor, on=third_day)[rejected.decision_id].reason).endswith(f"by {newer.number}.")
    assert rejected.decision_id not in standings_of(vendor, on=second_day)


def refusal_of(person, decision: Decision) -> Refused:
    with pytest.raises(Refused) as caught:
        access.check_can_revoke(person, decision)
    return caught.value


def test_no_memo_is_revoked_before_its_decision(cast):
    _story, review = awaiting_approval(cast)
    assert not access.can_revoke(cast.approver, Decision.objects.get(review=review))
