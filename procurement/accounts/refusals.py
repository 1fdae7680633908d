"""The last stop for acts that were refused: a page with the sentence instead of an error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from procurement.accounts.two_doors import PORTAL
from vendors.people.actors import NotAllowed, Refused


class RefusalsAsPages:
    """Turns NotAllowed into a 403 page and Refused into a 409 page, each with its sentence.

    A view that can show the sentence beside its form catches Refused itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return _page(request, _("You may not open this page"), str(exception), status=403)
        if isinstance(exception, Refused):
            return _page(request, _("Not possible now"), str(exception), status=409)
        return None


def _page(request: HttpRequest, title: str, sentence: str, *, status: int) -> HttpResponse:
    """Whoever only opened a page tried to change nothing; whoever sent a form is told first that nothing was."""
    if request.method not in {"GET", "HEAD"}:
        title = _("Nothing was changed")
    at_the_portal = request.path_info.startswith(PORTAL)
    frame = "portal_base.html" if at_the_portal else "base.html"
    return render(request, "refused.html", {"title": title, "sentence": sentence, "frame": frame}, status=status)
