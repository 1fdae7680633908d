"""Pages of the decision: drafting, submitting, deciding, meeting a condition. Those of its memo are in memo_views."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.accounts.fresh import fresh_authentication_required
from procurement.accounts.models import User
from procurement.decisions import access, services
from procurement.decisions.forms import (
    CONDITIONS,
    ConditionFormSet,
    DecideForm,
    DraftForm,
    MeetConditionForm,
    SubmitForm,
    TakeBackForm,
    condition_rows,
    condition_rows_and_one_more,
    drafts_of,
)
from procurement.decisions.models import Condition, Decision, Outcome
from procurement.decisions.supports import validity_if_approved
from procurement.reviews import access as reviews_access
from procurement.reviews import queries as reviews_queries
from procurement.reviews.models import Review
from vendors.calendar import clock
from vendors.calendar.words import written
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports.viewing import reading_address


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the draft: summary, residual risk, conditions with owner and date."""
    review = reviews_access.review_for(actor(request), pk)
    access.check_can_draft(actor(request), review)
    decision = Decision.objects.filter(review=review).first()
    adding = request.POST.get("add") == CONDITIONS
    if adding:
        form, conditions = DraftForm(initial=request.POST.dict()), condition_rows_and_one_more(request.POST)
    elif request.method == "POST":
        form, conditions = DraftForm(request.POST), ConditionFormSet(request.POST, prefix=CONDITIONS)
    else:
        form, conditions = DraftForm(initial=_draft_initial(decision)), condition_rows(decision)
    if request.method == "POST" and not adding and form.is_valid() and conditions.is_valid():
        try:
            services.save_draft(
                review=review,
                **form.cleaned_data,
                conditions=drafts_of(conditions),
                by=actor(request),
                on=clock.today(),
                now=clock.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Draft kept."))
            _warn_of_late_conditions(request, review)
            return redirect(review)
    context = {
        "review": review,
        "form": form,
        "conditions": conditions,
        "against": [finding for finding in reviews_queries.findings_for(review) if finding.weighs_against],
        "would_end": _would_end(review),
        "wanting_a_condition": reviews_queries.exceptions_answered_by_a_condition(review),
    }
    return render(request, "procurement/decisions/draft.html", context)


def _would_end(review: Review) -> date:
    """The last day of an approval taken today, as far as the records go."""
    today = clock.today()
    return validity_if_approved(review, reviews_queries.requirement_checks(review, today), today).until


def _warn_of_late_conditions(request: HttpRequest, review: Review) -> None:
    """A condition that falls due after the approval has ended suspends nothing."""
    ends = _would_end(review)
    late = Condition.objects.filter(decision__review=review, due_on__gt=ends).order_by("pk")
    for condition in late:
        words = {"text": condition.text, "due": written(condition.due_on), "ends": written(ends)}
        told = _("“%(text)s” is due on %(due)s, after the approval would end on %(ends)s: it could never suspend it.")
        messages.warning(request, told % words)


@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the approver and put the review before them."""
    review = reviews_access.review_for(actor(request), pk)
    reviews_access.check_can_submit(actor(request), review)
    form = SubmitForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        approver = get_object_or_404(User, pk=form.cleaned_data["approver"])
        try:
            services.submit(review=review, approver=approver, by=actor(request), on=clock.today(), now=clock.now())
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("Put before %(name)s.") % {"name": approver.name})
            return redirect(review)
    return render(request, "procurement/decisions/submit.html", {"review": review, "form": form})


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The reviewer takes the review back."""
    review = reviews_access.review_for(actor(request), pk)
    access.check_can_take_back(actor(request), review)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.take_back(review=review, reason=form.cleaned_data["reason"], by=actor(request), now=clock.now())
        messages.success(request, _("Taken back. You can change it and ask again."))
        return redirect(review)
    return render(request, "procurement/decisions/take_back.html", {"review": review, "form": form})


@fresh_authentication_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What was put before the approver, and their answer to it."""
    review = reviews_access.review_for(actor(request), pk)
    access.check_can_decide(actor(request), review)
    decision = get_object_or_404(Decision, review=review)
    form = DecideForm(request.POST or None, decision=decision, initial={"opened_sha256": decision.frozen_sha256})
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, review, form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    context = {
        "review": review,
        "decision": decision,
        "content": decision.frozen,
        "document": reading_address(review.report, actor(request), clock.today()),
        "form": form,
    }
    return render(request, "procurement/decisions/decide.html", context)


def _answer(request: HttpRequest, review: Review, answer: dict[str, Any]) -> HttpResponseRedirect:
    """Carry out the approver's answer and say what happened."""
    if answer["answer"] == DecideForm.RETURN:
        services.return_to_reviewer(review=review, reason=answer["reason"], by=actor(request), now=clock.now())
        messages.success(request, _("Returned to the reviewer."))
        return redirect(review)
    decision = services.decide(
        review=review,
        outcome=Outcome(answer["answer"]),
        reason=answer["reason"],
        opened_sha256=answer["opened_sha256"],
        by=actor(request),
        on=clock.today(),
        now=clock.now(),
    )
    messages.success(request, _("%(memo)s is issued.") % {"memo": decision.memo.number})
    return redirect(decision.memo)


@require_http_methods(["GET", "POST"])
def meet_condition(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a condition as met."""
    condition = Condition.objects.select_related("decision__review__vendor", "owner").filter(pk=pk).first()
    if condition is None:
        raise Http404
    if condition.owner_id != actor(request).pk:
        reviews_access.review_for(actor(request), condition.decision.review_id)
    access.check_can_meet(actor(request), condition)
    form = MeetConditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.meet_condition(
            condition=condition, note=form.cleaned_data["note"], by=actor(request), on=clock.today(), now=clock.now()
        )
        messages.success(request, _("The condition is marked as met."))
        return redirect("dashboard:today")
    return render(request, "procurement/decisions/meet_condition.html", {"condition": condition, "form": form})


def _draft_initial(decision: Decision | None) -> dict[str, Any]:
    if decision is None:
        return {}
    return {
        "summary": decision.summary,
        "residual_risk": decision.residual_risk,
        "residual_note": decision.residual_note,
    }
