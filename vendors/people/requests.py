"""Who sent a request, as an `Actor`, and from which network address."""

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from vendors.people.actors import Actor


def actor(request: HttpRequest) -> Actor:
    """The person who is signed in. Raises PermissionDenied when nobody is."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def client_address(request: HttpRequest) -> str | None:
    """The peer's address, or behind TRUSTED_PROXIES proxies of ours the one the outermost of them saw.

    Whatever a client writes into X-Forwarded-For itself stands further left and is never believed
    (SECURITY.md G4).
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    if proxies:
        seen = [part.strip() for part in str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")]
        address = seen[-proxies] if len(seen) >= proxies else ""
    try:
        return str(ip_address(address))
    except ValueError:
        return None
