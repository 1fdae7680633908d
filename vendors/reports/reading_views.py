"""The document on a page of its own: for approvers, auditors and everybody else who holds a grant."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vendors.calendar import clock
from vendors.people.requests import actor, client_address
from vendors.reports import access
from vendors.reports.recorded import recorded_facts
from vendors.reports.viewing import viewer_of


@require_safe
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One page of the report beside its facts. Whoever may read only the facts is told why no page is shown."""
    report = access.report_for(actor(request), pk)
    viewer = viewer_of(
        report,
        actor(request),
        request.GET,
        here=reverse("reports:read", args=[report.pk]),
        on=clock.today(),
        now=clock.now(),
        ip=client_address(request),
    )
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "vendors/reports/read_viewer.html", {"viewer": viewer, "report": report})
    context = {"viewer": viewer, "report": report, "facts": recorded_facts(report)}
    return render(request, "vendors/reports/read.html", context)
