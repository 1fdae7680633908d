"""Who may describe a use of a vendor."""

from django.utils.translation import gettext as _

from vendors.people.actors import Actor, Kind, NotAllowed, Role, passes


def check_can_open_engagement(by: Actor) -> None:
    """Requesters, reviewers, and Countersign itself (the demo)."""
    if by.kind != Kind.SYSTEM and not by.roles & {Role.REQUESTER, Role.REVIEWER}:
        raise NotAllowed(_("Only a requester or a reviewer asks for a review."))


def can_open_engagement(by: Actor) -> bool:
    return passes(check_can_open_engagement, by)
