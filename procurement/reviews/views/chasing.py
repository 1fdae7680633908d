"""While the vendor has a questionnaire: ask once more, name another day, take it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires.forms import CancelForm, DueDateForm
from procurement.reviews import access, services
from procurement.reviews.questionnaire_page import page_address
from procurement.reviews.views.people import person
from procurement.reviews.views.questionnaires import FORM_METHODS, found_assessment, tell_unsent
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.forms.fields import sent, show_refusal


@require_POST
def chase(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """One mail to the contact, now."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    chased = services.chase_questionnaire(review=review, assessment=assessment, by=person(request), now=clock.now())
    messages.success(request, _("%(contact)s gets a mail.") % {"contact": chased.contact})
    return HttpResponseRedirect(page_address(review, assessment))


@require_http_methods(FORM_METHODS)
def change_due(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """Another day; the contact is told and reminders follow it."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    by = person(request)
    access.check_can_send(by, review)
    form = DueDateForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_questionnaire_due(
                review=review,
                assessment=assessment,
                **form.cleaned_data,
                by=by,
                now=clock.now(),
                on=clock.today(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The due date has moved."))
            return HttpResponseRedirect(page_address(review, assessment))
    context = {"form": form, "review": review, "assessment": assessment}
    return render(request, "procurement/reviews/questionnaire_due.html", context)


@require_http_methods(FORM_METHODS)
def cancel(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """A page of its own asks first: a cancelled questionnaire cannot be taken up again."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    by = person(request)
    access.check_can_send(by, review)
    form = CancelForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        services.cancel_questionnaire(review=review, assessment=assessment, **form.cleaned_data, by=by, now=clock.now())
        messages.success(request, _("The questionnaire is cancelled."))
        tell_unsent(request, assessment)
        return HttpResponseRedirect(review.get_absolute_url())
    context = {"form": form, "review": review, "assessment": assessment}
    return render(request, "procurement/reviews/cancel_questionnaire.html", context)
