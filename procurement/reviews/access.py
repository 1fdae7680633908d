"""Who may see a review and who may do what in it (DESIGN.md, "Who uses it").

Four-eyes rules ask the person, never the role: nobody takes, closes or decides what they asked for or worked on.
Each `check_can_…` raises NotAllowed when this person may not, Refused when nobody may now.
"""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews.lifecycle import BEING_WORKED_ON, check_can_move
from procurement.reviews.models import UNDECIDED, Remediation, Review, State
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState


def reviews_visible_to(user: Actor) -> QuerySet[Review]:
    """Every review this person may read: reviewers and auditors all, approvers what was put before them, requesters
    their own. A contact, an administrator, a stranger: none."""
    if user.kind != Kind.STAFF:
        return Review.objects.none()
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return Review.objects.all()
    reach = Q(pk__in=[])
    if Role.APPROVER in user.roles:
        asked_to_close = Remediation.objects.filter(asked_id=user.pk).values("review_id")
        reach |= Q(approver_id=user.pk) | Q(pk__in=asked_to_close)
    if Role.REQUESTER in user.roles:
        reach |= Q(requested_by_id=user.pk) | Q(engagement__owner_id=user.pk)
    return Review.objects.filter(reach)


def review_for(user: Actor, pk: int) -> Review:
    """The review with its vendor, engagement, report and people. Http404 for "not there" and "not yours" alike."""
    review = (
        reviews_visible_to(user)
        .select_related(
            "vendor", "engagement__owner", "requested_by", "reviewer", "approver", "predecessor", "report__auditor"
        )
        .filter(pk=pk)
        .first()
    )
    if review is None:
        raise Http404
    return review


def remediation_for(user: Actor, review: Review, pk: int) -> Remediation:
    """A remediation of a review this person may read; Http404 otherwise."""
    remediation = (
        review.remediations.select_related("review__engagement", "report__accepted_by", "asked", "closed_by")
        .filter(pk=pk)
        .first()
    )
    if remediation is None or not reviews_visible_to(user).filter(pk=review.pk).exists():
        raise Http404
    return remediation


def reads_only_status(user: Actor, review: Review) -> bool:
    """Whether this person sees the review's status, but neither its evidence nor what is judged in it: a requester."""
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return False
    if Role.APPROVER not in user.roles:
        return True
    return review.approver_id != user.pk and not review.remediations.filter(asked_id=user.pk).exists()


def asked_for(by: Actor, review: Review) -> bool:
    """Whether this person asked for the review or answers for the engagement in the business."""
    return by.pk is not None and by.pk in {review.requested_by_id, review.engagement.owner_id}


def check_can_take(by: Actor, review: Review) -> None:
    """A reviewer who did not ask for it takes a review that nobody has."""
    _check_is_reviewer(by)
    if asked_for(by, review):
        raise NotAllowed(_("You asked for this review, so another reviewer has to take it."))
    if review.state != State.DRAFT:
        raise Refused(_("This review is taken already. Open it again to see by whom."))


def can_take(by: Actor, review: Review) -> bool:
    return passes(check_can_take, by, review)


def check_can_hand_over(by: Actor, review: Review) -> None:
    """Any reviewer hands an undecided review to another one: whoever has it may be away."""
    _check_is_reviewer(by)
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("A review is handed over while it is worked on: not before it is taken, not after."))


def can_hand_over(by: Actor, review: Review) -> bool:
    return passes(check_can_hand_over, by, review)


def reviewers_for(review: Review) -> QuerySet[User]:
    """Who may be given this review: reviewers who neither asked for it nor have it."""
    return User.objects.filter(is_reviewer=True, is_active=True).exclude(
        pk__in=[review.requested_by_id, review.engagement.owner_id, review.reviewer_id or 0]
    )


def check_is_assigned(by: Actor, review: Review) -> None:
    _check_is_reviewer(by)
    if review.reviewer_id is None:
        raise Refused(_("Nobody has taken this review. Take it first."))
    if review.reviewer_id != by.pk:
        raise NotAllowed(_("Only the assigned reviewer does this. Take the review over first."))


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
    successor = Review.objects.filter(predecessor=review).first()
    if successor is not None:
        raise Refused(_("%(number)s follows this review already.") % {"number": successor.number})


def can_ask_again(by: Actor, review: Review) -> bool:
    return passes(check_can_ask_again, by, review)


def check_can_judge(by: Actor, review: Review) -> None:
    """Scope fit, exceptions, user entity controls: the assigned reviewer, while the review is worked on."""
    check_is_assigned(by, review)
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})


def can_judge(by: Actor, review: Review) -> bool:
    return passes(check_can_judge, by, review)


def check_can_accept_report(by: Actor, review: Review, report: Report) -> None:
    """The assigned reviewer accepts a report of the review's vendor. What is missing in its facts refuses later."""
    check_is_assigned(by, review)
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))
    if review.state not in BEING_WORKED_ON:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})
    if report.state == ReportState.ACCEPTED:
        raise Refused(_("This report is accepted already."))


def can_accept_report(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_accept_report, by, review, report)


def check_can_use_report(by: Actor, review: Review, report: Report) -> None:
    """The assigned reviewer reads the review by another accepted report of the vendor."""
    check_can_judge(by, review)
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))
    if report.state != ReportState.ACCEPTED:
        raise Refused(_("This report is not accepted. Accept it first."))
    if report.pk == review.report_id:
        raise Refused(_("The review goes by this report already."))


def can_use_report(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_use_report, by, review, report)


def check_can_open_bytes(by: Actor, review: Review, report: Report) -> None:
    """Whoever the review is assigned to, or put before, gets leave to open its vendor's reports."""
    assigned = Role.REVIEWER in by.roles and by.pk == review.reviewer_id
    put_before = Role.APPROVER in by.roles and by.pk == review.approver_id
    if not assigned and not put_before:
        raise NotAllowed(_("Only the assigned reviewer and the approver open this report."))
    if report.vendor_id != review.vendor_id:
        raise Refused(_("This report is another vendor's."))
    if review.state not in UNDECIDED:
        raise Refused(_("This review is closed: %(state)s.") % {"state": review.get_state_display()})


def can_open_bytes(by: Actor, review: Review, report: Report) -> bool:
    return passes(check_can_open_bytes, by, review, report)


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


def _check_is_reviewer(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer does this."))


def _check_is_open(remediation: Remediation) -> None:
    if remediation.closed_at is not None:
        raise Refused(_("This remediation is closed already."))
    if remediation.review.state != State.REMEDIATION:
        raise Refused(_("This review is not in remediation. Open it again to see where it stands."))
    if remediation.report_id != remediation.review.report_id:
        raise Refused(_("The review goes by another report now."))
