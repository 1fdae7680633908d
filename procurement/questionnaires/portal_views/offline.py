"""Answering offline: the questionnaire as a workbook, the workbook back, what it would change, and undoing that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import AnswersFileForm
from procurement.questionnaires.offline.making import workbook_of
from procurement.questionnaires.offline_page import look_through, sent_before, waits_for_decision
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent, show_refusal
from vendors.vault.downloads import workbook_attachment

FORM_METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422
OFFLINE = "procurement/questionnaires/portal_offline.html"
COMPARED = "procurement/questionnaires/portal_answer_import.html"


@behind_the_door
@require_http_methods(FORM_METHODS)
def offline(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to take along, and the filled in one back. It is read at once; no answer changes yet."""
    assessment = access.assessment_for(actor(request), pk)
    if request.method == "POST":
        access.check_can_answer(actor(request), assessment)
    form = AnswersFileForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            job = services.begin_answer_import(
                assessment=assessment,
                data=form.data_of(),
                name=form.cleaned_data["file"].name or "",
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect(job)
    answers = access.seen_among(actor(request), assessment, queries.answers_of(assessment))
    context = {
        "assessment": assessment,
        "form": form,
        "may_answer": access.can_answer(actor(request), assessment),
        "sees_all": access.sees_all(actor(request), assessment),
        "progress": queries.progress_of(answers),
        "open": waits_for_decision(assessment, actor(request)),
        "sent_before": sent_before(assessment, actor(request)),
    }
    return render(request, OFFLINE, context, status=UNPROCESSABLE if form.errors else 200)


@behind_the_door
@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The questionnaire as an XLSX file. `?all=1`: also what is asked only after certain answers."""
    assessment = access.assessment_for(actor(request), pk)
    access.check_can_answer(actor(request), assessment)
    seen = access.seen_keys(actor(request), assessment)
    data = workbook_of(assessment, with_hidden="all" in request.GET, keys=seen)
    return workbook_attachment(data, name=f"{assessment.version.title}.xlsx")


@behind_the_door
@require_http_methods(FORM_METHODS)
def answer_import(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """What a file would change, row by row; sent, what was chosen is taken in, all of it or nothing."""
    job = access.answer_import_for(actor(request), pk, import_pk)
    if not access.can_decide(actor(request), job):
        return redirect("questionnaires:offline", pk=pk)
    shown = look_through(
        job,
        request.POST if request.method == "POST" else None,
        by=actor(request),
        apply=lambda choice: services.apply_answer_import(job=job, choice=choice, by=actor(request), now=clock.now()),
    )
    if shown.taken is None:
        return render(request, COMPARED, shown.context, status=shown.status)
    told = ngettext("One answer came from %(name)s.", "%(count)s answers came from %(name)s.", shown.taken)
    messages.success(request, told % {"count": shown.taken, "name": job.name})
    return redirect("questionnaires:offline", pk=pk)


@behind_the_door
@require_POST
def discard_answers(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """Nothing comes of the file."""
    job = access.answer_import_for(actor(request), pk, import_pk)
    services.discard_answer_import(job=job, by=actor(request), now=clock.now())
    messages.success(request, _("Thrown away. Nothing was changed."))
    return redirect("questionnaires:offline", pk=pk)


@behind_the_door
@require_POST
def undo_answers(request: HttpRequest, pk: int, import_pk: int) -> HttpResponse:
    """Let every answer say again what it said before the file, while nobody has said anything since."""
    job = access.answer_import_for(actor(request), pk, import_pk)
    try:
        count = services.undo_answer_import(job=job, by=actor(request), now=clock.now())
    except services.ChangedSince as changed:
        messages.error(request, str(changed))
    else:
        told = ngettext(
            "One answer says again what it said before.", "%(count)s answers say again what they said before.", count
        )
        messages.success(request, told % {"count": count})
    return redirect("questionnaires:offline", pk=pk)
