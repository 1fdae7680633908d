"""Questionnaires and their versions: the list, one version, and what is done with it as a whole."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.questionnaires import access, services
from procurement.questionnaires.content import version_content
from procurement.questionnaires.countries import country_names
from procurement.questionnaires.forms import NewSectionForm, VersionForm
from procurement.questionnaires.models import QuestionnaireVersion
from procurement.questionnaires.preview import preview_of
from procurement.questionnaires.version_page import blocks_of, sections_of, to_settle
from procurement.questionnaires.versions import families, with_amounts
from vendors.calendar import clock
from vendors.people.requests import actor
from vendors.reports.forms.fields import sent

FORM_METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
FOLDER = "procurement/questionnaires/"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every questionnaire with its versions."""
    access.check_can_read(actor(request))
    context = {"families": families(), "may_draft": access.can_draft(actor(request))}
    context["lists_sent"] = access.can_list_sent(actor(request))
    return render(request, FOLDER + "list.html", context)


@require_http_methods(FORM_METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A questionnaire of our own, from an empty page."""
    access.check_can_draft(actor(request))
    form = VersionForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        version = services.begin_questionnaire(**form.cleaned_data, by=actor(request), now=clock.now())
        messages.success(request, _("The draft is there. Add a section, then questions."))
        return redirect(version)
    return _form(request, form, title=_("New questionnaire"), act=_("Begin the draft"))


@require_safe
def version(request: HttpRequest, version_pk: int) -> HttpResponse:
    """One version with every question; a draft with what is left to settle."""
    return show_version(request, access.version_for(actor(request), version_pk))


@require_http_methods(FORM_METHODS)
def edit(request: HttpRequest, version_pk: int) -> HttpResponse:
    """Title and first words of a draft."""
    found = access.version_for(actor(request), version_pk)
    access.check_can_edit(actor(request), found)
    initial = {"title": found.title, "intro": found.intro, "purpose": found.questionnaire.purpose}
    form = VersionForm(**sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_version(version=found, **form.cleaned_data, by=actor(request), now=clock.now())
        messages.success(request, _("Saved."))
        return redirect(found)
    return _form(request, form, title=_("Title and first words"), act=_("Save"), version=found)


@require_POST
def copy(request: HttpRequest, version_pk: int) -> HttpResponse:
    """A new draft that begins as a copy of this version."""
    found = access.version_for(actor(request), version_pk)
    draft = services.copy_as_draft(version=found, by=actor(request), now=clock.now())
    messages.success(
        request,
        _("Draft %(number)s begins as a copy of version %(copied)s.")
        % {"number": draft.number, "copied": found.number},
    )
    return redirect(draft)


@require_POST
def publish(request: HttpRequest, version_pk: int) -> HttpResponse:
    found = access.version_for(actor(request), version_pk)
    services.publish(version=found, by=actor(request), now=clock.now())
    messages.success(request, _("Published. It can be sent now, and its words stay as they are."))
    return redirect(found)


@require_POST
def retire(request: HttpRequest, version_pk: int) -> HttpResponse:
    found = access.version_for(actor(request), version_pk)
    services.retire(version=found, by=actor(request), now=clock.now())
    messages.success(request, _("Retired. It is sent no more; what was sent of it goes on."))
    return redirect(found)


@require_POST
def remove(request: HttpRequest, version_pk: int) -> HttpResponse:
    """A draft that nobody wants."""
    found = access.version_for(actor(request), version_pk)
    services.remove_draft(version=found, by=actor(request), now=clock.now())
    messages.success(request, _("The draft is gone."))
    return redirect("questionnaires:index")


@require_http_methods(FORM_METHODS)
def preview(request: HttpRequest, version_pk: int) -> HttpResponse:
    """As the vendor sees it. What is typed here is looked at for conditions and kept nowhere."""
    found = access.version_for(actor(request), version_pk)
    shown = preview_of(found, request.POST if request.method == "POST" else None)
    context = {"version": found, "page": shown, "countries": country_names() if shown.has_countries else []}
    return render(request, FOLDER + "preview.html", context)


@require_safe
def as_json(request: HttpRequest, version_pk: int) -> HttpResponse:
    """The version in our own format: the bytes its SHA-256 is made of are this content (docs/questionnaires.md)."""
    found = access.version_for(actor(request), version_pk)
    body = json.dumps(version_content(found), ensure_ascii=False, indent=1) + "\n"
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.questionnaire.key}-{found.number}.json"'
    return answer


def show_version(
    request: HttpRequest,
    version: QuestionnaireVersion,
    *,
    new_section: NewSectionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a version; with a form for a section that came back with something to correct."""
    user = actor(request)
    sections = sections_of(version)
    may_edit = access.can_edit(user, version)
    context = {
        "version": version,
        "amounts": with_amounts(QuestionnaireVersion.objects.filter(pk=version.pk)).get(),
        "versions": version.questionnaire.versions.order_by("-number"),
        "blocks": blocks_of(sections),
        "left": to_settle(version, sections) if version.state == QuestionnaireVersion.State.DRAFT else [],
        "may_edit": may_edit,
        "may_draft": access.can_draft(user),
        "may_send": access.can_send(user) and version.state == QuestionnaireVersion.State.PUBLISHED,
        "may_retire": access.can_retire(user, version),
        "new_section": (new_section or NewSectionForm(sections)) if may_edit else None,
    }
    return render(request, FOLDER + "version.html", context, status=status)


def _form(
    request: HttpRequest, form: VersionForm, *, title: str, act: str, version: QuestionnaireVersion | None = None
) -> HttpResponse:
    context = {"form": form, "title": title, "act": act, "version": version}
    return render(request, FOLDER + "form.html", context, status=UNPROCESSABLE if form.errors else 200)
