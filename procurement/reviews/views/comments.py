"""Writing and withdrawing comments. They are shown on the pages of reviews and findings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from procurement.reviews import access, services
from procurement.reviews.forms.comments import CommentForm
from procurement.reviews.views.people import person
from vendors.calendar import clock


@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a review."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_comment(by, review)
    form = CommentForm(request.POST, may_share=not access.reads_only_status(by, review))
    if form.is_valid():
        shared = bool(form.cleaned_data.get("shared"))
        services.comment_on_review(review=review, text=form.cleaned_data["text"], shared=shared, by=by, now=clock.now())
        messages.success(request, _("Your comment is written."))
    return _back(request, form, review.get_absolute_url())


@require_POST
def comment_on_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a finding."""
    by = person(request)
    finding = access.finding_for(by, pk)
    access.check_can_comment_on_finding(by, finding)
    form = CommentForm(request.POST, may_share=False)
    if form.is_valid():
        services.comment_on_finding(finding=finding, text=form.cleaned_data["text"], by=by, now=clock.now())
        messages.success(request, _("Your comment is written."))
    return _back(request, form, finding.get_absolute_url())


@require_POST
def withdraw_comment(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    found = access.comment_for(by, pk)
    access.check_can_withdraw_comment(by, found)
    services.withdraw_comment(comment=found, by=by, now=clock.now())
    messages.success(request, _("Your comment is withdrawn."))
    about = found.finding or found.review
    return HttpResponseRedirect(f"{about.get_absolute_url()}#comments")


def _back(request: HttpRequest, form: CommentForm, page: str) -> HttpResponse:
    """Back to the comments; what kept the text from being taken is said there."""
    for bound in form:
        for error in bound.errors:
            messages.error(request, str(error))
    return HttpResponseRedirect(f"{page}#comments")
