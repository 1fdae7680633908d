"""Moving a review from one state to the next: the only place that writes its state."""

from datetime import datetime

from procurement.reviews.lifecycle import check_can_move
from procurement.reviews.models import Review, State
from vendors.people.actors import Actor


def locked(review: Review) -> Review:
    """The review as it stands now with what acts ask of it, locked until the transaction ends."""
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related(
            "vendor", "engagement__owner", "requested_by", "reviewer", "approver", "report__vendor", "report__auditor"
        )
        .get(pk=review.pk)
    )


def locked_with_use(review: Review) -> Review:
    """The same with nothing but what is bought beside it: a campaign locks a thousand of them, and PostgreSQL plans a
    join of ten tables for longer than it reads them."""
    return Review.objects.select_for_update(of=("self",)).select_related("engagement").get(pk=review.pk)


def move(*, review: Review, to: State, by: Actor, reason: str = "", now: datetime) -> Review:
    """Take one step of the lifecycle, inside the transaction of the act which writes the ledger entry.

    Whether this person may is asked by that act; the ledger is written last, so not here. The given object and the
    row both hold the new state afterwards.
    Raises Refused when the table of moves holds no such step.
    """
    review.state = locked(review).state
    check_can_move(review.state, to)
    review.state = to
    review.state_since = now
    review.state_by = by.label
    review.state_reason = reason.strip()[:400]
    review.revision += 1
    review.save(update_fields=["state", "state_since", "state_by", "state_reason", "revision"])
    return review


def touch(review: Review, *fields: str) -> None:
    """Save these fields and count the change."""
    review.revision += 1
    review.save(update_fields=[*fields, "revision"])
