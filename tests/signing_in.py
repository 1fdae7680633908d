"""Signing in for tests: a staff session that proved itself a moment ago, as deciding asks for."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from procurement.accounts.models import User


def staff_client(person: User, *, minutes_ago: int = 0) -> Client:
    """A browser of this person; the password was given so many minutes ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - 60 * minutes_ago}]
    session.save()
    return client
