"""Staff pages: people at a vendor, inviting them, ending their access."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vendors.calendar import clock
from vendors.contacts import access, queries, services
from vendors.contacts.forms import InviteForm
from vendors.contacts.models import Contact
from vendors.directory.access import vendor_for
from vendors.directory.returning import local_path, return_from
from vendors.people.actors import Refused
from vendors.people.requests import actor


@require_safe
def people(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    """Who may act for the vendor, who was invited, who left."""
    vendor = vendor_for(actor(request), vendor_pk)
    context = {
        "vendor": vendor,
        "contacts": queries.contacts_of(vendor.pk),
        "now": clock.now(),
        "may_keep": access.can_keep_contacts(actor(request)),
    }
    return render(request, "vendors/contacts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, vendor_pk: int) -> HttpResponse:
    vendor = vendor_for(actor(request), vendor_pk)
    access.check_can_keep_contacts(actor(request))
    form = InviteForm(request.POST or None, vendor=vendor)
    if request.method == "POST" and form.is_valid():
        try:
            contact = services.invite_contact(
                vendor=vendor,
                email=form.cleaned_data["email"],
                name=form.cleaned_data["name"],
                title=form.cleaned_data["title"],
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Invitation on its way to %(address)s.") % {"address": contact.email})
            return _back(request, contact)
    return render(request, "vendors/contacts/invite.html", {"form": form, "vendor": vendor})


@require_POST
def resend(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    contact = access.contact_for(actor(request), vendor_pk, pk)
    services.resend_invitation(contact=contact, by=actor(request), now=clock.now())
    messages.success(
        request,
        _("A new link is on its way to %(address)s. Older links stopped working.") % {"address": contact.email},
    )
    return _back(request, contact)


@require_POST
def revoke(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    """Take the newest link of this contact back."""
    contact = access.contact_for(actor(request), vendor_pk, pk)
    invitation = contact.invitations.first()
    if invitation is None:
        raise Http404
    services.revoke_invitation(invitation=invitation, by=actor(request), now=clock.now())
    messages.success(request, _("The link of %(name)s does not work any more.") % {"name": contact.name})
    return _back(request, contact)


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, vendor_pk: int, pk: int) -> HttpResponse:
    """Asks first: what the contact loses is said before it is done."""
    contact = access.contact_for(actor(request), vendor_pk, pk)
    access.check_can_deactivate_contact(actor(request), contact)
    if request.method == "POST":
        services.deactivate_contact(contact=contact, by=actor(request), now=clock.now())
        messages.success(request, _("%(name)s is signed out and cannot come in again.") % {"name": contact.name})
        return _back(request, contact)
    context = {"contact": contact, "vendor": contact.vendor, "next": local_path(request.GET.get("next"))}
    return render(request, "vendors/contacts/deactivate.html", context)


def _back(request: HttpRequest, contact: Contact) -> HttpResponse:
    return return_from(request, reverse("contacts:people", args=[contact.vendor_id]))
