"""What is done about a modified opinion, and closing it by another person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews import access, emails
from procurement.reviews.models import Remediation, Review, State
from procurement.reviews.services.moving import locked, move
from procurement.reviews.services.taking import grant_reports
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def plan_remediation(*, remediation: Remediation, plan: str, asked: User, by: Actor, now: datetime) -> Remediation:
    """Write down what is done about the modified opinion, and ask a named person to close it.

    That person sees the review from now on, may open the vendor's reports, and gets a mail.
    Raises NotAllowed for anybody but the assigned reviewer; Refused without a plan, for somebody who accepted the
    report or asked for the review, or when it is closed.
    """
    remediation = _locked(remediation)
    review = remediation.review
    access.check_can_plan(by, remediation)
    if not plan.strip():
        raise Refused(_("Say what is done about it: by the vendor, by us, until when."), field="plan")
    if not access.closers_for(remediation).filter(pk=asked.pk).exists():
        raise Refused(
            _(
                "%(name)s cannot close it. Choose a reviewer or approver who neither accepted the report nor asked for "
                "the review."
            )
            % {"name": asked.name},
            field="asked",
        )
    remediation.plan = plan.strip()
    remediation.asked = asked
    remediation.save(update_fields=["plan", "asked"])
    emails.call_back_remediation(remediation, by=by, now=now)
    grant_reports(review, asked, by=by, now=now)
    emails.remediation_asked(remediation, by=by, now=now)
    ledger.record(
        by=by,
        verb="remediation.planned",
        sentence=_("Remediation in %(review)s planned, %(name)s is asked to close it")
        % {"review": review.number, "name": asked.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"remediation": remediation.pk, "plan": remediation.plan, "asked": asked.pk},
    )
    return remediation


@transaction.atomic
def close_remediation(*, remediation: Remediation, note: str, by: User, now: datetime) -> Remediation:
    """Close it with a note that says why it may be closed; the review goes on.

    Raises NotAllowed for whoever accepted the report or asked for the review, and for anybody who is neither reviewer
    nor approver; Refused without a note, or when it is closed already.
    """
    remediation = _locked(remediation)
    review = remediation.review
    access.check_can_close(by, remediation)
    if not note.strip():
        raise Refused(_("Say why it may be closed. The memo prints it."), field="note")
    remediation.closed_at = now
    remediation.closed_by = by
    remediation.closing_note = note.strip()
    remediation.save(update_fields=["closed_at", "closed_by", "closing_note"])
    move(review=review, to=State.IN_REVIEW, by=by, reason=_("Remediation closed."), now=now)
    emails.call_back_remediation(remediation, by=by, now=now)
    emails.remediation_closed(remediation, by=by, now=now)
    ledger.record(
        by=by,
        verb="remediation.closed",
        sentence=_("Remediation in %(review)s closed: %(note)s")
        % {"review": review.number, "note": remediation.closing_note},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"remediation": remediation.pk},
    )
    return remediation


def _locked(remediation: Remediation) -> Remediation:
    """The remediation as it stands now; its review is locked first, as every act does."""
    review: Review = locked(remediation.review)
    found = (
        Remediation.objects.select_for_update(of=("self",))
        .select_related("report", "asked")
        .get(pk=remediation.pk, review=review)
    )
    found.review = review
    return found
