"""The demo's own pages: sign in as anybody by a button, and read what the mail server received."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from procurement.accounts.models import User
from procurement.demo import mailbox as box
from vendors.people.actors import Kind


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Become one of the staff. The people of the demo have no passwords."""
    chosen = request.POST.get("person", "")
    person = (
        User.objects.filter(pk=chosen, kind=Kind.STAFF.value, is_active=True).first() if chosen.isdecimal() else None
    )
    if person is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    login(request, person)
    wanted = request.POST.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/")


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every mail that left the demo."""
    return render(request, "procurement/demo/mailbox.html", {"letters": box.letters(_folder())})


@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text with links that work."""
    found = box.letter(_folder(), name)
    if found is None:
        raise Http404
    return render(request, "procurement/demo/letter.html", {"letter": found})


@require_safe
def letter_html(_request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as a mail program would show it: its own styles, no script, nothing from outside."""
    found = box.letter(_folder(), name)
    if found is None or not found.html:
        raise Http404
    response = HttpResponse(found.html)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
    return response


def _folder() -> Path:
    return settings.VAR / "mailbox"
