"""The last stop for acts that were refused: a page with the sentence instead of an error."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
            return render(request, "refused.html", {"sentence": str(exception)}, status=403)
        if isinstance(exception, Refused):
            return render(request, "refused.html", {"sentence": str(exception)}, status=409)
        return None
