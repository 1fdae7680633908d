"""What every page knows without being told by its view."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from procurement.accounts.models import User
from vendors.people.actors import Kind

SIGN_IN_PATH = "/account/login/"


def house(request: HttpRequest) -> dict[str, Any]:
    """Whose installation this is and how it runs; on the demo's sign-in page also whom one can be."""
    known: dict[str, Any] = {
        "organisation_name": settings.ORGANISATION_NAME,
        "mode": settings.MODE,
        "demo": settings.DEMO,
        "second_factor_required": settings.REQUIRE_SECOND_FACTOR,
    }
    if settings.DEMO and request.path_info == SIGN_IN_PATH:
        known["demo_people"] = User.objects.filter(kind=Kind.STAFF.value, is_active=True)
    return known
