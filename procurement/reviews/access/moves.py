"""Who may take a review, hand it over, move it on, and ask for the next one."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews.lifecycle import BEING_WORKED_ON, check_can_move
from procurement.reviews.models import Review, State
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def asked_for(by: Actor, review: Review) -> bool:
    """Whether this person asked for the review or answers for the engagement in the business."""
    return by.pk is not None and by.pk in {review.requested_by_id, review.engagement.owner_id}


def check_is_reviewer(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer does this."))


def check_is_assigned(by: Actor, review: Review) -> None:
    check_is_reviewer(by)
    if review.reviewer_id is None:
        raise Refused(_("Nobody has taken this review. Take it first."))
    if review.reviewer_id != by.pk:
        raise NotAllowed(_("Only the assigned reviewer does this. Take the review over first."))


def check_can_take(by: Actor, review: Review) -> None:
    """A reviewer who did not ask for it takes a review that nobody has."""
    check_is_reviewer(by)
    if asked_for(by, review):
        raise NotAllowed(_("You asked for this review, so another reviewer has to take it."))
    if review.state != State.DRAFT:
        raise Refused(_("This review is taken already. Open it again to see by whom."))


def can_take(by: Actor, review: Review) -> bool:
    return passes(check_can_take, by, review)


def check_can_hand_over(by: Actor, review: Review) -> None:
    """Any reviewer hands an undecided review to another one: whoever has it may be away."""
    check_is_reviewer(by)
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("A review is handed over while it is worked on: not before it is taken, not after."))


def can_hand_over(by: Actor, review: Review) -> bool:
    return passes(check_can_hand_over, by, review)


def reviewers_for(review: Review) -> QuerySet[User]:
    """Who may be given this review: reviewers who neither asked for it, nor have it, nor granted anything in it."""
    granted = [
        *review.waivers.granted().values_list("granted_by", flat=True),
        *review.risk_acceptances.granted().values_list("granted_by", flat=True),
    ]
    barred = [review.requested_by_id, review.engagement.owner_id, review.reviewer_id or 0, *granted]
    return User.objects.filter(is_reviewer=True, is_active=True).exclude(pk__in=barred)


def check_can_begin(by: Actor, review: Review) -> None:
    """The assigned reviewer goes on with what is there: an accepted report, or none for public data."""
    check_is_assigned(by, review)
    check_can_move(review.state, State.IN_REVIEW)
    if review.state != State.COLLECTING:
        raise Refused(_("Only a review that is being collected can be begun."))


def can_begin(by: Actor, review: Review) -> bool:
    return passes(check_can_begin, by, review)


def check_can_return_to_collecting(by: Actor, review: Review) -> None:
    check_is_assigned(by, review)
    check_can_move(review.state, State.COLLECTING)


def can_return_to_collecting(by: Actor, review: Review) -> bool:
    return passes(check_can_return_to_collecting, by, review)


def check_can_submit(by: Actor, review: Review) -> None:
    """The assigned reviewer puts a review that is being read before an approver."""
    check_is_assigned(by, review)
    check_can_move(review.state, State.AWAITING_APPROVAL)


def can_submit(by: Actor, review: Review) -> bool:
    return passes(check_can_submit, by, review)


def check_can_withdraw(by: Actor, review: Review) -> None:
    """Whoever asked for it, its reviewer, or any reviewer while nobody has it; before a decision only."""
    is_reviewer = Role.REVIEWER in by.roles and review.reviewer_id in {None, by.pk}
    if not is_reviewer and not (asked_for(by, review) and by.roles & {Role.REQUESTER, Role.REVIEWER}):
        raise NotAllowed(_("Only whoever asked for the review or its reviewer withdraws it."))
    check_can_move(review.state, State.WITHDRAWN)


def can_withdraw(by: Actor, review: Review) -> bool:
    return passes(check_can_withdraw, by, review)


def check_can_ask_again(by: Actor, review: Review) -> None:
    """After a decision a requester of it, or any reviewer, asks for the next review of the same engagement."""
    if Role.REVIEWER not in by.roles and not (asked_for(by, review) and Role.REQUESTER in by.roles):
        raise NotAllowed(_("Only a reviewer or whoever asked for the review asks for the next one."))
    if not review.is_decided:
        raise Refused(_("This review is not decided. The next one follows a decision."))
    successor = getattr(review, "successor", None)
    if successor is not None:
        raise Refused(_("%(number)s follows this review already.") % {"number": successor.number})


def can_ask_again(by: Actor, review: Review) -> bool:
    return passes(check_can_ask_again, by, review)
