"""Conditions after the decision: marking them as met before they suspend the approval."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.decisions import access, emails
from procurement.decisions.models import Condition
from vendors.ledger import services as ledger
from vendors.people.actors import Actor


@transaction.atomic
def meet_condition(*, condition: Condition, note: str, by: Actor, on: date, now: datetime) -> Condition:
    """Mark a condition as met, with a note that says how. The memo stays as issued."""
    condition = Condition.objects.select_for_update().select_related("decision__review").get(pk=condition.pk)
    access.check_can_meet(by, condition)
    condition.met_on = on
    condition.met_by = by.label
    condition.met_note = note
    condition.save(update_fields=["met_on", "met_by", "met_note"])
    emails.call_back_condition(condition, by=by, now=now)
    review = condition.decision.review
    ledger.record(
        by=by,
        verb="condition.met",
        sentence=_("Condition met: %(text)s") % {"text": condition.text},
        at=now,
        vendor_id=review.vendor_id,
        subject=("condition", condition.pk),
        details={"note": note},
    )
    return condition
