"""The door: a link, a code, a choice of vendor, the way out. GET and HEAD change nothing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.contacts.queries import invitation_of
from vendors.correspondence import outages
from vendors.directory.returning import local_path
from vendors.people.actors import Kind, Refused
from vendors.people.requests import client_address
from vendors.portal import pending, services, session
from vendors.portal.forms import AddressForm, CodeForm
from vendors.portal.invitations import Standing, standing_of
from vendors.portal.limits import TooManyCodes
from vendors.portal.pending import Pending

STATUS = {Standing.OPEN: 200, Standing.UNKNOWN: 404}
GONE = 410
TOO_MANY = 429


@login_not_required
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the invitation leads: one button, and nothing else happens."""
    return _door(request, token)


@login_not_required
@require_POST
def ask_by_invitation(request: HttpRequest) -> HttpResponse:
    """The button: a code to the invited mailbox. The token came in the form, and is in no address now."""
    token = request.POST.get("token", "")
    found, now = invitation_of(token), clock.now()
    if found is None or standing_of(found, now) is not Standing.OPEN:
        return _door(request, token)
    try:
        asked = services.ask_for_code_by_invitation(invitation=found, ip=client_address(request), now=now)
    except TooManyCodes as refusal:
        return _door(request, token, refusal=str(refusal))
    return _to_code_page(request, asked, address=found.contact.email, by_link=True, onward="")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """An address for a code. The answer is the same whether the address is known or not."""
    form = AddressForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        try:
            asked = services.ask_for_code_by_address(address=address, ip=client_address(request), now=clock.now())
        except TooManyCodes as refusal:
            form.add_error(None, str(refusal))
            status = TOO_MANY
        else:
            onward = local_path(form.cleaned_data["next"], under="/portal/")
            return _to_code_page(request, asked, address=address, by_link=False, onward=onward)
    context = {"form": form, "why": request.GET.get("why", "")}
    return _shown(request, "vendors/portal/sign_in.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Six digits, and the contact is in."""
    waiting = pending.recall(request)
    if waiting is None:
        return redirect("portal:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = services.come_in(
                code_id=waiting.code_id,
                browser=waiting.browser,
                typed=form.cleaned_data["code"],
                ip=client_address(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return _let_in(request, entry, onward=waiting.onward)
    return _code_page(request, waiting, form)


@login_not_required
@require_POST
def ask_again(request: HttpRequest) -> HttpResponse:
    """A new code to the same mailbox."""
    waiting = pending.recall(request)
    if waiting is None:
        return redirect("portal:sign-in")
    try:
        asked = services.ask_again(
            code_id=waiting.code_id, address=waiting.address, ip=client_address(request), now=clock.now()
        )
    except Refused as refusal:
        return _code_page(request, waiting, CodeForm(), refusal=str(refusal), status=TOO_MANY)
    return _to_code_page(request, asked, address=waiting.address, by_link=waiting.by_link, onward=waiting.onward)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Somebody who acts for several vendors picks the one this session speaks for."""
    user: Any = request.user
    if not user.is_authenticated or user.kind != Kind.CONTACT:
        return redirect("portal:sign-in")
    onward = local_path(request.POST.get("next") or request.GET.get("next"), under="/portal/")
    if user.contact is not None:
        return _inside(onward)
    now, refusal = clock.now(), ""
    offered = Contact.objects.may_come_in(now).filter(user_id=user.pk).select_related("vendor")
    if request.method == "POST":
        chosen = next((each for each in offered if str(each.pk) == request.POST.get("contact")), None)
        try:
            if chosen is None:
                raise Refused(_("Choose one of these vendors."))
            services.choose_vendor(contact=chosen, ip=client_address(request), now=now)
        except Refused as refused:
            refusal = str(refused)
        else:
            session.speak_for(request, chosen)
            return _inside(onward)
    context = {"offered": offered.all(), "refusal": refusal, "next": onward}
    return _shown(request, "vendors/portal/choose.html", context)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session on the server."""
    logout(request)
    return redirect(f"{reverse('portal:sign-in')}?{urlencode({'why': 'out'})}")


def _door(request: HttpRequest, token: str, refusal: str = "") -> HttpResponse:
    found = invitation_of(token)
    standing = standing_of(found, clock.now())
    context = {
        "invitation": found,
        "contact": found.contact if found else None,
        "standing": standing.value,
        "token": token,
        "refusal": refusal,
    }
    status = TOO_MANY if refusal else STATUS.get(standing, GONE)
    return _shown(request, "vendors/portal/invitation.html", context, status=status)


def _to_code_page(
    request: HttpRequest, asked: services.Asked, *, address: str, by_link: bool, onward: str
) -> HttpResponse:
    pending.remember(
        request,
        Pending(
            code_id=asked.code_id,
            browser=asked.browser,
            address=address,
            by_link=by_link,
            onward=onward,
            until=asked.expires_at.timestamp(),
        ),
    )
    return redirect("portal:code")


def _code_page(
    request: HttpRequest, waiting: Pending, form: CodeForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "pending": waiting,
        "minutes": waiting.minutes_left(clock.now()),
        "outage": outages.current(),
        "refusal": refusal,
    }
    return _shown(request, "vendors/portal/code.html", context, status=status)


def _let_in(request: HttpRequest, entry: services.Entry, *, onward: str) -> HttpResponse:
    contact = entry.contacts[0] if len(entry.contacts) == 1 else None
    pending.forget(request)
    session.begin(request, person_id=entry.person_id, contact=contact, now=clock.now())
    if contact is not None:
        return _inside(onward)
    return redirect(f"{reverse('portal:choose')}?{urlencode({'next': onward})}" if onward else "portal:choose")


def _inside(onward: str) -> HttpResponse:
    return HttpResponseRedirect(onward or reverse("dashboard:portal"))


def _shown(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    response = render(request, template, context, status=status)
    add_never_cache_headers(response)
    return response
