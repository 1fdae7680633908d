"""The vendor's own answers, brought in by the reviewer: the file, what it would change, undoing that, and taking it as
the vendor's answer. As the vendor's offline pages do it (`questionnaires.portal_views.offline`)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from procurement.questionnaires import access as questionnaires_access
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires.models import AnswerImport, Assessment
from procurement.questionnaires.offline_page import brought_before, look_through, waits_for_decision
from procurement.questionnaires.services import ChangedSince, check_can_be_taken
from procurement.reviews import access, services
from procurement.reviews.forms.questionnaires import BringAnswersForm
from procurement.reviews.models import Review
from procurement.reviews.questionnaire_page import page_address
from procurement.reviews.views.people import person
from procurement.reviews.views.questionnaires import FORM_METHODS, UNPROCESSABLE, found_assessment
from vendors.calendar import clock
from vendors.people.actors import Refused
from vendors.reports.forms.fields import sent, show_refusal


@require_http_methods(FORM_METHODS)
def bring(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """The file, and where it came from. It is read at once; no answer changes yet."""
    review, assessment = _with_vendor(request, pk, assessment_pk)
    form = BringAnswersForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            job = services.bring_in_answers(
                review=review,
                assessment=assessment,
                data=form.data_of(),
                name=form.cleaned_data["file"].name or "",
                received_from=form.cleaned_data["received_from"],
                by=person(request),
                now=clock.now(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("reviews:brought_answers", pk=pk, assessment_pk=assessment_pk, import_pk=job.pk)
    answers = questionnaires_queries.answers_of(assessment)
    context = {
        "review": review,
        "assessment": assessment,
        "form": form,
        "open": waits_for_decision(assessment, person(request)),
        "files": brought_before(assessment, person(request)),
        "progress": questionnaires_queries.progress_of(answers),
        "missing": questionnaires_queries.missing_in(answers),
    }
    try:
        check_can_be_taken(answers)
    except Refused as refusal:
        context["why_not"] = str(refusal)
    return render(
        request, "procurement/reviews/bring_answers.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@require_http_methods(FORM_METHODS)
def brought(request: HttpRequest, pk: int, assessment_pk: int, import_pk: int) -> HttpResponse:
    """What the file would change, row by row; sent, what was chosen is taken in, all of it or nothing."""
    review, job = _found(request, pk, assessment_pk, import_pk)
    by = person(request)
    if job.state != AnswerImport.State.OPEN:
        return _back(pk, assessment_pk)
    shown = look_through(
        job,
        request.POST if request.method == "POST" else None,
        by=by,
        apply=lambda choice: services.take_brought_answers(
            review=review, job=job, choice=choice, by=by, now=clock.now()
        ),
    )
    if shown.taken is None:
        context = {**shown.context, "review": review}
        return render(request, "procurement/reviews/brought_answers.html", context, status=shown.status)
    told = ngettext("One answer came from %(name)s.", "%(count)s answers came from %(name)s.", shown.taken)
    messages.success(request, told % {"count": shown.taken, "name": job.name})
    return _back(pk, assessment_pk)


@require_POST
def discard(request: HttpRequest, pk: int, assessment_pk: int, import_pk: int) -> HttpResponse:
    """Nothing comes of the file."""
    review, job = _found(request, pk, assessment_pk, import_pk)
    services.discard_brought_answers(review=review, job=job, by=person(request), now=clock.now())
    messages.success(request, _("Thrown away. Nothing was changed."))
    return _back(pk, assessment_pk)


@require_POST
def undo(request: HttpRequest, pk: int, assessment_pk: int, import_pk: int) -> HttpResponse:
    """Let every answer say again what it said before the file, while nobody has said anything since."""
    review, job = _found(request, pk, assessment_pk, import_pk)
    try:
        count = services.undo_brought_answers(review=review, job=job, by=person(request), now=clock.now())
    except ChangedSince as changed:
        messages.error(request, str(changed))
    else:
        told = ngettext(
            "One answer says again what it said before.", "%(count)s answers say again what they said before.", count
        )
        messages.success(request, told % {"count": count})
    return _back(pk, assessment_pk)


@require_POST
def take(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """What was brought in is the vendor's answer; on to reading it."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    services.take_as_handed_over(review=review, assessment=assessment, by=person(request), now=clock.now())
    messages.success(request, _("It is taken as the vendor's answer. Read it as if the vendor had submitted it."))
    return redirect(page_address(review, assessment))


def _with_vendor(request: HttpRequest, pk: int, assessment_pk: int) -> tuple[Review, Assessment]:
    """The questionnaire with its review, while this person may bring something in. Http404, NotAllowed, Refused."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    access.check_can_send(person(request), review)
    questionnaires_access.check_can_bring_answers(person(request), assessment)
    return review, assessment


def _found(request: HttpRequest, pk: int, assessment_pk: int, import_pk: int) -> tuple[Review, AnswerImport]:
    """A file that a reviewer brought in, as `_with_vendor`."""
    review, assessment = _with_vendor(request, pk, assessment_pk)
    return review, questionnaires_access.brought_file_of(assessment, import_pk)


def _back(pk: int, assessment_pk: int) -> HttpResponse:
    return redirect("reviews:bring_answers", pk=pk, assessment_pk=assessment_pk)
