"""What a contact does with a questionnaire: read it, answer, attach, hand over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.forms import AnswerForm, SubmitForm
from procurement.questionnaires.models import Answer, Assessment
from procurement.questionnaires.portal_page import PortalPage, Row, clash, portal_page, row_of
from procurement.questionnaires.queries import Progress
from procurement.questionnaires.services import Saved
from vendors.calendar import clock
from vendors.ndas.access import check_nda_in_force
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.portal.session import contact_of
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent, show_refusal
from vendors.reports.uploading import arrived, sent_file, turned_down, upload_limits
from vendors.templatetags import wording
from vendors.vault.downloads import as_attachment

FORM_METHODS = ["GET", "HEAD", "POST"]
CONFLICT, UNPROCESSABLE = 409, 422
PAGE = "procurement/questionnaires/portal.html"
ATTACH = "procurement/questionnaires/portal_attach.html"


@behind_the_door
@require_http_methods(FORM_METHODS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire. Sent as one form, it keeps everything, then goes where the pressed button leads."""
    assessment = access.assessment_for(actor(request), pk)
    if request.method != "POST":
        return _show(request, portal_page(assessment, actor(request)))
    access.check_can_answer(actor(request), assessment)
    shown = portal_page(assessment, actor(request), request.POST)
    forms = [row.form for row in shown.rows if row.form and row.form.is_bound]
    wrong = [form for form in forms if not form.is_valid()]  # all of them are asked, so that each shows its sentence
    if wrong:
        return _show(request, shown, status=UNPROCESSABLE)
    saved = services.save_answers(
        assessment=assessment, given=[form.given() for form in forms], by=actor(request), now=clock.now()
    )
    if saved.conflicts:
        return _show_clash(request, assessment, saved)
    return _go_on(request, assessment)


