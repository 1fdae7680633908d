"""Mails of the decision: it waits for you, it came back, it is taken, it is revoked, here is its memo."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from procurement.accounts.models import User
from procurement.decisions.memo_pdf import verdict_of
from procurement.decisions.models import Condition, Decision, Memo
from procurement.decisions.validity import Standing
from procurement.reviews.models import Review
from vendors.correspondence import services as correspondence
from vendors.people.actors import Actor


def about_decision(review: Review) -> str:
    """What mails about the decision of a review are filed under."""
    return f"decision:{review.pk}"


def about_approval(review: Review) -> str:
    """What reminders that the approval of this engagement ends are filed under."""
    return f"approval:{review.engagement_id}"


def about_condition(condition: Condition) -> str:
    """What reminders that a condition is due are filed under."""
    return f"condition:{condition.pk}"


def waits_for_you(*, review: Review, decision: Decision, approver: User, by: Actor, now: datetime) -> None:
    """To the approver: this review waits for your decision."""
    assert review.reviewer is not None
    _send("waits_for_you", approver, review, by, now, reply_to=review.reviewer, decision=decision)


def returned(*, review: Review, reason: str, by: Actor, now: datetime) -> None:
    """To the reviewer: the approver sent it back, and why."""
    assert review.reviewer is not None
    _send("returned", review.reviewer, review, by, now, reason=reason)


def decided(*, decision: Decision, memo: Memo, by: Actor, now: datetime) -> None:
    """To the business owner, whoever asked, and the reviewer: what was decided and what may be sent."""
    review = decision.review
    people = {person.pk: person for person in (review.engagement.owner, review.requested_by, review.reviewer) if person}
    words = verdict_of(memo.content)
    for person in people.values():
        _send("decided", person, review, by, now, reply_to=review.reviewer, decision=decision, memo=memo, verdict=words)


def memo_for_you(*, memo: Memo, standing: Standing | None, by: Actor, now: datetime) -> None:
    """To whoever asked and the business owner, at somebody's wish: where the memo is, and how it stands today.

    Like every mail about a memo it carries a link and no attachment: the memo quotes a report held under NDA, a mailbox
    keeps it for ever, and whoever opens the link sees whether it still stands.
    """
    review = memo.decision.review
    people = {person.pk: person for person in (review.requested_by, review.engagement.owner) if person.is_active}
    words = verdict_of(memo.content)
    for person in people.values():
        _send("memo_for_you", person, review, by, now, memo=memo, verdict=words, standing=standing)


def revoked(*, decision: Decision, by: Actor, now: datetime) -> None:
    """To whoever asked, the business owner and the reviewer: the approval has ended, send no more data."""
    review = decision.review
    people = {person.pk: person for person in (review.engagement.owner, review.requested_by, review.reviewer) if person}
    for person in people.values():
        if person.is_active and person.pk != by.pk:
            _send("revoked", person, review, by, now, decision=decision, memo=decision.memo)


def call_back_reminders(review: Review, *, by: Actor, now: datetime) -> None:
    """The engagement was decided anew or its approval revoked: nobody needs to hear that its last approval ends."""
    correspondence.cancel(about=about_approval(review), by=by, now=now)


def call_back_condition(condition: Condition, *, by: Actor, now: datetime) -> None:
    """The condition is met: nobody needs to hear that it is due."""
    correspondence.cancel(about=about_condition(condition), by=by, now=now)


def _send(
    name: str, person: User, review: Review, by: Actor, now: datetime, reply_to: User | None = None, **context: Any
) -> None:
    correspondence.queue_email(
        template=f"procurement/decisions/email/{name}",
        to=(person.email, person.name),
        recipient_id=person.pk,
        context={
            **context,
            "person": person,
            "review": review,
            "by": by,
            "address": settings.BASE_URL + _page(name, review, context),
        },
        about=about_decision(review),
        vendor_id=review.vendor_id,
        by=by,
        now=now,
        reply_to=(reply_to.email, reply_to.name) if reply_to else None,
    )


def _page(name: str, review: Review, context: dict[str, Any]) -> str:
    if name == "waits_for_you":
        return reverse("decisions:decide", args=[review.pk])
    if "memo" in context:
        return context["memo"].get_absolute_url()  # type: ignore[no-any-return]
    return review.get_absolute_url()
