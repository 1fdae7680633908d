"""The versions of our own text: an administrator issues them, staff read them."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.ndas import access, queries, services
from vendors.ndas.forms import IssueForm, first_draft
from vendors.ndas.models import NdaText
from vendors.ndas.wording import passages
from vendors.people.actors import Refused
from vendors.people.requests import actor


@require_safe
def texts(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    access.check_can_read_texts(user)
    context = {"texts": NdaText.objects.all(), "may_issue": access.can_issue_text(user)}
    return render(request, "vendors/ndas/texts.html", context)


@require_safe
def text(request: HttpRequest, version: int) -> HttpResponse:
    found = access.text_for(actor(request), version)
    newest = queries.newest_text()
    context = {"text": found, "passages": passages(found.body), "is_newest": newest == found}
    return render(request, "vendors/ndas/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest) -> HttpResponse:
    user = actor(request)
    access.check_can_issue_text(user)
    newest = queries.newest_text()
    form = IssueForm(request.POST or None, initial=first_draft(newest))
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.issue_text(
                **form.cleaned_data, organisation=settings.ORGANISATION_NAME, by=user, now=clock.now()
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(
                request,
                _("Version %(version)s is issued. Contacts are asked to accept it from now on.")
                % {"version": issued.version},
            )
            return redirect("ndas:text", version=issued.version)
    return render(request, "vendors/ndas/issue.html", {"form": form, "newest": newest})
