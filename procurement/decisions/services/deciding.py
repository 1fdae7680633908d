"""Deciding once: approve, approve with conditions, reject, or return with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.decisions import access, emails
from procurement.decisions.models import Decision, Outcome
from procurement.decisions.queries import changed_parts, fresh_content
from procurement.decisions.services.memos import issue_memo
from procurement.decisions.services.submitting import thaw
from procurement.decisions.supports import rests_on, validity_if_approved
from procurement.policy.evaluation import RequirementCheck, blocking
from procurement.reviews import queries as reviews_queries
from procurement.reviews import services as reviews
from procurement.reviews.models import Review, State
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

STATE_AFTER = {
    Outcome.APPROVED: State.APPROVED,
    Outcome.APPROVED_WITH_CONDITIONS: State.APPROVED_WITH_CONDITIONS,
    Outcome.REJECTED: State.REJECTED,
}


@transaction.atomic
def decide(
    *, review: Review, outcome: Outcome, reason: str, opened_sha256: str, by: Actor, on: date, now: datetime
) -> Decision:
    """Take the decision and issue the memo. Of twenty clicks at once, one decides and the others are refused.

    opened_sha256  the hash of the content the form was opened with; another one is refused
    Raises NotAllowed for anybody but the approver it was put before; Refused when the content changed, when
    records changed underneath, when a requirement blocks today, or when the outcome does not fit.
    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    access.check_can_decide(by, review)
    decision = Decision.objects.get(review=review)
    if decision.frozen_sha256 != opened_sha256:
        raise Refused(_("This review was submitted again since you opened the page. Read it again, then decide."))
    _check_outcome_fits(decision, outcome, reason)
    if outcome != Outcome.REJECTED:
        checks = _check_nothing_changed(decision, on)
        validity, held = validity_if_approved(review, checks, on), rests_on(review, checks)
        decision.valid_until, decision.valid_because = validity.until, str(validity.reason)
        decision.exempted = list(held.exempted)
        decision.evidence_kinds = [kind.value for kind in held.evidence_kinds]
    decision.outcome = outcome
    decision.reason = reason
    decision.decided_by_id = by.pk
    decision.decided_at = now
    decision.full_clean()
    decision.save()
    reviews.move(review=review, to=STATE_AFTER[outcome], by=by, reason=reason, now=now)
    memo = issue_memo(decision=decision, on=on, now=now)
    emails.call_back_reminders(review, by=by, now=now)
    emails.decided(decision=decision, memo=memo, by=by, now=now)
    reviews.end_questionnaire(review=review, by=by, now=now)
    ledger.record(
        by=by,
        verb=f"decision.{outcome.value}",
        sentence=_("%(outcome)s: %(review)s, %(memo)s")
        % {"outcome": outcome.label, "review": review.number, "memo": memo.number},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"content_sha256": memo.content_sha256, "valid_until": str(decision.valid_until or "")},
    )
    return decision


@transaction.atomic
def return_to_reviewer(*, review: Review, reason: str, by: Actor, now: datetime) -> None:
    """Hand the review back with what has to change. The frozen content is emptied."""
    review = Review.objects.select_for_update().get(pk=review.pk)
    access.check_can_decide(by, review)
    if not reason.strip():
        raise Refused(_("Say what has to change, so that the reviewer knows."), field="reason")
    thaw(review=review, reason=reason, by=by, now=now)
    emails.returned(review=review, reason=reason, by=by, now=now)
    ledger.record(
        by=by,
        verb="decision.returned",
        sentence=_("%(review)s returned: %(reason)s") % {"review": review.number, "reason": reason},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
    )


def _check_outcome_fits(decision: Decision, outcome: Outcome, reason: str) -> None:
    has_conditions = decision.conditions.exists()
    if outcome == Outcome.APPROVED and has_conditions:
        raise Refused(_("The draft names conditions. Approve with conditions, or return it to have them removed."))
    if outcome == Outcome.APPROVED_WITH_CONDITIONS and not has_conditions:
        raise Refused(_("The draft names no conditions. Return it to have them added, or approve without."))
    if outcome == Outcome.REJECTED and not reason.strip():
        raise Refused(_("Say why it is rejected: the memo prints the reason."), field="reason")


def _check_nothing_changed(decision: Decision, on: date) -> tuple[RequirementCheck, ...]:
    """What the policy says today, when it is what was put before the approver and nothing of it blocks."""
    assert decision.frozen is not None
    review = decision.review
    submitted_on = date.fromisoformat(decision.frozen["frozen_on"])
    then = fresh_content(decision, reviews_queries.requirement_checks(review, submitted_on), on=submitted_on)
    changed = changed_parts(decision.frozen, then)
    if changed:
        raise Refused(
            _("Records changed since this was submitted (%(parts)s). Return it, so that the reviewer looks again.")
            % {"parts": ", ".join(changed)}
        )
    checks = reviews_queries.requirement_checks(review, on)
    open_requirements = blocking(checks)
    if open_requirements:
        reasons = " ".join(str(check.reason) for check in open_requirements)
        raise Refused(_("A requirement is not met any more. %(reasons)s") % {"reasons": reasons})
    return checks
