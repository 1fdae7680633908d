"""One section: who answers it, and handing it over before the rest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import ColleagueForm
from procurement.questionnaires.models import Assessment, Section
from procurement.questionnaires.portal_views.colleagues import colleagues_in, standing_with
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import show_refusal

UNPROCESSABLE = 422


@behind_the_door
@require_safe
def section(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    """What is open in the section, who answers it, and the button that hands it over."""
    assessment, found = _found(request, pk, section_pk)
    return _show(request, assessment, found)


@behind_the_door
@require_POST
def assign(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    assessment, found = _found(request, pk, section_pk)
    form = ColleagueForm(colleagues_in(assessment), request.POST)
    if form.is_valid():
        try:
            services.assign_section(
                assessment=assessment,
                section=found,
                **form.cleaned_data,
                by=actor(request),
                now=clock.now(),
                on=clock.today(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
    if form.errors:
        return _show(request, assessment, found, form=form, status=UNPROCESSABLE)
    contact = form.cleaned_data["contact"]
    told = _("%(name)s answers “%(section)s”.") if contact else _("“%(section)s” is open to everybody now.")
    messages.success(request, told % {"name": contact.name if contact else "", "section": found.title})
    return redirect("questionnaires:page", pk=assessment.pk)


@behind_the_door
@require_POST
def submit_section(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    assessment, found = _found(request, pk, section_pk)
    services.submit_section(assessment=assessment, section=found, by=actor(request), now=clock.now())
    messages.success(request, _("“%(section)s” is with us now.") % {"section": found.title})
    return _to_section(assessment, found)


@behind_the_door
@require_POST
def take_back(request: HttpRequest, pk: int, section_pk: int) -> HttpResponse:
    assessment, found = _found(request, pk, section_pk)
    services.take_section_back(assessment=assessment, section=found, by=actor(request), now=clock.now())
    messages.success(request, _("“%(section)s” is yours to answer again.") % {"section": found.title})
    return _to_section(assessment, found)


def _found(request: HttpRequest, pk: int, section_pk: int) -> tuple[Assessment, Section]:
    assessment = access.assessment_for(actor(request), pk)
    found = access.section_for(assessment, section_pk)
    access.check_sees_section(actor(request), assessment, found)
    access.check_can_answer(actor(request), assessment)
    return assessment, found


def _show(
    request: HttpRequest,
    assessment: Assessment,
    found: Section,
    *,
    form: ColleagueForm | None = None,
    status: int = 200,
) -> HttpResponse:
    inside = queries.answers_in(queries.answers_of(assessment), found)
    given = queries.assignments_of(assessment).filter(section=found).first()
    form = form or ColleagueForm(colleagues_in(assessment), initial=standing_with(given))
    missing = queries.missing_in(inside)
    context = {
        "assessment": assessment,
        "section": found,
        "form": form,
        "missing": missing,
        "progress": queries.progress_of(inside),
        "is_handed_over": bool(inside) and not any(answer.is_with_vendor for answer in inside),
        "may_hand_over": access.can_submit_section(actor(request), assessment),
    }
    return render(request, "procurement/questionnaires/portal_section.html", context, status=status)


def _to_section(assessment: Assessment, found: Section) -> HttpResponse:
    return HttpResponseRedirect(f"{assessment.get_absolute_url()}#s-{found.position}")
