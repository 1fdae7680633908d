"""A question that the report answers, answered by the vendor all the same."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import AnswerForm
from procurement.questionnaires.portal_views.places import place_of
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import show_refusal

UNPROCESSABLE = 422


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """What the report says, and the form that says something else."""
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_correct(actor(request), found)
    form = AnswerForm(found, request.POST if request.method == "POST" else None)
    form.fields["comment"].label = _("What is different from the report")
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_covered(answer=found, given=form.given(), by=actor(request), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            ref = found.question.ref
            messages.success(request, _("%(ref)s is yours to answer now; your answer is kept.") % {"ref": ref})
            return HttpResponseRedirect(place_of(found))
    context = {
        "answer": found,
        "assessment": found.assessment,
        "form": form,
        "coverage": queries.coverage_of(found.assessment)[found.pk],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procurement/questionnaires/portal_correct.html", context, status=status)
