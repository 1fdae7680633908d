"""Fresh authentication: a decision needs a person who proved who they are a moment ago (SECURITY.md S7)."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


def _people_have_passwords(_request: HttpRequest) -> bool:
    """The people of the demo sign in by a button and have nothing to prove again."""
    return not settings.DEMO


def fresh_authentication_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for the password or the second factor again unless given within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    guarded: Callable[..., HttpResponseBase] = reauthentication_required(enabled=_people_have_passwords)(view)
    return guarded
