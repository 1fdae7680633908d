"""Who may plan and close a remediation."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews.access.moves import asked_for, check_is_assigned
from procurement.reviews.models import Remediation, State
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def check_can_plan(by: Actor, remediation: Remediation) -> None:
    """The assigned reviewer says what is done about a modified opinion and who is asked to close it."""
    check_is_assigned(by, remediation.review)
    _check_is_open(remediation)


def can_plan(by: Actor, remediation: Remediation) -> bool:
    return passes(check_can_plan, by, remediation)


def check_can_close(by: Actor, remediation: Remediation) -> None:
    """Never close your own remediation: a reviewer or approver who neither accepted the report nor asked for it."""
    if not by.roles & {Role.REVIEWER, Role.APPROVER}:
        raise NotAllowed(_("Only a reviewer or an approver closes a remediation."))
    if by.pk == remediation.report.accepted_by_id:
        raise NotAllowed(_("You accepted the report, so somebody else has to close its remediation."))
    if asked_for(by, remediation.review):
        raise NotAllowed(_("You asked for this review, so somebody else has to close its remediation."))
    _check_is_open(remediation)


def can_close(by: Actor, remediation: Remediation) -> bool:
    return passes(check_can_close, by, remediation)


def closers_for(remediation: Remediation) -> QuerySet[User]:
    """Who may be asked to close a remediation."""
    review = remediation.review
    barred = [review.requested_by_id, review.engagement.owner_id, remediation.report.accepted_by_id or 0]
    return User.objects.filter(Q(is_reviewer=True) | Q(is_approver=True), is_active=True).exclude(pk__in=barred)


def _check_is_open(remediation: Remediation) -> None:
    if remediation.closed_at is not None:
        raise Refused(_("This remediation is closed already."))
    if remediation.review.state != State.REMEDIATION:
        raise Refused(_("This review is not in remediation. Open it again to see where it stands."))
    if remediation.report_id != remediation.review.report_id:
        raise Refused(_("The review goes by another report now."))
