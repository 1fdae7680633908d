"""The contact's pages: read our NDA, sign it, keep its certificate."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.contacts.models import Contact
from vendors.ndas import access, queries, services
from vendors.ndas.forms import AcceptForm
from vendors.ndas.models import Nda, NdaText
from vendors.ndas.wording import passages
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.portal.session import contact_of, portal_page
from vendors.vault import downloads


@portal_page
@require_http_methods(["GET", "HEAD", "POST"])
def current(request: HttpRequest) -> HttpResponse:
    """The agreement that holds, or the text to sign. `?again` shows the text for the time after it."""
    contact, today = contact_of(request), clock.today()
    held = queries.nda_in_force(contact.vendor_id, today)
    text = queries.newest_text()
    if request.method == "POST":
        return _accept(request, contact, text)
    signable = text is not None and access.can_accept(actor(request), contact, text, today)
    if held is not None and not (signable and "again" in request.GET):
        return _agreement(request, held, renewable=signable)
    if text is None or not signable:
        return render(request, "vendors/ndas/portal_no_text.html", {"contact": contact})
    return _document(request, contact, text, _fresh_form(contact, text))


@portal_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One agreement of the contact's vendor, in force or not."""
    return _agreement(request, access.nda_for(actor(request), pk), renewable=False)


@portal_page
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


def _accept(request: HttpRequest, contact: Contact, text: NdaText | None) -> HttpResponse:
    signs_for = contact.vendor.full_name
    form = AcceptForm(request.POST, signs_for=signs_for)
    if text is None:
        raise Http404
    if form.is_valid():
        try:
            accepted = services.accept_our_text(
                contact=contact,
                **form.cleaned_data,
                address=client_address(request),
                browser=request.headers.get("User-Agent", ""),
                by=actor(request),
                on=clock.today(),
                now=clock.now(),
            )
        except Refused as refusal:
            if refusal.field is None:
                if not access.can_accept(actor(request), contact, text, clock.today()):
                    messages.info(request, str(refusal))
                    return redirect("ndas:portal-current")
                # What was shown is no longer what can be signed: show what can, and keep what was typed.
                return _document(
                    request, contact, text, _fresh_form(contact, text, request.POST), refusal=str(refusal), status=409
                )
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(
                request, _("Accepted. A receipt is on its way to %(address)s.") % {"address": contact.email}
            )
            return redirect("ndas:portal-nda", pk=accepted.pk)
    return _document(request, contact, text, form)


def _fresh_form(contact: Contact, text: NdaText, typed: Any = None) -> AcceptForm:
    typed = typed or {}
    signs_for = contact.vendor.full_name
    return AcceptForm(
        signs_for=signs_for,
        initial={
            "version": text.version,
            "sha256": text.sha256,
            "signs_for": signs_for,
            "signer_name": typed.get("signer_name", contact.name),
            "signer_title": typed.get("signer_title", contact.title),
        },
    )


def _document(
    request: HttpRequest, contact: Contact, text: NdaText, form: AcceptForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "contact": contact,
        "vendor": contact.vendor,
        "text": text,
        "passages": passages(text.body),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "vendors/ndas/portal_sign.html", context, status=status)


def _agreement(request: HttpRequest, found: Nda, *, renewable: bool) -> HttpResponse:
    context = {
        "nda": found,
        "passages": passages(found.text.body) if found.text else [],
        "in_force": found.in_force_on(clock.today()),
        "renewable": renewable,
    }
    return render(request, "vendors/ndas/portal_nda.html", context)
