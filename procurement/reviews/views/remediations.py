"""Planning a remediation, and closing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.reviews import access, services
from procurement.reviews.forms.acts import CloseForm, PlanForm
from procurement.reviews.models import Remediation
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def plan(request: HttpRequest, pk: int, remediation_pk: int) -> HttpResponse:
    remediation = _remediation(request, pk, remediation_pk)
    access.check_can_plan(person(request), remediation)
    initial = {"plan": remediation.plan, "asked": remediation.asked_id}
    form = PlanForm(request.POST or None, initial=initial, closers=access.closers_for(remediation))
    if request.method == "POST" and form.is_valid():
        services.plan_remediation(remediation=remediation, **form.cleaned_data, by=person(request), now=clock.now())
        messages.success(request, _("%(name)s is asked to close it.") % {"name": form.cleaned_data["asked"].name})
        return return_from(request, remediation.review.get_absolute_url())
    context = {"form": form, "remediation": remediation, "review": remediation.review}
    return render(request, "procurement/reviews/plan_remediation.html", context)


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, pk: int, remediation_pk: int) -> HttpResponse:
    remediation = _remediation(request, pk, remediation_pk)
    access.check_can_close(person(request), remediation)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.close_remediation(remediation=remediation, **form.cleaned_data, by=person(request), now=clock.now())
        messages.success(request, _("The remediation is closed. The review goes on."))
        return return_from(request, remediation.review.get_absolute_url())
    context = {"form": form, "remediation": remediation, "review": remediation.review}
    return render(request, "procurement/reviews/close_remediation.html", context)


def _remediation(request: HttpRequest, pk: int, remediation_pk: int) -> Remediation:
    by = person(request)
    return access.remediation_for(by, access.review_for(by, pk), remediation_pk)
