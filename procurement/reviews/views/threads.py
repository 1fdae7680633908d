"""Comments on the answers of a questionnaire: written one by one, sent to the vendor together."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.forms import RemarkForm
from procurement.questionnaires.threads import comments_on
from procurement.reviews import services
from procurement.reviews.questionnaire_page import page_address
from procurement.reviews.views.people import person
from procurement.reviews.views.questionnaires import found_answer, found_assessment
from vendors.calendar import clock


@require_POST
def comment(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    """Say something about an answer, among ourselves or to the vendor. What kept it from being taken is told there."""
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    form = RemarkForm(request.POST)
    if form.is_valid():
        services.comment_on_answer(
            review=review, answer=answer, **form.cleaned_data, by=person(request), now=clock.now()
        )
    for error in form.errors.get("text", []):
        messages.error(request, str(error))
    return HttpResponseRedirect(page_address(review, answer.assessment, answer))


@require_POST
def send(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """The comments for the vendor leave in one mail a person."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    services.send_comments(review=review, assessment=assessment, by=person(request), now=clock.now())
    messages.success(request, _("The vendor can read your comments now."))
    return HttpResponseRedirect(page_address(review, assessment))


@require_POST
def withdraw(request: HttpRequest, pk: int, assessment_pk: int, comment_pk: int) -> HttpResponse:
    """Take back what one wrote for the vendor, before it leaves."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    found = comments_on(assessment).select_related("answer__question").filter(pk=comment_pk).first()
    if found is None:
        raise Http404
    found.answer.assessment = assessment
    questionnaires.withdraw_comment(comment=found, by=person(request), now=clock.now())
    messages.success(request, _("Withdrawn. The vendor never reads it."))
    return HttpResponseRedirect(page_address(review, assessment, found.answer))
