"""Asking for a review."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.engagements import access as engagements_access
from procurement.engagements.services import known_data_classes, known_verticals, suggested_tier
from procurement.policy.queries import in_words
from procurement.reviews import access, services
from procurement.reviews.forms.asking import NextReviewForm, ReviewRequestForm, TierForm
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.access import sees_all_vendors
from vendors.directory.models import Vendor
from vendors.directory.returning import return_from
from vendors.people.actors import Refused
from vendors.reports.forms.fields import show_refusal


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The request: vendor, what is bought, data, criticality. The tier is suggested while the form is filled in."""
    by = person(request)
    engagements_access.check_can_open_engagement(by)
    form = ReviewRequestForm(request.POST or None, by=by, initial=_vendor_from_address(request))
    if request.method == "POST" and form.is_valid():
        try:
            review = services.ask_for_review(**form.cleaned_data, by=by, on=clock.today(), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            message = _("%(number)s is on its way: every reviewer gets a mail.") % {"number": review.number}
            messages.success(request, message)
            return redirect(review)
    context = {"form": form, "suggestion": _suggestion(request), "known_vendors": access.vendor_names_for(by)}
    return render(request, "procurement/reviews/new.html", context)


@require_POST
def suggest_tier(request: HttpRequest) -> HttpResponse:
    """The suggested tier for what is ticked so far, as a fragment. POST, so that nothing typed stands in an address;
    nothing changes."""
    engagements_access.check_can_open_engagement(person(request))
    return render(request, "procurement/reviews/_suggested_tier.html", {"suggestion": _suggestion(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The review that follows a decided one."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_ask_again(by, review)
    form = NextReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            following = services.ask_again(review=review, **form.cleaned_data, by=by, on=clock.today(), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            message = _("%(number)s follows %(before)s.") % {"number": following.number, "before": review.number}
            messages.success(request, message)
            return return_from(request, following.get_absolute_url())
    return render(request, "procurement/reviews/again.html", {"form": form, "review": review})


def _suggestion(request: HttpRequest) -> dict[str, Any] | None:
    """Tier and reason in words; what cannot stand together is refused in words; None while too little is ticked."""
    form = TierForm(request.POST)
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    try:
        found = suggested_tier(
            known_data_classes(typed["data_classes"]), known_verticals(typed["verticals"]), typed["criticality"]
        )
    except Refused as refusal:
        return {"refused": str(refusal)}
    return {"tier": found.tier, "reason": in_words(found.reason)}


def _vendor_from_address(request: HttpRequest) -> dict[str, str]:
    """`?vendor=12` fills in the vendor for whoever sees the vendor's page."""
    typed = request.GET.get("vendor", "")
    if not typed.isdecimal() or len(typed) > 18 or not sees_all_vendors(person(request)):
        return {}
    vendor = Vendor.objects.filter(pk=int(typed)).first()
    return {"vendor_name": vendor.name, "vendor_domain": vendor.domain} if vendor else {}
