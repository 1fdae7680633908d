"""Who sends the vendor of a review a questionnaire, and sees to it while the vendor has it."""

from django.utils.translation import gettext as _

from procurement.reviews.access.moves import asked_for, check_is_reviewer
from procurement.reviews.access.reading import check_can_judge
from procurement.reviews.models import Review, State
from vendors.people.actors import Actor, NotAllowed, Refused, passes

APPROVED = (State.APPROVED, State.APPROVED_WITH_CONDITIONS)


def check_can_send(by: Actor, review: Review) -> None:
    """Send, chase, give another due date, cancel.

    While the review is worked on: the assigned reviewer. After its approval: any reviewer who did not ask for it, until
    a review follows; that one reads the answers.
    """
    if review.state not in APPROVED:
        check_can_judge(by, review)
        return
    check_is_reviewer(by)
    if asked_for(by, review):
        raise NotAllowed(_("You asked for this review, so another reviewer sends its questionnaires."))
    successor = getattr(review, "successor", None)
    if successor is not None:
        raise Refused(_("%(number)s follows this review. Go on there.") % {"number": successor.number})


def can_send(by: Actor, review: Review) -> bool:
    return passes(check_can_send, by, review)
