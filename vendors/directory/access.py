"""Who may open and keep a vendor's record, as far as roles say (DESIGN.md, "Who uses it").

An approver's narrower reach hangs on reviews, so `procurement` adds it.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from vendors.directory.models import Vendor
from vendors.people.actors import Actor, Kind, NotAllowed, Role, passes


def sees_all_vendors(user: Actor) -> bool:
    return bool(user.roles & {Role.REVIEWER, Role.AUDITOR})


def vendors_for(user: Actor) -> QuerySet[Vendor]:
    """Every vendor for reviewers and auditors, none for anybody else."""
    return Vendor.objects.all() if sees_all_vendors(user) else Vendor.objects.none()


def vendor_for(user: Actor, pk: int) -> Vendor:
    """The vendor, for reviewers and auditors. Raises Http404 for "not there" and "not yours" alike."""
    vendor = vendors_for(user).filter(pk=pk).first()
    if vendor is None:
        raise Http404
    return vendor


def vendor_kept_by(user: Actor, pk: int) -> Vendor:
    """The vendor, for those who keep its file: reviewers. Raises Http404 for everybody else."""
    if not can_edit_vendors(user):
        raise Http404
    return vendor_for(user, pk)


def check_can_add_vendor(by: Actor) -> None:
    """Reviewers, requesters while they ask for a review, and Countersign itself (the demo)."""
    if by.kind != Kind.SYSTEM and not by.roles & {Role.REVIEWER, Role.REQUESTER}:
        raise NotAllowed(_("Only a reviewer or a requester adds a vendor."))


def can_add_vendor(by: Actor) -> bool:
    return passes(check_can_add_vendor, by)


def check_can_edit_vendors(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer edits a vendor."))


def can_edit_vendors(by: Actor) -> bool:
    return passes(check_can_edit_vendors, by)


def check_can_load_providers(by: Actor) -> None:
    """Reviewers keep the vendors; an administrator sets a new house up; Countersign itself: the command."""
    if by.kind != Kind.SYSTEM and not by.roles & {Role.REVIEWER, Role.ADMINISTRATOR}:
        raise NotAllowed(_("Only a reviewer or an administrator loads the starter list."))


def can_load_providers(by: Actor) -> bool:
    return passes(check_can_load_providers, by)