@behind_the_door
@require_POST
def answer(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """One answer, as the script saves it: 200 with the new revision, 409 or 422 with the row as it should look now."""
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_change(actor(request), found)
    form = AnswerForm(found, request.POST)
    row = row_of(found, actor(request))
    if not form.is_valid():
        row.form = form
        return _show_row(request, row, UNPROCESSABLE)
    saved = services.save_answers(assessment=found.assessment, given=[form.given()], by=actor(request), now=clock.now())
    if saved.conflicts:
        return _show_row(request, clash(row, saved.conflicts[0]), CONFLICT)
    return JsonResponse(_told(found))


@behind_the_door
@require_http_methods(FORM_METHODS)
def attach(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """Send the file that goes with an answer, with progress or as a plain form."""
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_attach(actor(request), found)
    nda = nda_in_force(found.assessment.vendor, clock.today())
    context = {"answer": found, "assessment": found.assessment, "nda": nda, **upload_limits()}
    if request.method != "POST":
        return render(request, ATTACH, context)
    try:
        services.attach_file(
            answer=found,
            upload=sent_file(request),
            by=actor(request),
            now=clock.now(),
            on=clock.today(),
            ip=client_address(request),
        )
    except Refused as refusal:
        return turned_down(request, refusal, template=ATTACH, context=context)
    messages.success(request, _("The file is here, beside %(ref)s.") % {"ref": found.question.ref})
    return arrived(request, _place(found))


@behind_the_door
@require_POST
def remove_file(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    found = access.answer_for(actor(request), pk, answer_pk)
    services.remove_file(answer=found, by=actor(request), now=clock.now())
    messages.success(request, _("The file is taken away from %(ref)s.") % {"ref": found.question.ref})
    return HttpResponseRedirect(_place(found))


@behind_the_door
@require_safe
def file(request: HttpRequest, pk: int, answer_pk: int) -> StreamingHttpResponse:
    """The vendor's own file, as it was received."""
    found = access.answer_for(actor(request), pk, answer_pk)
    if found.file is None:
        raise Http404
    check_nda_in_force(found.assessment.vendor, clock.today())
    return as_attachment(
        found.file,
        by=actor(request),
        purpose=_("Opened by the vendor itself"),
        at=clock.now(),
        ip=client_address(request),
    )


@behind_the_door
@require_http_methods(FORM_METHODS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, with links; when nothing is, the name of whoever stands for the answers."""
    assessment = access.assessment_for(actor(request), pk)
    access.check_can_answer(actor(request), assessment)
    contact = contact_of(request)
    form = SubmitForm(**sent(request), initial={"signer_name": contact.name, "signer_title": contact.title})
    if request.method == "POST" and form.is_valid():
        try:
            services.submit(
                assessment=assessment,
                signer_name=form.cleaned_data["signer_name"],
                signer_title=form.cleaned_data["signer_title"],
                by=actor(request),
                now=clock.now(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you. Your answers are with us now."))
            return redirect("dashboard:portal")
    answers = queries.answers_of(assessment)
    context = {
        "assessment": assessment,
        "form": form,
        "missing": queries.missing_in(answers),
        "progress": queries.progress_of(answers),
    }
    return render(request, "procurement/questionnaires/portal_submit.html", context)


def _show(request: HttpRequest, shown: PortalPage, status: int = 200) -> HttpResponse:
    nda = nda_in_force(shown.assessment.vendor, clock.today())
    return render(request, PAGE, {"page": shown, "assessment": shown.assessment, "nda": nda}, status=status)


def _show_clash(request: HttpRequest, assessment: Assessment, saved: Saved) -> HttpResponse:
    """The page as it is kept now; where two people changed one answer, both are shown."""
    shown = portal_page(access.assessment_for(actor(request), assessment.pk), actor(request))
    clashes = {conflict.theirs.pk: conflict for conflict in saved.conflicts}
    for row in shown.rows:
        if row.answer.pk in clashes:
            clash(row, clashes[row.answer.pk])
    return _show(request, shown, status=CONFLICT)


def _show_row(request: HttpRequest, row: Row, status: int) -> HttpResponse:
    nda = nda_in_force(row.answer.assessment.vendor, clock.today())
    return render(request, "procurement/questionnaires/_question.html", {"row": row, "nda": nda}, status=status)


def _go_on(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Where the pressed button leads: to the check before submitting, to the file of one answer, or back here."""
    go, _colon, key = request.POST.get("go", "").partition(":")
    if go == "submit":
        return redirect("questionnaires:submit", pk=assessment.pk)
    if go == "file" and key.isdecimal() and len(key) < 19:
        return redirect("questionnaires:attach", pk=assessment.pk, answer_pk=int(key))
    messages.success(request, _("Saved. %(progress)s.") % {"progress": _answered(_progress(assessment))})
    settled = request.POST.get("take") or request.POST.get("keep") or ""
    found = assessment.answers.select_related("question").filter(pk=settled).first() if settled.isdecimal() else None
    return HttpResponseRedirect(_place(found) if found else assessment.get_absolute_url())


def _told(found: Answer) -> dict[str, object]:
    """What the script shows after a save: the new revision, when, and both counts."""
    answers = queries.answers_of(found.assessment)
    section = [answer for answer in answers if answer.question.section_id == found.question.section_id]
    return {
        "revision": next(answer.revision for answer in answers if answer.pk == found.pk),
        "saved": _("Saved %(time)s") % {"time": wording.clock(clock.now())},
        "progress": _answered(queries.progress_of(answers)),
        "section": _answered(queries.progress_of(section)),
    }


def _progress(assessment: Assessment) -> Progress:
    return queries.progress_of(queries.answers_of(assessment))


def _answered(progress: Progress) -> str:
    return _("%(answered)s of %(total)s answered") % {"answered": progress.answered, "total": progress.total}


def _place(found: Answer) -> str:
    """The question on the page."""
    return f"{reverse('questionnaires:page', args=[found.assessment_id])}#q-{found.question.key}"
