"""Who may see a review, and how much of it."""

from django.db.models import Q, QuerySet
from django.http import Http404

from procurement.engagements.models import Engagement
from procurement.reviews.models import Remediation, Review, RiskAcceptance, Waiver
from vendors.directory.access import sees_all_vendors
from vendors.directory.models import Vendor
from vendors.people.actors import Actor, Kind, Role

# More names than anybody looks through; the page stays small in a house of thousands.
MOST_NAMES = 500


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
        reach |= Q(approver_id=user.pk) | Q(pk__in=asked_to_close) | asked_to_exempt(user)
    if Role.REQUESTER in user.roles:
        reach |= Q(requested_by_id=user.pk) | Q(engagement__owner_id=user.pk)
    return Review.objects.filter(reach)


def vendor_names_for(user: Actor) -> list[str]:
    """What a form offers while somebody names a vendor: those on file for whoever sees all, else those of the reviews
    this person may read."""
    vendors = Vendor.objects.in_use()
    if not sees_all_vendors(user):
        vendors = vendors.filter(reviews__in=reviews_visible_to(user))
    return list(vendors.order_by("name").values_list("name", flat=True).distinct()[:MOST_NAMES])


def evidence_visible_to(user: Actor) -> QuerySet[Review]:
    """The reviews of which this person sees more than the status: the query of `reads_only_status`."""
    visible = reviews_visible_to(user)
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return visible
    if Role.APPROVER not in user.roles:
        return visible.none()
    asked_to_close = Remediation.objects.filter(asked_id=user.pk).values("review_id")
    return visible.filter(Q(approver_id=user.pk) | Q(pk__in=asked_to_close))


def engagements_visible_to(user: Actor) -> QuerySet[Engagement]:
    """The uses of vendors this person may read about: those whose reviews they may."""
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return Engagement.objects.select_related("owner")
    return Engagement.objects.select_related("owner").filter(pk__in=reviews_visible_to(user).values("engagement"))


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
    if review.approver_id == user.pk or review.remediations.filter(asked_id=user.pk).exists():
        return False
    return not Review.objects.filter(asked_to_exempt(user), pk=review.pk).exists()


def asked_to_exempt(user: Actor) -> Q:
    """Reviews in which this person was asked for a waiver or to accept a risk."""
    waivers = Waiver.objects.filter(asked_id=user.pk).values("review_id")
    return Q(pk__in=waivers) | Q(pk__in=RiskAcceptance.objects.filter(asked_id=user.pk).values("review_id"))
