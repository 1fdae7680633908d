"""Writing the draft: summary, residual risk, conditions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.accounts.models import User
from procurement.decisions import access
from procurement.decisions.models import Condition, Decision
from procurement.reviews.models import Review
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@dataclass(frozen=True)
class ConditionDraft:
    """One condition as typed: what must be done, who of ours sees to it, the last day."""

    text: str
    owner: User
    due_on: date


@transaction.atomic
def save_draft(
    *,
    review: Review,
    summary: str,
    residual_risk: str,
    residual_note: str,
    conditions: list[ConditionDraft],
    by: Actor,
    on: date,
    now: datetime,
) -> Decision:
    """Write or rewrite the draft of the decision; its conditions are replaced as a whole.

    Raises NotAllowed for anybody but the assigned reviewer, Refused for a condition due before today.
    """
    assert by.pk is not None
    review = Review.objects.select_for_update().get(pk=review.pk)
    access.check_can_draft(by, review)
    for number, condition in enumerate(conditions, start=1):
        if condition.due_on < on:
            raise Refused(
                _("Condition %(number)s is due before today. Name a day that is still to come.") % {"number": number},
                field=f"conditions-{number - 1}-due_on",
            )
    decision, created = Decision.objects.update_or_create(
        review=review,
        defaults={
            "summary": summary,
            "residual_risk": residual_risk,
            "residual_note": residual_note,
            "drafted_by_id": by.pk,
            "drafted_at": now,
            # What an earlier submission froze is no longer what would be decided on.
            "submitted_at": None,
            "frozen": None,
            "frozen_sha256": "",
        },
    )
    decision.conditions.all().delete()
    Condition.objects.bulk_create(
        Condition(decision=decision, text=draft.text, owner=draft.owner, due_on=draft.due_on) for draft in conditions
    )
    ledger.record(
        by=by,
        verb="decision.drafted",
        sentence=ngettext(
            "Decision drafted for %(review)s: residual risk %(risk)s, one condition",
            "Decision drafted for %(review)s: residual risk %(risk)s, %(count)s conditions",
            len(conditions),
        )
        % {"review": review.number, "risk": decision.get_residual_risk_display(), "count": len(conditions)},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"first": created},
    )
    return decision
