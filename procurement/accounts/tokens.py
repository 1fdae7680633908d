"""Links to choose a password: how long they work."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int

from vendors.people.actors import Kind

# SECURITY.md A3. Who has no password yet gets longer: their link is an invitation, and there is nothing to take over.
RESET_WORKS_FOR = timedelta(minutes=10)
SET_UP_WORKS_FOR = timedelta(days=3)


def lifetime_of_link(user: Any) -> timedelta:
    """How long a link mailed to this person now works."""
    return RESET_WORKS_FOR if user.has_usable_password() else SET_UP_WORKS_FOR


class PasswordLinks(PasswordResetTokenGenerator):
    """Signed over password, last sign-in and address: used once, dead once one of them changes. Staff only."""

    def check_token(self, user: Any, token: str | None) -> bool:
        if not user or not token or not super().check_token(user, token):
            return False
        if user.kind != Kind.STAFF or not user.is_active:
            return False
        made = base36_to_int(token.partition("-")[0])
        return self._num_seconds(self._now()) - made <= lifetime_of_link(user).total_seconds()
