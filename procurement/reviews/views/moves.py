"""Moving a review: take, assign, hand over, begin, return to collecting, withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.reviews import access, services
from procurement.reviews.forms.acts import HandOverForm, ReturnForm, WithdrawForm
from procurement.reviews.models import State
from procurement.reviews.views.people import person
from procurement.reviews.waiting import what_comes_next
from vendors.calendar import clock
from vendors.directory.returning import return_from

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    review = access.review_for(by, pk)
    review = services.take_review(review=review, by=by, now=clock.now())
    next_act = what_comes_next(review, on=clock.today())
    messages.success(request, _("%(number)s is yours. %(next)s") % {"number": review.number, "next": next_act})
    return return_from(request, review.get_absolute_url())


@require_http_methods(FORM_METHODS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a review that waits to another reviewer."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_take(by, review)
    form = HandOverForm(request.POST or None, reviewers=access.reviewers_for(review).exclude(pk=by.pk))
    if request.method == "POST" and form.is_valid():
        services.assign_review(review=review, **form.cleaned_data, by=by, now=clock.now())
        to = form.cleaned_data["to"]
        message = _("%(name)s reviews %(number)s now.") % {"name": to.name, "number": review.number}
        messages.success(request, message)
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/assign.html", {"form": form, "review": review})


@require_http_methods(FORM_METHODS)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_hand_over(by, review)
    form = HandOverForm(request.POST or None, reviewers=access.reviewers_for(review))
    if request.method == "POST" and form.is_valid():
        services.hand_over(review=review, **form.cleaned_data, by=by, now=clock.now())
        to = form.cleaned_data["to"]
        message = _("%(name)s reviews %(number)s now.") % {"name": to.name, "number": review.number}
        messages.success(request, message)
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/hand_over.html", {"form": form, "review": review})


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    review = access.review_for(by, pk)
    review = services.begin_review(review=review, by=by, now=clock.now())
    if review.state == State.REMEDIATION:
        messages.warning(request, _("The opinion is modified, so a remediation is open. Say what is done about it."))
    else:
        messages.success(request, _("The review is open for reading."))
    return return_from(request, review.get_absolute_url())


@require_http_methods(FORM_METHODS)
def return_to_collecting(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_return_to_collecting(by, review)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.return_to_collecting(review=review, **form.cleaned_data, by=by, now=clock.now())
        messages.success(request, _("Back to collecting."))
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/return_to_collecting.html", {"form": form, "review": review})


@require_http_methods(FORM_METHODS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own asks first: a withdrawn review cannot be opened again."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_withdraw(by, review)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(review=review, **form.cleaned_data, by=by, now=clock.now())
        messages.success(request, _("%(number)s is withdrawn.") % {"number": review.number})
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/withdraw.html", {"form": form, "review": review})
