"""Staff pages: an agreement, its papers, recording one, ending one."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.directory.access import vendor_for
from vendors.directory.returning import return_from
from vendors.ndas import access, services
from vendors.ndas.forms import EndForm, RecordForm
from vendors.ndas.wording import passages
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.vault import downloads


@require_safe
def nda(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The agreement as it was made: the text as accepted, the facts, the certificate."""
    user, today = actor(request), clock.today()
    found = access.nda_for(user, pk)
    context = {
        "nda": found,
        "passages": passages(found.text.body) if found.text else [],
        "in_force": found.in_force_on(today),
        "may_end": access.can_end(user, found, today),
    }
    return render(request, "vendors/ndas/nda.html", context)


@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = access.nda_for(actor(request), pk)
    if found.certificate is None:
        raise Http404
    return downloads.as_attachment(
        found.certificate,
        by=actor(request),
        purpose=_("NDA certificate"),
        at=clock.now(),
        ip=client_address(request),
    )


@require_safe
def text_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The vendor's text as it was uploaded."""
    found = access.nda_for(actor(request), pk)
    if found.text_file is None:
        raise Http404
    return downloads.as_attachment(
        found.text_file,
        by=actor(request),
        purpose=_("Text of the NDA"),
        at=clock.now(),
        ip=client_address(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, vendor_pk: int) -> HttpResponseBase:
    """We accepted the vendor's text: when, who for us, where it can be read, how long it holds."""
    user = actor(request)
    vendor = vendor_for(user, vendor_pk)
    access.check_can_record(user)
    initial = {"starts_on": clock.today(), "signer_name": user.label, "text_address": vendor.trust_center_url}
    form = RecordForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.record_vendors_text(
                vendor=vendor,
                **form.cleaned_data,
                organisation=settings.ORGANISATION_NAME,
                by=user,
                on=clock.today(),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("“%(title)s” is on file.") % {"title": kept.title})
            return return_from(request, reverse("ndas:nda", args=[kept.pk]))
    return render(request, "vendors/ndas/record.html", {"form": form, "vendor": vendor})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks first: what stops from today is said before it is done."""
    user, today = actor(request), clock.today()
    found = access.nda_for(user, pk)
    access.check_can_end(user, found, today)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.end_nda(nda=found, reason=form.cleaned_data["reason"], by=user, on=today, now=clock.now())
        messages.success(request, _("“%(title)s” ended today.") % {"title": found.title})
        return return_from(request, reverse("ndas:nda", args=[found.pk]))
    return render(request, "vendors/ndas/end.html", {"form": form, "nda": found})
