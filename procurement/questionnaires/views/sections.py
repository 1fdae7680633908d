"""Sections of a draft: added, changed, moved, removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires import access, services
from procurement.questionnaires.forms import NewSectionForm, RuleForm, SectionForm
from procurement.questionnaires.models import QuestionnaireVersion, Section
from procurement.questionnaires.versions import questions_before
from procurement.questionnaires.views.versions import FOLDER, FORM_METHODS, UNPROCESSABLE, show_version
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports.forms.fields import sent, show_refusal

STEPS = {"up": -1, "down": 1}


def draft_for(request: HttpRequest, version_pk: int) -> QuestionnaireVersion:
    """The draft, for whoever may change it. Raises Http404, NotAllowed, Refused."""
    found = access.version_for(actor(request), version_pk)
    access.check_can_edit(actor(request), found)
    return found


@require_POST
def add_section(request: HttpRequest, version_pk: int) -> HttpResponse:
    found = draft_for(request, version_pk)
    form = NewSectionForm(list(found.sections.all()), request.POST)
    if form.is_valid():
        parent = form.cleaned_data.pop("parent")
        try:
            section = services.add_section(
                version=found,
                parent=found.sections.filter(pk=parent).first(),
                **form.cleaned_data,
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return place_of_section(section)
    return show_version(request, found, new_section=form, status=UNPROCESSABLE)


@require_http_methods(FORM_METHODS)
def section(request: HttpRequest, version_pk: int, part_pk: int) -> HttpResponse:
    """Title, first words and condition of one section."""
    found = draft_for(request, version_pk)
    part = access.section_in(found, part_pk)
    form = SectionForm(**sent(request), initial={"title": part.title, "intro": part.intro})
    rule = RuleForm(questions_before(part), part.visible_if, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all([form.is_valid(), rule.is_valid()]):
        try:
            services.change_section(
                section=part, **form.cleaned_data, visible_if=rule.rule(), by=actor(request), now=clock.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return place_of_section(part)
    context = {"version": found, "section": part, "form": form, "rule": rule}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, FOLDER + "section.html", context, status=status)


@require_POST
def move_section(request: HttpRequest, version_pk: int, part_pk: int) -> HttpResponse:
    found = draft_for(request, version_pk)
    part = access.section_in(found, part_pk)
    services.move_section(section=part, step=step_in(request), by=actor(request), now=clock.now())
    part.refresh_from_db()
    return place_of_section(part)


@require_POST
def remove_section(request: HttpRequest, version_pk: int, part_pk: int) -> HttpResponse:
    found = draft_for(request, version_pk)
    part = access.section_in(found, part_pk)
    services.remove_section(section=part, by=actor(request), now=clock.now())
    messages.success(request, _("“%(title)s” is gone, with its questions.") % {"title": part.title})
    return redirect(found)


def step_in(request: HttpRequest) -> int:
    """Up or down, as the pressed button says. Raises Refused."""
    step = STEPS.get(request.POST.get("way", ""))
    if step is None:
        raise Refused(_("Press “up” or “down”."))
    return step


def place_of_section(section: Section) -> HttpResponse:
    """Where the section stands on the page of its version."""
    return HttpResponseRedirect(f"{section.version.get_absolute_url()}#s-{section.pk}")
