"""Ending an approval before its time."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.decisions import access, emails
from procurement.decisions.models import Decision
from procurement.reviews.models import Review
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def revoke(*, decision: Decision, reason: str, by: Actor, on: date, now: datetime) -> Decision:
    """Revoke an approval from that day on. The memo stays as issued and says so; data may not be sent any more.

    Raises NotAllowed for anybody but an approver who did not ask for the review; Refused without a reason, for a
    rejection, and when it is revoked or superseded already.
    """
    review = Review.objects.select_for_update().select_related("engagement").get(pk=decision.review_id)
    decision = Decision.objects.select_for_update(of=("self",)).select_related("memo").get(pk=decision.pk)
    decision.review = review
    access.check_can_revoke(by, decision)
    if not reason.strip():
        raise Refused(_("Say why the approval is revoked."), field="reason")
    decision.revoked_on = on
    decision.revoked_by_id = by.pk
    decision.revoked_because = reason.strip()[:400]
    decision.save(update_fields=["revoked_on", "revoked_by", "revoked_because"])
    emails.call_back_reminders(review, by=by, now=now)
    emails.revoked(decision=decision, by=by, now=now)
    ledger.record(
        by=by,
        verb="decision.revoked",
        sentence=_("%(memo)s revoked: %(reason)s") % {"memo": decision.memo.number, "reason": decision.revoked_because},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"memo": decision.memo.pk},
    )
    return decision
