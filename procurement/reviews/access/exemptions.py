"""Who proposes, grants, refuses and revokes waivers and risk acceptances: always two people (DESIGN.md)."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews.access.moves import asked_for
from procurement.reviews.access.reach import reviews_visible_to
from procurement.reviews.access.reading import check_can_judge
from procurement.reviews.exempting import AnyExemption, is_regulated
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import Review, RiskAcceptance, Waiver
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def waiver_for(user: Actor, review: Review, pk: int) -> Waiver:
    """A waiver of a review this person may read; Http404 otherwise."""
    waiver = review.waivers.select_related("asked", "proposed_by", "granted_by", "report").filter(pk=pk).first()
    if waiver is None or not reviews_visible_to(user).filter(pk=review.pk).exists():
        raise Http404
    waiver.review = review
    return waiver


def risk_acceptance_for(user: Actor, review: Review, pk: int) -> RiskAcceptance:
    """A risk acceptance of a review this person may read; Http404 otherwise."""
    people = ("asked", "proposed_by", "granted_by", "report")
    acceptance = review.risk_acceptances.select_related(*people).filter(pk=pk).first()
    if acceptance is None or not reviews_visible_to(user).filter(pk=review.pk).exists():
        raise Http404
    acceptance.review = review
    return acceptance


def check_can_propose(by: Actor, review: Review) -> None:
    """The assigned reviewer, while the review is worked on; never in a regulated vertical."""
    check_can_judge(by, review)
    if is_regulated(review):
        verticals = ", ".join(review.engagement.vertical_names())
        raise Refused(
            _("Nothing is waived and no risk accepted for data from %(verticals)s.") % {"verticals": verticals}
        )


def can_propose(by: Actor, review: Review) -> bool:
    return passes(check_can_propose, by, review)


def check_can_answer(by: Actor, exemption: AnyExemption) -> None:
    """The approver who is asked: never who asked for the review, has it, or proposed this."""
    review = exemption.review
    if Role.APPROVER not in by.roles:
        raise NotAllowed(_("Only an approver grants it."))
    if asked_for(by, review):
        raise NotAllowed(_("You asked for this review, so somebody else has to answer."))
    if by.pk in {review.reviewer_id, exemption.proposed_by_id}:
        raise NotAllowed(_("You reviewed this, so somebody else has to answer."))
    if by.pk != exemption.asked_id:
        raise NotAllowed(_("Another approver is asked."))
    if not exemption.is_waiting:
        raise Refused(_("This is answered already, or was taken back. Open the review again."))
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})


def can_answer(by: Actor, exemption: AnyExemption) -> bool:
    return passes(check_can_answer, by, exemption)


def check_can_revoke(by: Actor, exemption: AnyExemption) -> None:
    """The assigned reviewer takes it back while it waits; afterwards that reviewer or who granted it revokes it."""
    is_reviewer = Role.REVIEWER in by.roles and by.pk == exemption.review.reviewer_id
    is_granter = Role.APPROVER in by.roles and by.pk == exemption.granted_by_id
    if not is_reviewer and not is_granter:
        raise NotAllowed(_("Only the assigned reviewer and whoever granted it revoke it."))
    if exemption.revoked_at is not None or exemption.refused_at is not None:
        raise Refused(_("This does not hold any more, so there is nothing to revoke."))


def can_revoke(by: Actor, exemption: AnyExemption) -> bool:
    return passes(check_can_revoke, by, exemption)


def approvers_for(review: Review) -> QuerySet[User]:
    """Approvers who neither asked for the review nor have it: whom it, or an exemption of it, may be put before."""
    barred = [review.requested_by_id, review.engagement.owner_id, review.reviewer_id or 0]
    return User.objects.filter(is_approver=True, is_active=True).exclude(pk__in=barred)
