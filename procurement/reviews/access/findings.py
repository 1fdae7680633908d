"""Who may see findings, raise them, and change what stands in them.

A finding is read by whoever reads its review whole, by the approver of a later review of the same engagement, and by
its owner. While its review is worked on it is kept by the assigned reviewer, after that by any reviewer.
"""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews.access.moves import check_is_assigned, check_is_reviewer
from procurement.reviews.access.reading import check_can_judge
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import Finding, FindingQuerySet, Remediation, Review, State
from vendors.people.actors import Actor, Kind, Refused, Role, passes


def findings_visible_to(user: Actor) -> FindingQuerySet:
    """Every finding this person may read; none for a contact, and for a requester only those they own."""
    if user.kind != Kind.STAFF:
        return Finding.objects.none()
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return Finding.objects.all()
    reach = Q(owner=user.pk)
    if Role.APPROVER in user.roles:
        asked_to_close = Remediation.objects.filter(asked_id=user.pk).values("review_id")
        theirs = Review.objects.filter(Q(approver_id=user.pk) | Q(pk__in=asked_to_close))
        reach |= Q(review__engagement__in=theirs.values("engagement"))
    return Finding.objects.filter(reach)


def finding_for(user: Actor, pk: int) -> Finding:
    """The finding with its review and people. Http404 for "not there" and "not yours" alike."""
    found = (
        findings_visible_to(user)
        .select_related(
            "owner", "exception", "review__vendor", "review__engagement__owner", "review__reviewer", "review__report"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def check_can_raise(by: Actor, review: Review) -> None:
    """The assigned reviewer, while the review is worked on."""
    check_can_judge(by, review)


def can_raise(by: Actor, review: Review) -> bool:
    return passes(check_can_raise, by, review)


def check_can_keep(by: Actor, finding: Finding) -> None:
    """Give it to another owner, move its date, withdraw it: its reviewer, or any reviewer once the review has ended."""
    if finding.review.state in BEING_WORKED_ON:
        check_is_assigned(by, finding.review)
    else:
        check_is_reviewer(by)
    _check_may_change(finding)


def can_keep(by: Actor, finding: Finding) -> bool:
    return passes(check_can_keep, by, finding)


def check_can_close_finding(by: Actor, finding: Finding) -> None:
    """Its owner says how it was settled, or whoever keeps it does."""
    if by.pk == finding.owner_id:
        _check_may_change(finding)
    else:
        check_can_keep(by, finding)


def can_close_finding(by: Actor, finding: Finding) -> bool:
    return passes(check_can_close_finding, by, finding)


def owners_for_findings() -> QuerySet[User]:
    """Who may be given a finding: any member of staff who is active."""
    return User.objects.filter(kind=Kind.STAFF.value, is_active=True)


def _check_may_change(finding: Finding) -> None:
    """Open, and not part of what waits for an approver: a submitted memo lists the findings of its engagement."""
    if not finding.is_open:
        raise Refused(_("%(finding)s is not open any more.") % {"finding": finding.label})
    waiting = Review.objects.filter(engagement=finding.review.engagement_id, state=State.AWAITING_APPROVAL).first()
    if waiting is not None:
        raise Refused(
            _(
                "%(number)s waits for its approver, and its memo lists this finding. Wait for the decision, or take "
                "the review back."
            )
            % {"number": waiting.number}
        )
