"""The plan: how many days before and after a date somebody is reminded, by subject and tier."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from procurement.renewals import access, services
from procurement.renewals.forms import MostAtOnceForm, RhythmsForm
from procurement.renewals.models import ReminderPlan
from procurement.renewals.plans import current_plan
from procurement.renewals.rhythms import TIERS, Series, columns_of
from procurement.renewals.series import label_of
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Every series with its days, and who changed what when."""
    access.check_can_see_plan(actor(request))
    current = current_plan()
    series = [
        (one, label_of(one), [(tier, current.rhythm(one, tier)) for tier in TIERS], columns_of(one)) for one in Series
    ]
    context = {
        "plan": current,
        "series": series,
        "versions": ReminderPlan.objects.all()[:20],
        "may_change": access.can_change_plan(actor(request)),
    }
    return render(request, "procurement/renewals/plan.html", context)


@require_http_methods(["GET", "POST"])
def rhythms(request: HttpRequest, series: str) -> HttpResponse:
    """Change the days of one series."""
    if series not in list(Series):
        raise Http404
    access.check_can_change_plan(actor(request))
    chosen, current = Series(series), current_plan()
    form = RhythmsForm(request.POST or None, series=chosen, plan=current)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            services.change_rhythms(
                series=chosen,
                rhythms=form.rhythms(),
                note=facts["note"],
                opened=facts["opened"],
                by=actor(request),
                on=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The new days count from now on. What was sent is not sent again."))
            return redirect("renewals:plan")
    return _form_page(request, form, label_of(chosen))


@require_http_methods(["GET", "POST"])
def most_at_once(request: HttpRequest) -> HttpResponse:
    """Change how many mails may leave on a day by themselves."""
    access.check_can_change_plan(actor(request))
    form = MostAtOnceForm(request.POST or None, plan=current_plan())
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            services.change_most_at_once(
                most=facts["most_at_once"],
                note=facts["note"],
                opened=facts["opened"],
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The new number counts from the next scan on."))
            return redirect("renewals:plan")
    return _form_page(request, form, _("Mails on a day"))


def _form_page(request: HttpRequest, form: Any, title: str) -> HttpResponse:
    return render(request, "procurement/renewals/change_plan.html", {"form": form, "title": title})
