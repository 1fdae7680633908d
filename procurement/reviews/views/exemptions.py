"""Waivers and risk acceptances: proposing, answering, revoking."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.accounts.fresh import fresh_authentication_required
from procurement.policy.queries import in_words
from procurement.reviews import access, services
from procurement.reviews.exempting import AnyExemption, Proposable, proposable
from procurement.reviews.forms.exemptions import AnswerForm, InterimForm, ProposalForm, RevokeForm, WaiverForm
from procurement.reviews.models import Review
from procurement.reviews.queries import policy_of, requirement_checks
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from
from vendors.people.actors import Refused
from vendors.reports.forms.fields import show_refusal

FORM_METHODS = ["GET", "HEAD", "POST"]
TEMPLATE = "procurement/reviews/propose_exemption.html"


@require_http_methods(FORM_METHODS)
def propose_waiver(request: HttpRequest, pk: int) -> HttpResponse:
    review, found = _proposing(request, pk)
    form = WaiverForm(
        request.POST or None,
        found=found,
        approvers=access.approvers_for(review),
        initial={"requirement": request.GET.get("requirement", "")},
    )
    possible = bool(found.waivers)
    context = {"heading": _("Propose a waiver"), "possible": possible}
    return _proposed(request, review, form, context, services.propose_waiver)


@require_http_methods(FORM_METHODS)
def propose_interim(request: HttpRequest, pk: int) -> HttpResponse:
    review, found = _proposing(request, pk)
    launched = {"launched_on": review.vendor.launched_on}
    form = InterimForm(request.POST or None, approvers=access.approvers_for(review), initial=launched)
    context = {"heading": _("Propose an interim waiver"), "possible": found.interim is not None, "what": found.interim}
    return _proposed(request, review, form, context, services.propose_interim_waiver)


@require_http_methods(FORM_METHODS)
def propose_risk_acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    review, found = _proposing(request, pk)
    form = ProposalForm(request.POST or None, approvers=access.approvers_for(review))
    context = {"heading": _("Propose to accept the risk"), "possible": found.risk is not None, "what": found.risk}
    return _proposed(request, review, form, context, services.propose_risk_acceptance)


@fresh_authentication_required
@require_http_methods(FORM_METHODS)
def answer(request: HttpRequest, pk: int, **which: int) -> HttpResponse:
    """What is asked of the approver, and their answer. Only a person in a fresh session grants."""
    by, today = person(request), clock.today()
    exemption = _exemption(request, pk, **which)
    access.check_can_answer(by, exemption)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["answer"]
        try:
            if form.cleaned_data["decision"] == AnswerForm.GRANT:
                services.grant_exemption(exemption=exemption, answer=words, by=by, on=today, now=clock.now())
                said = _("Granted until its end.")
            else:
                services.refuse_exemption(exemption=exemption, answer=words, by=by, now=clock.now())
                said = _("Refused. The reviewer gets a mail.")
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, said)
            return return_from(request, exemption.review.get_absolute_url())
    check = _requirement(exemption)
    return render(
        request,
        "procurement/reviews/answer_exemption.html",
        {"form": form, "exemption": exemption, "review": exemption.review, "check": check},
    )


@require_http_methods(FORM_METHODS)
def revoke(request: HttpRequest, pk: int, **which: int) -> HttpResponse:
    by = person(request)
    exemption = _exemption(request, pk, **which)
    access.check_can_revoke(by, exemption)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.revoke_exemption(exemption=exemption, **form.cleaned_data, by=by, now=clock.now())
        messages.success(request, _("It holds no more."))
        return return_from(request, exemption.review.get_absolute_url())
    context = {"form": form, "exemption": exemption, "review": exemption.review}
    return render(request, "procurement/reviews/revoke_exemption.html", context)


def _proposing(request: HttpRequest, pk: int) -> tuple[Review, Proposable]:
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_propose(by, review)
    return review, proposable(review, policy_of(review), requirement_checks(review, clock.today()))


def _proposed(
    request: HttpRequest,
    review: Review,
    form: forms.Form,
    context: dict[str, Any],
    act: Callable[..., AnyExemption],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        by, today = person(request), clock.today()
        try:
            exemption = act(review=review, **form.cleaned_data, by=by, on=today, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": exemption.asked.name})
            return return_from(request, review.get_absolute_url())
    return render(request, TEMPLATE, {"form": form, "review": review, **context})


def _exemption(request: HttpRequest, pk: int, waiver_pk: int | None = None, risk_pk: int | None = None) -> AnyExemption:
    by = person(request)
    review = access.review_for(by, pk)
    if waiver_pk is not None:
        return access.waiver_for(by, review, waiver_pk)
    assert risk_pk is not None
    return access.risk_acceptance_for(by, review, risk_pk)


def _requirement(exemption: AnyExemption) -> dict[str, str] | None:
    """What the policy says today about the requirement, in words."""
    key = getattr(exemption, "requirement", "opinion")
    checks = requirement_checks(exemption.review, clock.today())
    found = next((check for check in checks if check.key == key), None)
    return {"title": in_words(found.title), "reason": in_words(found.reason)} if found else None
