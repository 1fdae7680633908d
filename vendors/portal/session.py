"""A contact's session: 15 minutes idle, 8 hours at most, over at once when access ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.people.actors import Kind

# SECURITY.md S2, for vendors.
IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=8)
# How old `portal_seen` may grow before it is written again: not every page view needs a write.
WRITTEN_AFTER = timedelta(seconds=30)

CONTACT, BEGAN, SEEN = "portal_contact", "portal_began", "portal_seen"

ENDED_IDLE, ENDED_LONG, ENDED_ACCESS = "idle", "long", "access"


def begin(request: HttpRequest, *, person_id: int, contact: Contact | None, now: datetime) -> None:
    """Sign the person in under a new session id. Without a contact they choose a vendor first."""
    user = get_user_model().objects.get(pk=person_id)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(int(ABSOLUTE.total_seconds()))
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    request.session.pop(CONTACT, None)
    if contact is not None:
        request.session[CONTACT] = contact.pk


def speak_for(request: HttpRequest, contact: Contact) -> None:
    """From now on this session speaks for one vendor, under a new session id."""
    request.session.cycle_key()
    request.session[CONTACT] = contact.pk


def contact_of(request: HttpRequest) -> Contact:
    """The contact this session speaks for, with `user` and `vendor`. Raises PermissionDenied elsewhere."""
    contact = getattr(request.user, "contact", None)
    if not isinstance(contact, Contact):
        raise PermissionDenied
    return contact


class PortalSession:
    """Middleware: puts `request.user.contact` in place and ends sessions whose time or access is over.

    It stands after AuthenticationMiddleware. Why a session ended is in `request.portal_ended`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        is_contact = user.is_authenticated and user.kind == Kind.CONTACT
        if is_contact:
            ended = _why_over(request, user, clock.now())
            if ended:
                logout(request)
                setattr(request, "portal_ended", ended)  # noqa: B010 - HttpRequest declares no such attribute
        response = self.get_response(request)
        if is_contact:
            # Noted after the answer: an upload that takes twenty minutes is no idle time.
            _note_presence(request, clock.now())
        return response


def _why_over(request: HttpRequest, user: Any, now: datetime) -> str:
    """Why this session is over; empty when it goes on, with `user.contact` in place."""
    session = request.session
    began, seen = _moment(session.get(BEGAN)), _moment(session.get(SEEN))
    if began is None or seen is None:
        return ENDED_ACCESS  # signed in elsewhere than at the portal's door
    if now - seen >= IDLE:
        return ENDED_IDLE
    if now - began >= ABSOLUTE:
        return ENDED_LONG
    if CONTACT in session:
        contact = _active_contact(session[CONTACT], user.pk)
        if contact is None or (contact.signed_out_at is not None and began <= contact.signed_out_at):
            return ENDED_ACCESS
        user.contact = contact
    return ""


def _note_presence(request: HttpRequest, now: datetime) -> None:
    seen = _moment(request.session.get(SEEN))
    if seen is not None and now - seen >= WRITTEN_AFTER:
        request.session[SEEN] = now.timestamp()


def portal_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For every page behind the door: a contact's session, or the way to the sign-in page and back.

    What it answers is never kept by a cache.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if not user.is_authenticated or user.kind != Kind.CONTACT:
            return _elsewhere(request, _sign_in_address(request))
        if user.contact is None:
            return _elsewhere(request, reverse("portal:choose"))
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return login_not_required(guarded)


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    response: HttpResponse
    if request.headers.get("HX-Request"):
        response = HttpResponseClientRedirect(address)
    else:
        response = HttpResponseRedirect(address)
    add_never_cache_headers(response)
    return response


def _sign_in_address(request: HttpRequest) -> str:
    query = {}
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        query["next"] = request.get_full_path()
    ended = getattr(request, "portal_ended", "")
    if ended:
        query["why"] = ended
    address = reverse("portal:sign-in")
    return f"{address}?{urlencode(query)}" if query else address


def _active_contact(pk: Any, user_pk: Any) -> Contact | None:
    return Contact.objects.active().select_related("user", "vendor").filter(pk=pk, user_id=user_pk).first()


def _moment(timestamp: Any) -> datetime | None:
    return datetime.fromtimestamp(timestamp, tz=UTC) if isinstance(timestamp, int | float) else None
