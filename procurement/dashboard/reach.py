"""Whose vendors a member of staff sees: reviewers and auditors all, approvers those of reviews put before them."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.reviews.access import reviews_visible_to
from vendors.directory.models import Vendor
from vendors.people.actors import Actor, NotAllowed, Role


def vendors_visible_to(user: Actor) -> QuerySet[Vendor]:
    """Requesters and administrators see no vendor's file; a requester's own reviews say what may be sent."""
    if user.roles & {Role.REVIEWER, Role.AUDITOR}:
        return Vendor.objects.all()
    if Role.APPROVER in user.roles:
        return Vendor.objects.filter(pk__in=reviews_visible_to(user).filter(approver=user.pk).values("vendor"))
    return Vendor.objects.none()


def sees_vendors(user: Actor) -> bool:
    return bool(user.roles & {Role.REVIEWER, Role.AUDITOR, Role.APPROVER})


def check_sees_vendors(user: Actor) -> None:
    if not sees_vendors(user):
        raise NotAllowed(_("Reviewers, approvers and auditors see vendors."))


def vendor_for(user: Actor, pk: int) -> Vendor:
    """The vendor, or 404 for "not there" and "not yours" alike."""
    vendor = vendors_visible_to(user).filter(pk=pk).first()
    if vendor is None:
        raise Http404
    return vendor
