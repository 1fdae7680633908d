"""Who may change people and roles: administrators, through a session of their own."""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.accounts.models import User
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
