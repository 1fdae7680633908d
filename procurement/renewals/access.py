"""Who lets held reminders go, who sees and changes the plan, and whose calendar a token opens."""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.renewals.models import CalendarFeed
from vendors.contacts.tokens import hash_of
from vendors.people.actors import Actor, Kind, NotAllowed, Role, passes


def check_can_release(by: Actor) -> None:
    """Letting held reminders go, or dropping them, is for administrators; the page asks for fresh authentication."""
    if by.kind != Kind.STAFF or Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator lets held reminders go."))


def can_release(by: Actor) -> bool:
    return passes(check_can_release, by)


def check_can_see_plan(user: Actor) -> None:
    if not user.roles & {Role.ADMINISTRATOR, Role.REVIEWER, Role.AUDITOR}:
        raise NotAllowed(_("The plan of reminders is for reviewers, auditors and administrators."))


def can_see_plan(user: Actor) -> bool:
    return passes(check_can_see_plan, user)


def check_can_change_plan(by: Actor) -> None:
    if by.kind != Kind.STAFF or Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator changes when reminders leave."))


def can_change_plan(by: Actor) -> bool:
    return passes(check_can_change_plan, by)


def owner_of_feed(token: str) -> User:
    """Whose calendar the address opens. 404 when unknown, revoked, or of an owner who may not sign in any more."""
    feed = (
        CalendarFeed.objects.filter(
            token_hash=hash_of(token), revoked_at__isnull=True, owner__is_active=True, owner__kind=Kind.STAFF.value
        )
        .select_related("owner")
        .first()
    )
    if feed is None:
        raise Http404
    return feed.owner
