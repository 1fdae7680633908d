"""The questionnaire itself: every answer at once or one by one, and handing all of it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.countries import country_names
from procurement.questionnaires.forms import AnswerForm, SubmitForm
from procurement.questionnaires.last_year import last_year_of
from procurement.questionnaires.models import Answer, Assessment, Section
from procurement.questionnaires.portal_page import PortalPage, portal_page
from procurement.questionnaires.portal_rows import Row, clash, merge, row_of
from procurement.questionnaires.portal_views.places import answered_in_words, place_of, place_on_page
from procurement.questionnaires.services import Saved
from procurement.questionnaires.standings import Standing
from procurement.questionnaires.threads import threads_for_vendor
from procurement.questionnaires.wholeness import value_for_conditions
from vendors.calendar import clock
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import actor
from vendors.portal.session import contact_of
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent, show_refusal
from vendors.templatetags import wording

FORM_METHODS = ["GET", "HEAD", "POST"]
CONFLICT, UNPROCESSABLE = 409, 422
PAGE = "procurement/questionnaires/portal.html"
ROW = "procurement/questionnaires/_question.html"
# Where a button beside an answer leads once everything is saved.
PAGES_OF_ANSWER = {
    "file": "questionnaires:attach",
    "write": "questionnaires:thread",
    "give": "questionnaires:assign_question",
}


@behind_the_door
@require_http_methods(FORM_METHODS)
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The questionnaire. Sent as one form, it keeps everything, then goes where the pressed button leads.

    `?mine=1` shows the sections that a colleague gave this contact.
    """
    assessment = access.assessment_for(actor(request), pk)
    mine_only = "mine" in request.GET
    if request.method != "POST":
        return _show(request, portal_page(assessment, actor(request), on=clock.today(), mine_only=mine_only))
    access.check_can_answer(actor(request), assessment)
    shown = portal_page(assessment, actor(request), request.POST, on=clock.today(), mine_only=mine_only)
    typed = {row.answer.pk: row.typed for row in shown.rows if row.typed}
    wrong = [form for form in typed.values() if not form.is_valid()]  # all are asked: each shows its sentence
    if wrong:
        return _show(request, shown, status=UNPROCESSABLE)
    merging = request.POST.get("merge", "")
    given = {key: form.given() for key, form in typed.items()}
    saved = services.save_answers(
        assessment=assessment,
        given=[each for key, each in given.items() if str(key) != merging],
        by=actor(request),
        now=clock.now(),
    )
    if saved.conflicts or merging:
        again = access.assessment_for(actor(request), pk)
        fresh = portal_page(again, actor(request), on=clock.today(), mine_only=mine_only)
        for row in fresh.rows:
            if str(row.answer.pk) == merging and row.answer.pk in given:
                merge(row, given[row.answer.pk])
        return _show_clash(request, fresh, saved)
    return _go_on(request, assessment, saved)


