"""Who may change people and roles: administrators. Who keeps tokens: each for their own programs."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import ApiToken, User
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes


def person_for(by: Actor, pk: int) -> User:
    """A member of staff, for an administrator; 404 for everybody else and for contacts."""
    check_can_see_people(by)
    person = User.objects.filter(pk=pk, kind=Kind.STAFF.value).first()
    if person is None:
        raise Http404
    return person


def check_can_see_people(by: Actor) -> None:
    if Role.ADMINISTRATOR not in by.roles:
        raise Http404


def check_can_change_people(by: Actor) -> None:
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator changes people and roles."))


def check_can_change_person(by: Actor, person: User, roles: frozenset[Role], *, active: bool) -> None:
    """An administrator, but never the last one out of the door and never somebody's own roles upwards."""
    check_can_change_people(by)
    if by.pk == person.pk and not (active and Role.ADMINISTRATOR in roles):
        raise Refused(_("You cannot take your own administrator role. Ask another administrator."))
    if by.pk == person.pk and roles - person.roles:
        raise Refused(_("You cannot give yourself a role. Ask another administrator."))


def can_change_people(by: Actor) -> bool:
    return passes(check_can_change_people, by)


def tokens_visible_to(user: Actor) -> QuerySet[ApiToken]:
    """One's own tokens; an administrator sees everybody's, to revoke them."""
    tokens = ApiToken.objects.select_related("owner")
    return tokens if Role.ADMINISTRATOR in user.roles else tokens.filter(owner=user.pk)


def token_for(user: Actor, pk: int) -> ApiToken:
    """The token; 404 for "not there" and "not yours" alike."""
    token = tokens_visible_to(user).filter(pk=pk).first()
    if token is None:
        raise Http404
    return token


def check_can_make_token(by: Actor) -> None:
    if by.kind != Kind.STAFF or not by.roles:
        raise NotAllowed(_("Only a member of staff with a role makes tokens for programs."))


def can_make_token(by: Actor) -> bool:
    return passes(check_can_make_token, by)


def check_can_revoke_token(by: Actor, token: ApiToken) -> None:
    if by.pk != token.owner_id and Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only its owner or an administrator revokes a token."))
    if token.revoked_at is not None:
        raise Refused(_("This token is revoked already."))


def can_revoke_token(by: Actor, token: ApiToken) -> bool:
    return passes(check_can_revoke_token, by, token)
