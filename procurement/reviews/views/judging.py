"""Exceptions and user entity controls. Scope fit is said on the facts page, beside the document."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from procurement.reviews import access, services
from procurement.reviews.forms.judging import ControlsForm, ExceptionsForm
from procurement.reviews.models import Review
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from
from vendors.reports.models import ReportException

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def exceptions(request: HttpRequest, pk: int) -> HttpResponse:
    """All exceptions of the report in one form."""
    return _judge(request, pk, None)


@require_http_methods(FORM_METHODS)
def exception(request: HttpRequest, pk: int, exception_pk: int) -> HttpResponse:
    """One exception, from its row on the review's page."""
    return _judge(request, pk, exception_pk)


@require_http_methods(FORM_METHODS)
def controls(request: HttpRequest, pk: int) -> HttpResponse:
    """All user entity controls of the report in one form."""
    review = _judged(request, pk)
    cuecs = list(review.report.cuecs.all()) if review.report else []
    form = ControlsForm(request.POST or None, review=review, cuecs=cuecs)
    if request.method == "POST" and form.is_valid():
        changed = services.set_cuec_statuses(
            review=review, statuses=form.statuses(), by=person(request), now=clock.now()
        )
        saved = ngettext("%(count)s user entity control saved.", "%(count)s user entity controls saved.", len(changed))
        messages.success(request, saved % {"count": len(changed)})
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/controls.html", {"form": form, "review": review})


def _judge(request: HttpRequest, pk: int, exception_pk: int | None) -> HttpResponse:
    review = _judged(request, pk)
    wanted = _exceptions_of(review)
    if exception_pk is not None:
        wanted = wanted.filter(pk=exception_pk)
        if not wanted:
            raise Http404
    form = ExceptionsForm(request.POST or None, review=review, exceptions=list(wanted))
    if request.method == "POST" and form.is_valid():
        changed = services.judge_exceptions(
            review=review, judgements=form.judgements(), by=person(request), now=clock.now()
        )
        saved = ngettext("%(count)s exception saved.", "%(count)s exceptions saved.", len(changed))
        messages.success(request, saved % {"count": len(changed)})
        return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/exceptions.html", {"form": form, "review": review})


def _judged(request: HttpRequest, pk: int) -> Review:
    """The review, for its assigned reviewer while it is worked on. Raises Http404, NotAllowed or Refused otherwise."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_judge(by, review)
    return review


def _exceptions_of(review: Review) -> QuerySet[ReportException]:
    return (
        ReportException.objects.filter(report=review.report_id) if review.report_id else ReportException.objects.none()
    )
