"""Fresh authentication: a decision needs a person who proved who they are a moment ago (SECURITY.md S7)."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def _people_have_passwords(_request: HttpRequest) -> bool:
    """The people of the demo sign in by a button and have nothing to prove again."""
    return not settings.DEMO


def fresh_authentication_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for the password or the second factor again unless given within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    guarded: Callable[..., HttpResponse] = reauthentication_required(enabled=_people_have_passwords)(view)
    return guarded
