"""A reviewer records other evidence of a vendor, and withdraws it. Opening it stands with the reviews."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vendors.calendar import clock
from vendors.directory.access import vendor_kept_by
from vendors.directory.returning import return_from
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.reports import access, services
from vendors.reports.forms.evidence import EvidenceForm, WithdrawEvidenceForm
from vendors.reports.forms.fields import sent, show_refusal

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def record(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    vendor = vendor_kept_by(actor(request), vendor_pk)
    form = EvidenceForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.record_evidence(
                vendor=vendor,
                **form.cleaned_data,
                by=actor(request),
                on=clock.today(),
                now=clock.now(),
                ip=client_address(request),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("“%(title)s” is on file.") % {"title": kept.title})
            return return_from(request, f"{vendor.get_absolute_url()}?tab=evidence")
    return render(request, "vendors/reports/record_evidence.html", {"form": form, "vendor": vendor})


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    """Asks first: what rests on this paper is suspended while no other of its kind is on file."""
    evidence = access.evidence_kept_by(actor(request), vendor_pk, pk)
    access.check_can_withdraw_evidence(actor(request), evidence)
    form = WithdrawEvidenceForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        services.withdraw_evidence(evidence=evidence, **form.cleaned_data, by=actor(request), now=clock.now())
        messages.success(request, _("“%(title)s” is withdrawn.") % {"title": evidence.title})
        return return_from(request, f"{evidence.vendor.get_absolute_url()}?tab=evidence")
    context = {"form": form, "evidence": evidence, "vendor": evidence.vendor}
    return render(request, "vendors/reports/withdraw_evidence.html", context)