@behind_the_door
@require_POST
def answer(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """One answer, as the script saves it: 200 with the new revision, 409 or 422 with the row as it should look now.

    With `merge` nothing is saved: 200 and the row with both answers in its form.
    """
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_change(actor(request), found)
    form = AnswerForm(found, request.POST)
    if not form.is_valid():
        row = _row_alone(request, found)
        row.typed = form
        return _show_row(request, row, UNPROCESSABLE)
    if "merge" in request.POST:
        return _show_row(request, merge(_row_alone(request, found), form.given()), 200)
    saved = services.save_answers(assessment=found.assessment, given=[form.given()], by=actor(request), now=clock.now())
    if saved.conflicts:
        return _show_row(request, clash(_row_alone(request, found), saved.conflicts[0]), CONFLICT)
    return JsonResponse(_told(saved.answers[0], _seen(request, found.assessment, saved.standings)))


@behind_the_door
@require_http_methods(FORM_METHODS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing, with links; when nothing is, the name of whoever stands for the answers."""
    assessment = access.assessment_for(actor(request), pk)
    access.check_can_answer(actor(request), assessment)
    access.check_sees_all(actor(request), assessment)
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
    context = {
        "page": shown,
        "today": clock.today(),
        "assessment": shown.assessment,
        "nda": nda_in_force(shown.assessment.vendor, clock.today()),
        "countries": country_names() if any(row.question.kind == "location" for row in shown.rows) else [],
    }
    return render(request, PAGE, context, status=status)


def _show_clash(request: HttpRequest, shown: PortalPage, saved: Saved) -> HttpResponse:
    """The page as it is kept now; where two people changed one answer, both are shown."""
    clashes = {conflict.theirs.pk: conflict for conflict in saved.conflicts}
    for row in shown.rows:
        if row.answer.pk in clashes:
            clash(row, clashes[row.answer.pk])
    return _show(request, shown, status=CONFLICT if clashes else 200)


def _row_alone(request: HttpRequest, answer: Answer) -> Row:
    """The row with everything that stands beside it on the whole page, whose row it replaces."""
    row = row_of(answer, actor(request))
    assessment = answer.assessment
    row.thread = threads_for_vendor(assessment, [answer]).get(answer.pk, ())
    row.coverage = queries.not_enough(queries.coverage_of(assessment)).get(answer.pk)
    row.last_year = last_year_of(assessment, [answer], clock.today()).get(answer.pk)
    row.assignment = queries.assignments_of(assessment).filter(question=answer.question_id).first()
    return row


def _show_row(request: HttpRequest, row: Row, status: int) -> HttpResponse:
    nda = nda_in_force(row.answer.assessment.vendor, clock.today())
    return render(request, ROW, {"row": row, "nda": nda, "today": clock.today()}, status=status)


def _go_on(request: HttpRequest, assessment: Assessment, saved: Saved) -> HttpResponse:
    """Where the pressed button leads: to the check before submitting, to a page of one answer, to a section, to what is
    confirmed, or back here."""
    go, _colon, key = request.POST.get("go", "").partition(":")
    pk = int(key) if key.isdecimal() and len(key) < 19 else None
    if go == "submit":
        return redirect("questionnaires:submit", pk=assessment.pk)
    if go in PAGES_OF_ANSWER and pk is not None:
        return redirect(PAGES_OF_ANSWER[go], pk=assessment.pk, answer_pk=pk)
    if go == "section" and pk is not None:
        return redirect("questionnaires:section", pk=assessment.pk, section_pk=pk)
    if go == "confirm" and pk is not None:
        held = access.answer_for(actor(request), assessment.pk, pk)
        services.confirm_answer(answer=held, by=actor(request), now=clock.now(), on=clock.today())
        return HttpResponseRedirect(place_of(held))
    if go == "confirm-section" and pk is not None:
        return _confirm_section(request, assessment, access.section_for(assessment, pk))
    progress = answered_in_words(queries.progress_of(_seen(request, assessment, saved.standings)))
    messages.success(request, _("Saved. %(progress)s.") % {"progress": progress})
    settled = request.POST.get("take") or request.POST.get("keep") or ""
    found = next((each for each in saved.standings if str(each.pk) == settled), None)
    if found:
        return HttpResponseRedirect(place_on_page(assessment.pk, found.key))
    return HttpResponseRedirect(f"{assessment.get_absolute_url()}{'?mine=1' if 'mine' in request.GET else ''}")


def _confirm_section(request: HttpRequest, assessment: Assessment, section: Section) -> HttpResponse:
    count = services.confirm_section(
        assessment=assessment, section=section, by=actor(request), now=clock.now(), on=clock.today()
    )
    told = ngettext("One earlier answer is confirmed.", "%(count)s earlier answers are confirmed.", count)
    messages.success(request, told % {"count": count})
    return HttpResponseRedirect(f"{assessment.get_absolute_url()}#s-{section.position}")


def _seen(request: HttpRequest, assessment: Assessment, standings: list[Standing]) -> list[Standing]:
    """Those of answers that this contact sees."""
    keys = access.seen_keys(actor(request), assessment)
    return [each for each in standings if keys is None or each.pk in keys]


def _told(found: Answer, standings: list[Standing]) -> dict[str, object]:
    """What the script shows after a save: the new revision, when, how far all is, and what is hidden now."""
    by_section: dict[int, list[Standing]] = {}
    for each in standings:
        by_section.setdefault(each.part, []).append(each)
    return {
        "revision": found.revision,
        "saved": _("Saved %(time)s") % {"time": wording.clock(clock.now())},
        "said": value_for_conditions(found, kind=found.question.kind, has_file=bool(found.files)),
        "hidden": [each.key for each in standings if not each.is_visible],
        "progress": answered_in_words(queries.progress_of(standings)),
        "sections": {
            position: answered_in_words(queries.progress_of(inside)) for position, inside in by_section.items()
        },
    }
