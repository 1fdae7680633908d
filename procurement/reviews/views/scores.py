"""What the answers of a questionnaire are worth, opened down to each question, and a reviewer's own word on one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from procurement.questionnaires import access as questionnaires_access
from procurement.questionnaires.forms import RateForm
from procurement.questionnaires.models import Assessment
from procurement.questionnaires.queries import answers_of
from procurement.questionnaires.scores import scores_of
from procurement.reviews import access, services
from procurement.reviews.models import Review
from procurement.reviews.views.people import person
from procurement.reviews.views.questionnaires import UNPROCESSABLE, found_answer, found_assessment
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.forms.fields import show_refusal


@require_safe
def page(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """The score of each section with the answers behind it, for those who read the review's evidence."""
    return _show(request, *found_assessment(request, pk, assessment_pk))


@require_POST
def rate(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    """The assigned reviewer's word on one answer; what is missing is said beside its question."""
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    form = RateForm(request.POST, auto_id=f"rate-{answer.pk}-%s")
    if form.is_valid():
        try:
            services.rate_answer(review=review, answer=answer, **form.cleaned_data, by=person(request), now=clock.now())
        except Refused as refusal:
            if refusal.field is None:
                raise
            show_refusal(form, refusal)
        else:
            messages.success(request, _("%(ref)s is rated.") % {"ref": answer.question.ref})
            address = reverse("reviews:scores", args=[review.pk, answer.assessment_id])
            return HttpResponseRedirect(f"{address}#q-{answer.question.key}")
    refused = {"refused_pk": answer.pk, "refused_form": form}
    return _show(request, review, answer.assessment, status=UNPROCESSABLE, **refused)


def _show(
    request: HttpRequest, review: Review, assessment: Assessment, *, status: int = 200, **refused: Any
) -> HttpResponse:
    by = person(request)
    may_rate = access.can_judge(by, review) and questionnaires_access.can_judge(by, assessment)
    context: dict[str, Any] = {
        "review": review,
        "assessment": assessment,
        "scores": scores_of(assessment, answers_of(assessment)),
        "may_rate": may_rate,
        **refused,
    }
    return render(request, "procurement/reviews/scores.html", context, status=status)
