"""Acts on people: add somebody, change roles, let them go, send the set-up mail again."""

from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts import access
from procurement.accounts.models import User, comparable_email
from procurement.accounts.services.api_tokens import end_tokens
from procurement.accounts.tokens import lifetime_of_link
from vendors.correspondence import services as correspondence
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Kind, Refused, Role


@transaction.atomic
def add_person(*, email: str, name: str, title: str, roles: frozenset[Role], by: Actor, now: datetime) -> User:
    """Add a member of staff and mail them a link to choose a password.

    Raises NotAllowed for anybody but an administrator, Refused when the address is in use.
    """
    access.check_can_change_people(by)
    if User.objects.filter(email=comparable_email(email)).exists():
        raise Refused(_("Somebody with this address exists already."), field="email")
    person = User.objects.create_staff(email=email, name=name, title=title, roles=roles)
    _mail_set_up_link(person, by, now)
    ledger.record(
        by=by,
        verb="person.added",
        sentence=_("%(name)s added: %(roles)s") % {"name": name, "roles": _role_words(roles)},
        at=now,
        subject=("person", person.pk),
    )
    return person


@transaction.atomic
def change_person(
    *, person: User, name: str, title: str, roles: frozenset[Role], active: bool, by: Actor, now: datetime
) -> User:
    """Change name, title, roles, or whether somebody may sign in. Ends their sessions when rights were taken, and their
    tokens when they may not sign in any more.

    Raises NotAllowed for anybody but an administrator, Refused for changes to oneself that only others may make.
    """
    person = User.objects.select_for_update().get(pk=person.pk, kind=Kind.STAFF.value)
    access.check_can_change_person(by, person, roles, active=active)
    before = person.roles
    person.name, person.title, person.is_active = name, title, active
    person.set_roles(roles)
    person.save()
    if not active or before - roles:
        _end_sessions(person)
    if not active:
        end_tokens(owner=person, by=by, now=now)
    ledger.record(
        by=by,
        verb="person.changed",
        sentence=_("%(name)s changed: %(roles)s%(inactive)s")
        % {"name": name, "roles": _role_words(roles), "inactive": "" if active else _(", may not sign in")},
        at=now,
        subject=("person", person.pk),
        details={"before": sorted(before), "after": sorted(roles), "active": active},
    )
    return person


@transaction.atomic
def send_set_up_mail(*, person: User, by: Actor, now: datetime) -> None:
    """Mail the link once more; earlier links end as soon as a password is chosen."""
    access.check_can_change_people(by)
    if not person.is_active:
        raise Refused(_("%(name)s may not sign in. Let them sign in first.") % {"name": person.name})
    _mail_set_up_link(person, by, now)
    ledger.record(
        by=by,
        verb="person.set_up_mail",
        sentence=_("Set-up mail sent to %(name)s") % {"name": person.name},
        at=now,
        subject=("person", person.pk),
    )


def _mail_set_up_link(person: User, by: Actor, now: datetime) -> None:
    about = f"person-set-up:{person.pk}"
    lifetime = lifetime_of_link(person)
    correspondence.cancel(about=about, by=by, now=now)
    correspondence.queue_email(
        template="procurement/accounts/email/set_up",
        to=(person.email, person.name),
        recipient_id=person.pk,
        context={"person": person, "by": by, "until": now + lifetime},
        secret=f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}",
        not_after=now + lifetime,
        about=about,
        by=by,
        now=now,
    )


def _end_sessions(person: User) -> None:
    """Every open session of this person ends with the request that took their rights."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _role_words(roles: frozenset[Role]) -> str:
    return ", ".join(role.value for role in Role if role in roles) or _("no role")
