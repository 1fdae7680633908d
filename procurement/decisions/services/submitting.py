"""Putting a review before an approver, which freezes the memo's content, and taking it back."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.decisions import access, emails
from procurement.decisions.canonical import content_sha256
from procurement.decisions.models import Decision
from procurement.decisions.queries import fresh_content
from procurement.policy.evaluation import blocking
from procurement.reviews import access as reviews_access
from procurement.reviews import queries as reviews_queries
from procurement.reviews import services as reviews
from procurement.reviews.models import Review, State
from vendors.correspondence import services as correspondence
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def submit(*, review: Review, approver: User, by: Actor, on: date, now: datetime) -> Decision:
    """Put the review before this approver. Freezes the memo's content and what the policy says today.

    Raises NotAllowed for anybody but the assigned reviewer; Refused while a requirement blocks, while there
    is no draft, while an exception is to be answered by a condition and the draft names none, or when the
    approver asked for or worked on this review.
    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    reviews_access.check_can_submit(by, review)
    if approver.pk not in {pk for pk, _name in access.approvers_for(review)}:
        raise Refused(
            _("%(name)s cannot decide this review. Choose an approver who did not ask for it or work on it.")
            % {"name": approver.name},
            field="approver",
        )
    decision = Decision.objects.filter(review=review).first()
    if decision is None:
        raise Refused(_("Write the draft of the decision first: summary, residual risk, conditions."))
    checks = reviews_queries.requirement_checks(review, on)
    open_requirements = blocking(checks)
    if open_requirements:
        names = ", ".join(str(check.title) for check in open_requirements)
        raise Refused(_("Not ready to decide. Settle first: %(names)s.") % {"names": names})

    _check_conditions_are_named(decision)

    reviews.keep_requirement_checks(review=review, checks=checks)
    decision.submitted_at = now
    decision.frozen = fresh_content(decision, checks, on=on)
    decision.frozen_sha256 = content_sha256(decision.frozen)
    decision.full_clean()
    decision.save()
    reviews.put_before(review=review, approver=approver, by=by, now=now)
    emails.waits_for_you(review=review, decision=decision, approver=approver, by=by, now=now)
    ledger.record(
        by=by,
        verb="decision.submitted",
        sentence=_("%(review)s put before %(approver)s") % {"review": review.number, "approver": approver.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"frozen_sha256": decision.frozen_sha256},
    )
    return decision


@transaction.atomic
def take_back(*, review: Review, reason: str, by: Actor, now: datetime) -> None:
    """The reviewer takes the review back from the approver, with a reason, to change something."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    access.check_can_take_back(by, review)
    thaw(review=review, reason=reason, by=by, now=now)
    ledger.record(
        by=by,
        verb="decision.taken_back",
        sentence=_("%(review)s taken back: %(reason)s") % {"review": review.number, "reason": reason},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
    )


def thaw(*, review: Review, reason: str, by: Actor, now: datetime) -> None:
    """Back to reading: the frozen content is emptied, the mail that waits for the approver is cancelled."""
    Decision.objects.filter(review=review).update(submitted_at=None, frozen=None, frozen_sha256="")
    review.requirement_checks.all().delete()
    reviews.move(review=review, to=State.IN_REVIEW, by=by, reason=reason, now=now)
    correspondence.cancel(about=emails.about_decision(review), by=by, now=now)


def _check_conditions_are_named(decision: Decision) -> None:
    """A memo that says "answered by a condition" and lists none would promise what nobody has to keep."""
    answered = reviews_queries.exceptions_answered_by_a_condition(decision.review)
    if answered and not decision.conditions.exists():
        raise Refused(
            _(
                "The draft names no condition, and exceptions are to be answered by one: %(criteria)s. "
                "Add the condition to the draft, or decide the exception in another way."
            )
            % {"criteria": ", ".join(answered)}
        )
