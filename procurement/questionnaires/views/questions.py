"""Questions of a draft: added, changed, moved, removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires import access, services
from procurement.questionnaires.forms import QuestionSheet
from procurement.questionnaires.models import Question, QuestionnaireVersion
from procurement.questionnaires.versions import questions_before
from procurement.questionnaires.views.sections import draft_for, place_of_section, step_in
from procurement.questionnaires.views.versions import FOLDER, FORM_METHODS, UNPROCESSABLE
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports.forms.fields import show_refusal


@require_http_methods(FORM_METHODS)
def add_question(request: HttpRequest, version_pk: int, part_pk: int) -> HttpResponse:
    """A question at the end of this section. "Save and add another" comes back to an empty form."""
    found = draft_for(request, version_pk)
    part = access.section_in(found, part_pk)
    sheet = _sheet(request, found, Question(section=part))
    if request.method == "POST" and sheet.is_valid():
        section = access.section_in(found, sheet.form.cleaned_data["section"])
        try:
            question = services.add_question(section=section, asked=sheet.asked(), by=actor(request), now=clock.now())
        except Refused as refusal:
            show_refusal(sheet.form, refusal)
        else:
            messages.success(request, _("%(ref)s is added.") % {"ref": question.ref})
            if request.POST.get("then") == "another":
                return HttpResponseRedirect(request.path)
            return _place(found, question)
    return _show(request, found, sheet, is_new=True)


@require_http_methods(FORM_METHODS)
def question(request: HttpRequest, version_pk: int, question_pk: int) -> HttpResponse:
    """Everything about one question."""
    found = draft_for(request, version_pk)
    asked = access.question_in(found, question_pk)
    sheet = _sheet(request, found, asked)
    if request.method == "POST" and sheet.is_valid():
        section = access.section_in(found, sheet.form.cleaned_data["section"])
        try:
            changed = services.change_question(
                question=asked,
                asked=sheet.asked(),
                seen=sheet.form.cleaned_data["seen"],
                section=section,
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            show_refusal(sheet.form, refusal)
        else:
            messages.success(request, _("%(ref)s is saved.") % {"ref": changed.ref})
            return _place(found, changed)
    return _show(request, found, sheet, is_new=False)


@require_POST
def move_question(request: HttpRequest, version_pk: int, question_pk: int) -> HttpResponse:
    found = draft_for(request, version_pk)
    asked = access.question_in(found, question_pk)
    services.move_question(question=asked, step=step_in(request), by=actor(request), now=clock.now())
    return _place(found, asked)


@require_POST
def remove_question(request: HttpRequest, version_pk: int, question_pk: int) -> HttpResponse:
    found = draft_for(request, version_pk)
    asked = access.question_in(found, question_pk)
    services.remove_question(question=asked, by=actor(request), now=clock.now())
    messages.success(request, _("%(ref)s is gone.") % {"ref": asked.ref})
    return place_of_section(asked.section)


def _sheet(request: HttpRequest, version: QuestionnaireVersion, question: Question) -> QuestionSheet:
    return QuestionSheet(
        question,
        sections=list(version.sections.all()),
        earlier=questions_before(question.section, question),
        seen=services.seen_of(question) if question.pk else "",
        data=request.POST if request.method == "POST" else None,
    )


def _show(request: HttpRequest, version: QuestionnaireVersion, sheet: QuestionSheet, *, is_new: bool) -> HttpResponse:
    context = {
        "version": version,
        "sheet": sheet,
        "question": sheet.question,
        "is_new": is_new,
        "chosen_criteria": sheet.form["criteria"].value() or [],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, FOLDER + "question.html", context, status=status)


def _place(version: QuestionnaireVersion, question: Question) -> HttpResponse:
    return HttpResponseRedirect(f"{version.get_absolute_url()}#q-{question.key}")
