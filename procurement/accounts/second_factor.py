"""In production nobody on the staff works without a second factor (SECURITY.md A1)."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from procurement.accounts.two_doors import STAFF_DOOR, is_for_anybody, is_for_programs
from vendors.people.actors import Kind

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user_id: int) -> bool:
    """Whether this person can prove more than a password: an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=SECOND_FACTORS).exists())


class SecondFactor:
    """Middleware: a staff session without a second factor is led to the page where one is added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_SECOND_FACTOR and self._must_add_one(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_add_one(self, request: HttpRequest) -> bool:
        user: Any = request.user
        if not user.is_authenticated or user.kind != Kind.STAFF:
            return False
        if request.path_info.startswith(STAFF_DOOR) or is_for_anybody(request.path_info):
            return False
        if is_for_programs(request):
            return False  # api.SessionAuthentication asks, and answers in JSON
        return not has_second_factor(user.pk)
