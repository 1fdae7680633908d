"""What the brake holds, and the administrator's answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from procurement.accounts.fresh import fresh_authentication_required
from procurement.renewals import access, queries, services
from procurement.renewals.forms import HeldForm
from procurement.renewals.morning import mailing_day
from procurement.renewals.series import KINDS
from vendors.calendar import clock
from vendors.directory.models import Vendor
from vendors.people.actors import Refused
from vendors.people.requests import actor


@fresh_authentication_required
@require_http_methods(["GET", "POST"])
def held(request: HttpRequest) -> HttpResponse:
    """Look through what is held, and release or drop all of it or a selection."""
    access.check_can_release(actor(request))
    rows = queries.held()
    form = HeldForm(request.POST or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _answer(request, form))
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            return redirect("renewals:held")
    names = Vendor.objects.in_bulk({row.vendor_id for row in rows})
    context = {
        "rows": [(row, names.get(row.vendor_id), KINDS.get(row.subject_type, row.subject_type)) for row in rows],
        "chosen": set(form.chosen()) if form.is_bound else {row.pk for row in rows},
        "form": form,
        "why": rows[-1].note if rows else "",
    }
    return render(request, "procurement/renewals/held.html", context)


def _answer(request: HttpRequest, form: HeldForm) -> str:
    """Carry out the answer and say what happened."""
    by, now, pks = actor(request), clock.now(), form.chosen()
    if form.cleaned_data["act"] == HeldForm.DROP:
        count = services.drop_held(pks=pks, reason=form.cleaned_data["reason"], by=by, now=now)
        return ngettext("%(n)d reminder is dropped.", "%(n)d reminders are dropped.", count) % {"n": count}
    sent, pointless = services.release_held(pks=pks, by=by, on=mailing_day(now), now=now)
    told = ngettext("%(n)d reminder is on its way.", "%(n)d reminders are on their way.", sent) % {"n": sent}
    if pointless:
        told += " " + ngettext("%(n)d was not needed any more.", "%(n)d were not needed any more.", pointless) % {
            "n": pointless
        }
    return told
