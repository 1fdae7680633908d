"""Who reads the policy and who changes it (DESIGN.md, "Who uses it")."""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.policy.models import PolicyVersion
from vendors.people.actors import Actor, NotAllowed, Role, passes

READERS = frozenset({Role.REVIEWER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})


def version_for(user: Actor, number: int) -> PolicyVersion:
    """One version, for those who work by it. Http404 otherwise."""
    version = PolicyVersion.objects.filter(number=number).first()
    if version is None or not can_read(user):
        raise Http404
    return version


def check_can_read(user: Actor) -> None:
    if not user.roles & READERS:
        raise NotAllowed(_("The policy is read by those who review, decide, audit and administer."))


def can_read(user: Actor) -> bool:
    return passes(check_can_read, user)


def check_can_issue(by: Actor) -> None:
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator issues a version of the policy."))


def can_issue(by: Actor) -> bool:
    return passes(check_can_issue, by)
