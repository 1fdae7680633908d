"""What staff does with requests and files: ask, move, cancel, upload, open."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.directory.access import vendor_kept_by
from vendors.directory.returning import local_path, return_from
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.reports import access, services
from vendors.reports.forms.fields import sent, show_refusal
from vendors.reports.forms.requests import CancelForm, DueDateForm, RequestForm
from vendors.reports.forms.uploads import AnswersForm
from vendors.reports.serving import as_picture
from vendors.reports.uploading import arrived, sent_file, turned_down, upload_limits
from vendors.vault.downloads import as_attachment

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def new_request(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    """A reviewer asks the vendor for a report."""
    vendor = vendor_kept_by(actor(request), vendor_pk)
    form = RequestForm(vendor, **sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.request_report(
                vendor=vendor, **form.cleaned_data, by=actor(request), now=clock.now(), on=clock.today()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _told(asked.contact))
            return return_from(request, vendor.get_absolute_url())
    context = {"form": form, "vendor": vendor, "nda": nda_in_force(vendor, clock.today())}
    return render(request, "vendors/reports/new_request.html", context)


@require_http_methods(FORM_METHODS)
def change_due_date(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    asked = access.request_kept_by(actor(request), vendor_pk, pk)
    form = DueDateForm(**sent(request), initial={"due_on": asked.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_due_date(
                request=asked, **form.cleaned_data, by=actor(request), now=clock.now(), on=clock.today()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The due date is moved. %(told)s") % {"told": _told(asked.contact)})
            return return_from(request, asked.vendor.get_absolute_url())
    context = {"form": form, "asked": asked, "vendor": asked.vendor}
    return render(request, "vendors/reports/change_due_date.html", context)


@require_http_methods(FORM_METHODS)
def cancel_request(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    asked = access.request_kept_by(actor(request), vendor_pk, pk)
    form = CancelForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_request(request=asked, **form.cleaned_data, by=actor(request), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The request is cancelled. %(told)s") % {"told": _told(asked.contact)})
            return return_from(request, asked.vendor.get_absolute_url())
    context = {"form": form, "asked": asked, "vendor": asked.vendor}
    return render(request, "vendors/reports/cancel_request.html", context)


@require_http_methods(FORM_METHODS)
def upload(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    """A reviewer uploads a report fetched from the vendor's trust center."""
    vendor = vendor_kept_by(actor(request), vendor_pk)
    nda = nda_in_force(vendor, clock.today())
    form = AnswersForm(vendor, **sent(request))
    onward = local_path(request.POST.get("next") or request.GET.get("next"))
    context = {"vendor": vendor, "nda": nda, "form": form, "onward": onward, **upload_limits()}
    if request.method != "POST":
        return render(request, "vendors/reports/upload.html", context)
    now = clock.now()
    try:
        report = services.receive_report(
            vendor=vendor,
            request=form.answers(),
            upload=sent_file(request),
            nda=nda,
            by=actor(request),
            now=now,
            on=clock.today(),
            ip=client_address(request),
        )
    except Refused as refusal:
        return turned_down(request, refusal, template="vendors/reports/upload.html", context=context)
    if report.received_at == now:
        messages.success(request, _("The report is here. Record its facts next."))
    else:
        messages.info(request, _("This file is on record already, so it was not kept twice."))
    return arrived(request, onward or vendor.get_absolute_url())


@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The file itself, for whoever holds a grant."""
    report = access.report_for(actor(request), pk)
    access.check_can_open(actor(request), report, clock.today())
    return as_attachment(
        report.file,
        by=actor(request),
        purpose=access.purpose_for(actor(request), report),
        at=clock.now(),
        ip=client_address(request),
    )


@require_safe
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The picture of one page, for whoever holds a grant."""
    report = access.report_for(actor(request), pk)
    access.check_can_open(actor(request), report, clock.today())
    typed = request.GET.get("zoom", "")
    return as_picture(
        report,
        number=number,
        zoom=int(typed) if typed.isdecimal() else 100,
        by=actor(request),
        purpose=access.purpose_for(actor(request), report),
        now=clock.now(),
        ip=client_address(request),
    )


def _told(contact: Any) -> str:
    if contact is None:
        return _("The request stands in the portal; nobody gets a mail.")
    return _("%(contact)s gets a mail.") % {"contact": contact.name}
