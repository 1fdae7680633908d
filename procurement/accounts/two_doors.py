"""Two doors: contacts reach /portal/ and nothing else, the staff everything but that (DESIGN.md, "Who uses it")."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from vendors.people.actors import Kind

PORTAL = "/portal/"
STAFF_DOOR = "/account/"
# Programs come without a session; the API asks for their token itself. Its page for people is one of the staff's,
# and says the same to a program that brings a token.
API, ABOUT_THE_API = "/api/", "/api/v1/"
FOR_ANYBODY = ("/healthz", "/readyz", "/static/", "/memos/verify/", "/renewals/feed/")
# In the demo one person plays everybody: the mailbox holds the vendor's links, the buttons change who one is.
FOR_ANYBODY_IN_THE_DEMO = ("/mailbox/", "/demo/")


def is_for_programs(request: HttpRequest) -> bool:
    path = request.path_info
    return path.startswith(API) and (path != ABOUT_THE_API or "Authorization" in request.headers)


def is_for_anybody(path: str) -> bool:
    return path.startswith(FOR_ANYBODY) or (settings.DEMO and path.startswith(FOR_ANYBODY_IN_THE_DEMO))


class TwoDoors:
    """Middleware: decides by path and kind of account, before any view runs. It stands after PortalSession.

    Nobody signed in: staff pages lead to the sign-in page, whether they exist or not. A contact: staff pages are
    not there. Staff: the portal is not there either, and the page says why and how to get out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if is_for_anybody(path):
            return self.get_response(request)
        user: Any = request.user
        at_the_portal = path.startswith(PORTAL)
        if not user.is_authenticated:
            if at_the_portal or path.startswith(STAFF_DOOR) or is_for_programs(request):
                return self.get_response(request)
            return _to_sign_in(request)
        if user.kind == Kind.CONTACT:
            if not at_the_portal:
                raise Http404
        elif at_the_portal:
            return render(request, "account/staff_at_the_portal.html", status=404)
        return self.get_response(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    sign_in = reverse("account_login")
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(sign_in)
    if request.method not in {"GET", "HEAD"}:
        return redirect_to_login("/", sign_in)
    return redirect_to_login(request.get_full_path(), sign_in)
