"""Adding a vendor and keeping its record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from vendors.calendar import clock
from vendors.directory import access, services
from vendors.directory.forms import VendorForm, facts_of
from vendors.directory.returning import return_from
from vendors.people.actors import Refused
from vendors.people.requests import actor


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A reviewer puts a vendor on file before anybody asked for a review."""
    access.check_can_edit_vendors(actor(request))
    form = VendorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            vendor = services.add_vendor(**form.cleaned_data, by=actor(request), at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("%(vendor)s is on file.") % {"vendor": vendor.name})
            return return_from(request, vendor.get_absolute_url())
    return render(request, "vendors/directory/add.html", {"form": form})


@require_POST
def load_providers(request: HttpRequest) -> HttpResponse:
    """The starter list of well-known providers, from the button on the SOC 2 list."""
    added = len(services.load_providers(by=actor(request), at=clock.now()))
    told = ngettext("%(n)s provider is on file now.", "%(n)s providers are on file now.", added) % {"n": added}
    messages.success(request, told if added else _("All of them were on file already."))
    return return_from(request, reverse("dashboard:vendors"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    vendor = access.vendor_for(actor(request), pk)
    access.check_can_edit_vendors(actor(request))
    form = VendorForm(request.POST or None, initial=facts_of(vendor))
    if request.method == "POST" and form.is_valid():
        try:
            vendor = services.edit_vendor(vendor=vendor, **form.cleaned_data, by=actor(request), at=clock.now())
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The record of %(vendor)s is up to date.") % {"vendor": vendor.name})
            return return_from(request, vendor.get_absolute_url())
    return render(request, "vendors/directory/edit.html", {"form": form, "vendor": vendor})
