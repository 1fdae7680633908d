"""Mail that was not delivered or is held up, with the reason, and sending it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vendors.calendar import clock
from vendors.correspondence import access, outages, queries, services
from vendors.people.requests import actor

ON_A_PAGE = 50


@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    user, now = actor(request), clock.now()
    access.check_can_see_mail(user)
    page = Paginator(queries.undelivered(), ON_A_PAGE).get_page(request.GET.get("page"))
    held_up = queries.held_up(now)
    return render(
        request,
        "vendors/correspondence/undelivered.html",
        {
            "page": page,
            "rows": [(email, access.why_not_resend(user, email, now)) for email in page],
            "held_up": held_up[:ON_A_PAGE],
            "held_up_count": held_up.count(),
            "outage": outages.current(),
        },
    )


@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    email = access.email_for(actor(request), pk)
    services.resend(email=email, by=actor(request), now=clock.now())
    messages.success(request, _("The mail to %(address)s goes out again.") % {"address": email.to_email})
    return redirect("correspondence:undelivered")
