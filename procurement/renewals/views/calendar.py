"""A person's calendar feed: its page, and the feed itself, which needs no session."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from procurement.accounts.models import User
from procurement.renewals import access, queries, services
from procurement.renewals.calendar_file import calendar_file
from procurement.renewals.models import CalendarFeed
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor

MAKE, REVOKE = "make", "revoke"


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Make the address of one's own feed, shown on this answer only, or revoke it."""
    user = cast(User, actor(request))
    address = ""
    if request.POST.get("act") == REVOKE:
        try:
            services.revoke_feed(by=user, now=clock.now())
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The address opens nothing any more."))
        return redirect("renewals:calendar")
    if request.POST.get("act") == MAKE:
        token = services.make_feed(by=user, now=clock.now())
        address = settings.BASE_URL + reverse("renewals:feed", args=[token])
    feed = CalendarFeed.objects.filter(owner=user, revoked_at__isnull=True).first()
    response = render(request, "procurement/renewals/calendar.html", {"feed": feed, "address": address})
    response.headers["Cache-Control"] = "no-store"
    return response


@login_not_required
@require_safe
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The dates its owner may see, for a calendar program. The same 404 for every address that opens nothing."""
    owner = access.owner_of_feed(token)
    now = clock.now()
    response = HttpResponse(
        calendar_file(queries.marked_for(owner, on=clock.today()), now=now),
        content_type="text/calendar; charset=utf-8",
    )
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["Content-Disposition"] = 'attachment; filename="countersign.ics"'
    return response
