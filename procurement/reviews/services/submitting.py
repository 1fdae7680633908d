"""What `decisions` asks of a review when it is put before an approver. Inside that act, which writes the ledger."""

from collections.abc import Iterable
from datetime import datetime

from procurement.accounts.models import User
from procurement.policy.evaluation import RequirementCheck as Check
from procurement.policy.services import ensure_first_policy
from procurement.reviews.models import RequirementCheck, Review, State
from procurement.reviews.services.moving import locked, move
from procurement.reviews.services.taking import grant_reports
from vendors.people.actors import Actor


def put_before(*, review: Review, approver: User, by: Actor, now: datetime) -> Review:
    """The review waits for this approver, who may open the vendor's reports from now on."""
    review.approver = approver
    review.save(update_fields=["approver"])
    move(review=review, to=State.AWAITING_APPROVAL, by=by, now=now)
    grant_reports(locked(review), approver, by=by, now=now)
    return review


def keep_requirement_checks(*, review: Review, checks: Iterable[Check]) -> None:
    """Keep what the policy said about each requirement on the day of submission, in place of what it said before."""
    # The policy that ships was in force when the review was asked for.
    policy = ensure_first_policy(now=review.requested_at)
    review.requirement_checks.all().delete()
    RequirementCheck.objects.bulk_create(
        RequirementCheck(
            review=review,
            policy=policy,
            key=check.key,
            title=str(check.title),
            result=check.result.value,
            reason=str(check.reason),
            position=position,
        )
        for position, check in enumerate(checks)
    )
