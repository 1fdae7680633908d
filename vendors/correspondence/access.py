"""Who may see the mail that went wrong, and send it again."""

from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from vendors.correspondence.models import OutgoingEmail, State
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes

KEEPERS = frozenset({Role.REVIEWER, Role.ADMINISTRATOR})


def can_see_mail(user: Actor) -> bool:
    """Reviewers answer for mail to vendors, administrators for the mail server."""
    return bool(user.roles & KEEPERS)


def check_can_see_mail(user: Actor) -> None:
    if not can_see_mail(user):
        raise NotAllowed(_("Outgoing mail is kept by reviewers and administrators."))


def email_for(user: Actor, pk: int) -> OutgoingEmail:
    """The mail, or Http404 for both "not there" and "not yours"."""
    email = OutgoingEmail.objects.filter(pk=pk).first() if can_see_mail(user) else None
    if email is None:
        raise Http404
    return email


def can_resend(user: Actor, email: OutgoingEmail, now: datetime) -> bool:
    return passes(check_can_resend, user, email, now)


def why_not_resend(user: Actor, email: OutgoingEmail, now: datetime) -> str:
    """The sentence beside a button that does nothing; empty when the mail can be sent again."""
    try:
        check_can_resend(user, email, now)
    except (NotAllowed, Refused) as refusal:
        return str(refusal)
    return ""


def check_can_resend(user: Actor, email: OutgoingEmail, now: datetime) -> None:
    """Raises NotAllowed for anybody else than a keeper, Refused with what to do instead."""
    check_can_see_mail(user)
    if email.state not in {State.FAILED, State.LAPSED}:
        raise Refused(_("This mail is not given up: it is “%(state)s”.") % {"state": email.get_state_display().lower()})
    if email.carries_secret:
        raise Refused(_("This mail held a link or a code, which is erased by now. Send a new invitation instead."))
    if email.not_after is not None and email.not_after <= now:
        raise Refused(_("The time of this mail is over. Send a new one from the page it is about."))
    if hasattr(email, "sent_again"):
        raise Refused(_("This mail has been sent again already."))
