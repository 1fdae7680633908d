"""Taking a review, assigning it, and handing it over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews import access, emails
from procurement.reviews.models import Review, State
from procurement.reviews.services.moving import locked, move, touch
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports import services as reports
from vendors.reports.models import Report


@transaction.atomic
def take_review(*, review: Review, by: User, now: datetime) -> Review:
    """A reviewer takes a review that waits, and may open the reports its vendor has on file.

    Raises NotAllowed for whoever is no reviewer or asked for it, Refused when somebody has it.
    """
    review = locked(review)
    access.check_can_take(by, review)
    _give_to(review, by, by=by, now=now)
    ledger.record(
        by=by,
        verb="review.taken",
        sentence=_("%(review)s taken by %(name)s") % {"review": review.number, "name": by.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
    )
    return review


@transaction.atomic
def assign_review(*, review: Review, to: User, note: str = "", by: User, now: datetime) -> Review:
    """Give a review that waits to another reviewer, who gets a mail and may open the vendor's reports.

    Raises NotAllowed for whoever could not take it themselves; Refused for somebody who cannot, or when somebody has
    it already.
    """
    review = locked(review)
    access.check_can_take(by, review)
    _check_may_have_it(to, review)
    _give_to(review, to, by=by, now=now)
    emails.assigned(review, note=note.strip(), by=by, now=now)
    ledger.record(
        by=by,
        verb="review.assigned",
        sentence=_("%(review)s assigned to %(name)s") % {"review": review.number, "name": to.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"reviewer": to.pk, "note": note.strip()},
    )
    return review


@transaction.atomic
def hand_over(*, review: Review, to: User, note: str = "", by: Actor, now: datetime) -> Review:
    """Give the review to another reviewer, or take it over; they may open the vendor's reports.

    Raises NotAllowed for whoever is no reviewer; Refused for somebody who is none, asked for it, or has it.
    """
    review = locked(review)
    access.check_can_hand_over(by, review)
    _check_may_have_it(to, review)
    before = review.reviewer
    review.reviewer = to
    touch(review, "reviewer")
    grant_reports(review, to, by=by, now=now)
    emails.handed_over(review, before=before, note=note.strip(), by=by, now=now)
    ledger.record(
        by=by,
        verb="review.handed_over",
        sentence=_("%(review)s handed from %(before)s to %(name)s")
        % {"review": review.number, "before": before.name if before else "–", "name": to.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("review", review.pk),
        details={"reviewer": to.pk, "note": note.strip()},
    )
    return review


def grant_reports(review: Review, user: User, *, by: Actor, now: datetime) -> None:
    """Leave to open every report the vendor has on file, because of this review."""
    on_file = Report.objects.filter(vendor=review.vendor_id, file__destroyed_at__isnull=True).order_by("pk")
    # Every row is locked before the first grant is written to the ledger, as acts on a report do.
    for report in list(on_file.select_for_update(of=("self",))):
        reports.grant_access(report=report, user=user, purpose=review.number, by=by, now=now)


def _give_to(review: Review, reviewer: User, *, by: User, now: datetime) -> None:
    """A review that nobody had is this reviewer's, and collecting begins."""
    review.reviewer = reviewer
    review.save(update_fields=["reviewer"])
    move(review=review, to=State.COLLECTING, by=by, now=now)
    emails.call_back_waiting(review, by=by, now=now)
    grant_reports(review, reviewer, by=by, now=now)
    emails.review_taken(review, by=by, now=now)


def _check_may_have_it(to: User, review: Review) -> None:
    if not access.reviewers_for(review).filter(pk=to.pk).exists():
        raise Refused(
            _("%(name)s cannot take this review. Choose a reviewer who neither asked for it nor has it.")
            % {"name": to.name},
            field="to",
        )
