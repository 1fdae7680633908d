"""Who may ask whether data may be sent: whoever works with reviews, not those who keep people and keys."""

from django.utils.translation import gettext as _

from vendors.people.actors import Actor, NotAllowed, Role, passes

ASKING = frozenset({Role.REQUESTER, Role.REVIEWER, Role.APPROVER, Role.AUDITOR})


def check_can_ask(user: Actor) -> None:
    if not user.roles & ASKING:
        raise NotAllowed(_("Requesters, reviewers, approvers and auditors ask whether data may be sent."))


def can_ask(user: Actor) -> bool:
    return passes(check_can_ask, user)
