"""Between collecting and reading: begin with what is there, go back for what is missing, end without a decision."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.policy.evaluation import THE_REPORT
from procurement.reviews import access, emails
from procurement.reviews.adopting import best_of
from procurement.reviews.covering import weigh_report
from procurement.reviews.models import Review, State
from procurement.reviews.services.adoption import adopt, go_on_with
from procurement.reviews.services.moving import locked, move
from procurement.reviews.services.questionnaires import end_questionnaire
from vendors.calendar.clock import local_day
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.models import Report


@transaction.atomic
def begin_review(*, review: Review, by: Actor, now: datetime) -> Review:
    """Start reading without a new report: by the best accepted one on the vendor's file, or by none for public data
    and where the report is waived.

    Raises NotAllowed for anybody but the assigned reviewer; Refused when no report is accepted and the engagement
    asks for one.
    """
    review = locked(review)
    access.check_can_begin(by, review)
    report = best_of(Report.objects.filter(vendor=review.vendor_id))
    if report is not None:
        adopt(review, report)
        go_on_with(review, by=by, now=now)
        weigh_report(review, by=by, on=local_day(now), now=now)
    elif not review.engagement.is_above_public:
        move(review=review, to=State.IN_REVIEW, by=by, reason=_("Public data only: no report is asked for."), now=now)
    elif review.waivers.holding(local_day(now)).filter(requirement=THE_REPORT).exists():
        move(review=review, to=State.IN_REVIEW, by=by, reason=_("The report is waived."), now=now)
    else:
        raise Refused(_("No accepted report of %(vendor)s is on file. Accept one first.") % {"vendor": review.vendor})
    ledger.record(
        by=by,
        verb="review.begun",
        sentence=_("%(review)s begun with %(report)s") % {"review": review.number, "report": report or _("no report")},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"report": report.pk if report else None, "state": review.state},
    )
    return review


@transaction.atomic
def return_to_collecting(*, review: Review, reason: str, by: Actor, now: datetime) -> Review:
    """Something is missing: back to collecting, with what it is.

    Raises NotAllowed for anybody but the assigned reviewer; Refused without a reason, or when it is not in review.
    """
    review = locked(review)
    access.check_can_return_to_collecting(by, review)
    if not reason.strip():
        raise Refused(_("Say what is missing."), field="reason")
    move(review=review, to=State.COLLECTING, by=by, reason=reason, now=now)
    ledger.record(
        by=by,
        verb="review.returned_to_collecting",
        sentence=_("%(review)s back to collecting: %(reason)s")
        % {"review": review.number, "reason": review.state_reason},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
    )
    return review


@transaction.atomic
def withdraw(*, review: Review, reason: str, by: Actor, now: datetime) -> Review:
    """End the review without a decision. Mail that waits for somebody is called back, the people in it are told.

    Raises NotAllowed for whoever neither asked for it nor reviews it; Refused without a reason, or after a decision.
    """
    review = locked(review)
    access.check_can_withdraw(by, review)
    if not reason.strip():
        raise Refused(_("Say why the review is withdrawn."), field="reason")
    waited_for_approval = review.state == State.AWAITING_APPROVAL
    follows = review.predecessor
    # A decided review has one successor. The place is free again, so that another review may follow it.
    review.predecessor = None
    review.save(update_fields=["predecessor"])
    emails.call_back_all(review, by=by, now=now)
    move(review=review, to=State.WITHDRAWN, by=by, reason=reason, now=now)
    emails.withdrawn(review, waited_for_approval=waited_for_approval, by=by, now=now)
    end_questionnaire(review=review, by=by, now=now)
    ledger.record(
        by=by,
        verb="review.withdrawn",
        sentence=_("%(review)s withdrawn: %(reason)s") % {"review": review.number, "reason": review.state_reason},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"follows": follows.number if follows else ""},
    )
    return review
