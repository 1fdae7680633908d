"""Giving one question to a colleague."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import ColleagueForm
from procurement.questionnaires.models import Assessment, Assignment
from procurement.questionnaires.portal_views.places import place_of
from vendors.calendar import clock
from vendors.contacts.models import Contact, ContactQuerySet
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent, show_refusal

UNPROCESSABLE = 422


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def assign_question(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """Who answers this question, and by when."""
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_change(actor(request), found)
    given = queries.assignments_of(found.assessment).filter(question=found.question_id).first()
    form = ColleagueForm(colleagues_in(found.assessment), **sent(request), initial=standing_with(given))
    if request.method == "POST" and form.is_valid():
        try:
            services.assign_question(
                answer=found, **form.cleaned_data, by=actor(request), now=clock.now(), on=clock.today()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            contact, ref = form.cleaned_data["contact"], found.question.ref
            told = _("%(name)s answers %(ref)s.") if contact else _("%(ref)s is open to everybody now.")
            messages.success(request, told % {"name": contact.name if contact else "", "ref": ref})
            return HttpResponseRedirect(place_of(found))
    context = {"answer": found, "assessment": found.assessment, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "procurement/questionnaires/portal_assign.html", context, status=status)


def colleagues_in(assessment: Assessment) -> ContactQuerySet:
    """Who speaks for the vendor today."""
    return Contact.objects.active().filter(vendor=assessment.vendor_id).select_related("user")


def standing_with(given: Assignment | None) -> dict[str, Any]:
    """What the form shows first."""
    return {"contact": given.contact, "due_on": given.due_on} if given else {}
