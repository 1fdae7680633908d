"""The auditor firms: which there are, whose reports they signed, and when their licence was last looked up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports import access, queries, services
from vendors.reports.forms.auditors import AuditorCheckForm
from vendors.reports.forms.fields import sent, show_refusal


@require_safe
def auditors(request: HttpRequest) -> HttpResponse:
    """Every firm on file; those whose check is missing or over a year old first."""
    access.check_can_read_auditors(actor(request))
    firms = queries.auditor_firms(on=clock.today())
    return render(request, "vendors/reports/auditors.html", {"firms": firms})


@require_http_methods(["GET", "HEAD", "POST"])
def auditor(request: HttpRequest, pk: int) -> HttpResponse:
    """One firm, the reports it signed, and the check: true for all of them, accepted or not."""
    firm = access.auditor_for(actor(request), pk)
    form = AuditorCheckForm(**sent(request))
    if request.method == "POST":
        access.check_can_check_auditor(actor(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.check_auditor(
                firm=firm,
                checked_on=form.cleaned_data["auditor_checked_on"],
                note=form.cleaned_data["auditor_check_note"],
                by=actor(request),
                now=clock.now(),
                on=clock.today(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The check of the firm is written down."))
            return redirect("reports:auditor", pk=firm.pk)
    context = {
        "firm": firm,
        "form": form,
        "is_fresh": queries.is_checked(firm, on=clock.today()),
        "may_check": access.can_check_auditor(actor(request)),
        "reports": firm.reports.select_related("vendor").order_by("vendor__name", "-period_end"),
    }
    return render(request, "vendors/reports/auditor.html", context)
