"""The import wizard: a file, its sheets, one sheet's columns and rows, the summary, the draft."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires import access, services
from procurement.questionnaires.forms.imports import (
    FileToImportForm,
    MakeDraftForm,
    ProfileForm,
    SheetForm,
    SheetsForm,
)
from procurement.questionnaires.import_page import (
    FILTERS,
    ROWS_A_PAGE,
    SheetPage,
    layout_of,
    questions_by_sheet,
    reading_of,
    section_counts,
    sheet_page,
    warnings_of,
    with_sheets,
)
from procurement.questionnaires.importing.profiles import PROFILES
from procurement.questionnaires.models import ImportJob, ImportProfile, Questionnaire
from procurement.questionnaires.views.versions import FOLDER, FORM_METHODS, UNPROCESSABLE
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.reports.forms.fields import sent, show_refusal


@require_http_methods(FORM_METHODS)
def import_file(request: HttpRequest) -> HttpResponse:
    """Choose a file. It is read at once; nothing becomes a question before the draft is made."""
    access.check_can_draft(actor(request))
    form = FileToImportForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name or "file"
        try:
            job = services.begin_import(data=form.data_of(), name=name, by=actor(request), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(job)
    context = {
        "form": form,
        "open": ImportJob.objects.filter(state=ImportJob.State.OPEN),
        "profiles": ImportProfile.objects.all(),
        "known": [profile.name for profile in PROFILES],
    }
    return render(request, FOLDER + "import.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(FORM_METHODS)
def import_job(request: HttpRequest, import_pk: int) -> HttpResponse:
    """What was read, sheet by sheet; sent, the file is read again with other roles of its sheets."""
    job = access.import_for(actor(request), import_pk)
    if request.method != "POST":
        return _show(request, job)
    access.check_can_import(actor(request), job)
    form = SheetsForm(layout_of(job), request.POST)
    if form.is_valid():
        try:
            services.read_again(job=job, layout=form.decided(), kinds=job.kinds, by=actor(request), now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Read again as you chose."))
            return redirect(job)
    return _show(request, job, sheets=form, status=UNPROCESSABLE)


@require_http_methods(FORM_METHODS)
def import_sheet(request: HttpRequest, import_pk: int, number: int) -> HttpResponse:
    """One sheet: header row, columns with samples, rows with filters. What is changed is read again."""
    job = access.import_for(actor(request), import_pk)
    access.check_can_import(actor(request), job)
    shown = _sheet_or_404(job, number)
    chosen = request.GET.get("rows", "all")
    chosen = chosen if chosen in FILTERS else "all"
    rows = Paginator(shown.filtered(chosen), ROWS_A_PAGE).get_page(request.GET.get("page"))
    form = SheetForm(shown, list(rows.object_list), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sheet = form.sheet()
        kinds = {**job.kinds, sheet.name: {**job.kinds.get(sheet.name, {}), **form.kinds()}}
        try:
            services.read_again(
                job=job,
                layout=with_sheets(layout_of(job), [sheet]),
                kinds=kinds,
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Read again with your changes."))
            return HttpResponseRedirect(request.get_full_path())
    context = {
        "job": job,
        "page": shown,
        "form": form,
        "rows": rows,
        "segments": [
            {
                "label": label,
                "href": f"?rows={name}",
                "count": len(shown.filtered(name)),
                "is_current": name == chosen,
            }
            for name, (label, _holds) in FILTERS.items()
        ],
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, FOLDER + "import_sheet.html", context, status=status)


@require_POST
def make_draft(request: HttpRequest, import_pk: int) -> HttpResponse:
    """A draft of everything that was read; pressed "compare", first what would change."""
    job = access.import_for(actor(request), import_pk)
    access.check_can_import(actor(request), job)
    form = MakeDraftForm(list(Questionnaire.objects.order_by("title")), request.POST)
    if not form.is_valid():
        return _show(request, job, make=form, status=UNPROCESSABLE)
    chosen = {"title": form.cleaned_data["title"], "family": form.chosen_family()}
    if "compare" in request.POST and chosen["family"] is None:
        form.add_error("family", _("Choose the questionnaire to compare it with."))
        return _show(request, job, make=form, status=UNPROCESSABLE)
    if "compare" in request.POST:
        _content, difference = services.draft_content(job, **chosen)
        return _show(request, job, make=form, difference=difference, compared=chosen["family"])
    try:
        _content, difference = services.draft_content(job, **chosen)
        version = services.make_draft(job=job, **chosen, by=actor(request), now=clock.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, job, make=form, status=UNPROCESSABLE)
    messages.success(request, _("The draft is made. Look it over, then publish it."))
    if difference and difference.loosened:
        told = _("Asked without their condition, because what it asks does not stand before them: %(refs)s.")
        messages.warning(request, told % {"refs": ", ".join(difference.loosened)})
    return redirect(version)


@require_POST
def keep_profile(request: HttpRequest, import_pk: int) -> HttpResponse:
    """Remember the mapping of columns for the next file of this make."""
    job = access.import_for(actor(request), import_pk)
    access.check_can_import(actor(request), job)
    form = ProfileForm(request.POST)
    if form.is_valid():
        try:
            services.keep_profile(job=job, name=form.cleaned_data["name"], by=actor(request), now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Kept. A file with the same heads is read this way from now on."))
            return redirect(job)
    return _show(request, job, profile=form, status=UNPROCESSABLE)


@require_POST
def forget_profile(request: HttpRequest, profile_pk: int) -> HttpResponse:
    """A mapping that reads files wrongly is read by no more."""
    found = access.profile_for(actor(request), profile_pk)
    services.forget_profile(profile=found, by=actor(request), now=clock.now())
    messages.success(request, _("“%(name)s” is forgotten.") % {"name": found.name})
    return redirect("questionnaires:import")


@require_POST
def discard_import(request: HttpRequest, import_pk: int) -> HttpResponse:
    job = access.import_for(actor(request), import_pk)
    services.discard_import(job=job, by=actor(request), now=clock.now())
    messages.success(request, _("Discarded. The file is destroyed."))
    return redirect("questionnaires:import")


def _show(request: HttpRequest, job: ImportJob, *, status: int = 200, **shown: Any) -> HttpResponse:
    """The summary: what was found, what to look at, and the forms that go on from there."""
    context: dict[str, Any] = {"job": job, "may_go_on": access.can_import(actor(request), job), **shown}
    if job.state == ImportJob.State.OPEN:
        context |= _of_own(job) if job.content is not None else _of_reading(job)
        families = list(Questionnaire.objects.order_by("title"))
        context.setdefault("make", MakeDraftForm(families, initial=_suggested(job, families, context["title"])))
        context.setdefault("profile", ProfileForm(initial={"name": layout_of(job).profile} if job.layout else None))
        context.setdefault("sheets", SheetsForm(layout_of(job)) if job.layout else None)
        if context["sheets"]:
            counts = questions_by_sheet(reading_of(job))
            context["table"] = [
                (
                    number,
                    sheet,
                    counts.get(sheet.name, 0),
                    context["sheets"][f"sheet-{number}"],
                    round(sheet.confidence * 100),
                )
                for number, sheet in enumerate(layout_of(job).sheets, start=1)
            ]
    return render(request, FOLDER + "import_job.html", context, status=status)


def _of_reading(job: ImportJob) -> dict[str, Any]:
    draft = reading_of(job)
    return {
        "title": draft.title,
        "question_count": len(draft.questions),
        "sections": section_counts(draft),
        "warnings": warnings_of(layout_of(job), draft),
        "layout": layout_of(job),
    }


def _of_own(job: ImportJob) -> dict[str, Any]:
    """A file of our own format is taken as it is: nothing in it is a guess."""
    content = job.content or {}
    sections = services.sections_in(content["sections"])
    return {
        "title": content["title"],
        "question_count": sum(count for _title, count in sections),
        "sections": sections,
        "warnings": [],
        "layout": None,
    }


def _suggested(job: ImportJob, families: list[Questionnaire], title: str) -> dict[str, Any]:
    """A file of our own names its questionnaire; a newer file of another make is often called as before."""
    key = (job.content or {}).get("questionnaire", "")
    known = next((each for each in families if each.key == key or each.title.casefold() == title.casefold()), None)
    return {"title": title[:120], "family": str(known.pk) if known else ""}


def _sheet_or_404(job: ImportJob, number: int) -> SheetPage:
    sheets = len(job.layout.get("sheets", ()))
    if not 1 <= number <= sheets:
        raise Http404
    return sheet_page(job, number)
