"""A finding's page, raising one, and the acts on it. The list of findings is in procurement's dashboard."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from procurement.questionnaires.models import Answer
from procurement.reviews import access, services
from procurement.reviews.checklist import facts_url
from procurement.reviews.forms.findings import (
    AssignForm,
    CloseFindingForm,
    FindingForm,
    MoveDueForm,
    WithdrawFindingForm,
    initial_from,
)
from procurement.reviews.models import Finding, Review
from procurement.reviews.queries import assessments_of
from procurement.reviews.questionnaire_page import page_address
from procurement.reviews.remarks import remarks_on_finding
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from
from vendors.ledger import queries as ledger_queries
from vendors.people.actors import Refused
from vendors.reports.forms.fields import show_refusal

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise a finding in a review; `?answer=` flags an answer of one of its questionnaires."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_raise(by, review)
    answer = _flagged(request, review)
    form = FindingForm(request.POST or None, review=review, initial=initial_from(answer) if answer else None)
    if request.method == "POST" and form.is_valid():
        try:
            finding = services.raise_finding(
                review=review, draft=form.draft(answer), by=by, on=clock.today(), now=clock.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            name = finding.owner.name
            messages.success(
                request, _("%(finding)s is raised, %(name)s sees to it.") % {"finding": finding.label, "name": name}
            )
            return redirect(page_address(review, answer.assessment, answer) if answer else finding)
    back = page_address(review, answer.assessment, answer) if answer else ""
    return render(request, "procurement/reviews/new_finding.html", {"form": form, "review": review, "back": back})


def _flagged(request: HttpRequest, review: Review) -> Answer | None:
    """The answer that is flagged; Http404 for one that is not of this review, or that the vendor has not
    handed over."""
    key = request.GET.get("answer", "")
    if not key:
        return None
    found = Answer.objects.select_related("question", "assessment").filter(
        assessment__in=assessments_of(review), is_with_vendor=False
    )
    answer = found.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    if answer is None:
        raise Http404
    return answer


@require_safe
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, who sees to it until when, what happened to it, and what was said about it."""
    by = person(request)
    found = access.finding_for(by, pk)
    review = found.review
    reads_review = access.reviews_visible_to(by).filter(pk=review.pk).exists()
    reads_facts = reads_review and not access.reads_only_status(by, review)
    context = {
        "finding": found,
        "review": review,
        "reads_review": reads_review,
        "facts": facts_url(review, found.exception.report, found.exception.page)
        if reads_facts and found.exception
        else "",
        "may_keep": access.can_keep(by, found),
        "may_close": access.can_close_finding(by, found),
        "remarks": remarks_on_finding(found, by),
        "entries": ledger_queries.entries_on("finding", found.pk),
        "on": clock.today(),
    }
    return render(request, "procurement/reviews/finding.html", context)


@require_http_methods(FORM_METHODS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.finding_for(person(request), pk)
    access.check_can_keep(person(request), found)

    def act(typed: dict[str, Any]) -> str:
        services.assign_finding(finding=found, **typed, by=person(request), now=clock.now())
        return _("%(name)s sees to it now.") % {"name": typed["owner"].name}

    form = AssignForm(request.POST or None, finding=found)
    words = {"title": _("Give it to another owner"), "act": _("Give it over")}
    return _answer(request, found, form, act, words)


@require_http_methods(FORM_METHODS)
def move_due(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.finding_for(person(request), pk)
    access.check_can_keep(person(request), found)

    def act(typed: dict[str, Any]) -> str:
        services.move_finding_due(finding=found, **typed, by=person(request), on=clock.today(), now=clock.now())
        return _("The date is moved. The ledger keeps the day before.")

    form = MoveDueForm(request.POST or None, initial={"due_on": found.due_on})
    return _answer(request, found, form, act, {"title": _("Move the date"), "act": _("Move the date")})


@require_http_methods(FORM_METHODS)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = access.finding_for(person(request), pk)
    access.check_can_close_finding(person(request), found)

    def act(typed: dict[str, Any]) -> str:
        services.close_finding(finding=found, **typed, by=person(request), now=clock.now())
        return _("%(finding)s is closed.") % {"finding": found.label}

    form = CloseFindingForm(request.POST or None)
    return _answer(request, found, form, act, {"title": _("Close the finding"), "act": _("Close it")})


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own asks first: a withdrawn finding cannot be opened again."""
    found = access.finding_for(person(request), pk)
    access.check_can_keep(person(request), found)

    def act(typed: dict[str, Any]) -> str:
        services.withdraw_finding(finding=found, **typed, by=person(request), now=clock.now())
        return _("%(finding)s is withdrawn.") % {"finding": found.label}

    form = WithdrawFindingForm(request.POST or None)
    words = {"title": _("Withdraw the finding"), "act": _("Withdraw it"), "kind": "danger"}
    return _answer(request, found, form, act, words)


def _answer(
    request: HttpRequest, found: Finding, form: forms.Form, act: Callable[[dict[str, Any]], str], words: dict[str, str]
) -> HttpResponse:
    """Show the form of one act, or carry it out and say what happened; a refusal stands beside its field."""
    if request.method == "POST" and form.is_valid():
        try:
            happened = act(form.cleaned_data)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, happened)
            return return_from(request, found.get_absolute_url())
    context = {"form": form, "finding": found, "review": found.review, "words": words}
    return render(request, "procurement/reviews/change_finding.html", context)
