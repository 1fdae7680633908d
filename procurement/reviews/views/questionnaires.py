"""The questionnaire of a review: send it, read and judge the answers, return, complete."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.context_processors import csrf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.questionnaires.access import attachment_beside, check_is_with_vendor
from procurement.questionnaires.forms import NoteForm, ReturnForm
from procurement.questionnaires.models import Answer, Assessment
from procurement.questionnaires.offline.making import workbook_of
from procurement.questionnaires.queries import sent_back_of
from procurement.questionnaires.threads import waiting_to_leave
from procurement.reviews import access, services
from procurement.reviews.between import review_of
from procurement.reviews.forms.questionnaires import AskVendorForm, SendForm
from procurement.reviews.forms_beside import FormsBeside
from procurement.reviews.models import Review
from procurement.reviews.queries import asked_before, sendable_versions, starter_was_sent
from procurement.reviews.questionnaire_page import page_address, questionnaire_page
from procurement.reviews.views.people import person
from vendors.calendar import clock
from vendors.directory.returning import return_from
from vendors.ndas.access import check_nda_in_force
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import client_address
from vendors.reports.forms.fields import sent, show_refusal
from vendors.vault.downloads import as_attachment, workbook_attachment

FORM_METHODS = ["GET", "HEAD", "POST"]
UNPROCESSABLE = 422


@require_http_methods(FORM_METHODS)
def ask_vendor(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the vendor for a report; our questionnaire may go with it."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_judge(by, review)
    may_send = not starter_was_sent(review)
    initial = {"system": review.engagement.title, "with_questionnaire": may_send}
    form = AskVendorForm(review.vendor, **sent(request), may_send=may_send, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = {"with_questionnaire": False, **form.cleaned_data}
        try:
            services.ask_vendor(review=review, **asked, by=by, now=clock.now(), on=clock.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _told(form.cleaned_data["contact"]))
            return return_from(request, review.get_absolute_url())
    context = {"form": form, "review": review, "nda": nda_in_force(review.vendor, clock.today())}
    return render(request, "procurement/reviews/ask_vendor.html", context)


@require_http_methods(FORM_METHODS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send questionnaires by themselves: one or several, each to be answered on its own."""
    by = person(request)
    review = access.review_for(by, pk)
    access.check_can_send(by, review)
    form = SendForm(
        review.vendor,
        sendable_versions(review),
        **sent(request),
        may_lean=not review.is_decided,
        asked_before=asked_before(review),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.send_questionnaires(review=review, **form.cleaned_data, by=by, now=clock.now(), on=clock.today())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _told(form.cleaned_data["contact"]))
            return return_from(request, review.get_absolute_url())
    return render(request, "procurement/reviews/send_questionnaire.html", {"form": form, "review": review})


@require_safe
def page(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """The answers, with our word on each."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    return _show(request, review, assessment)


@require_safe
def answers(request: HttpRequest, assessment_pk: int) -> HttpResponse:
    """The way from a mail to the answers: whoever writes it knows the questionnaire and not the review."""
    review = review_of(get_object_or_404(Assessment, pk=assessment_pk))
    if review is None:
        raise Http404
    review, assessment = found_assessment(request, review.pk, assessment_pk)
    return HttpResponseRedirect(page_address(review, assessment))


@require_POST
def accept(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    services.accept_answer(review=review, answer=answer, by=person(request), now=clock.now())
    return _next_to_judge(request, review, answer)


@require_POST
def accept_unflagged(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """Everything that nobody flagged, in one act; on to what is left."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    by, on = person(request), clock.today()
    parted = services.accept_unflagged(review=review, assessment=assessment, by=by, now=clock.now(), on=on)
    accepted = ngettext("One answer accepted.", "%(count)s answers accepted.", len(parted.unflagged))
    messages.success(request, accepted % {"count": len(parted.unflagged)})
    first_left = parted.left[0].answer if parted.left else None
    return HttpResponseRedirect(page_address(review, assessment, first_left))


@require_POST
def send_back(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    """Ask about an answer; the sentence is refused beside its question when it is empty."""
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    form = NoteForm(request.POST, auto_id=f"note-{answer.pk}-%s")
    if not form.is_valid():
        return _show(request, review, answer.assessment, refused=(answer.pk, form), status=UNPROCESSABLE)
    services.send_back_answer(review=review, answer=answer, **form.cleaned_data, by=person(request), now=clock.now())
    return _next_to_judge(request, review, answer)


@require_POST
def require(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    """Ask what the report answers."""
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    services.require_answer(review=review, answer=answer, by=person(request), now=clock.now())
    return HttpResponseRedirect(page_address(review, answer.assessment, answer))


@require_POST
def second(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> HttpResponse:
    """A second reviewer's word on a critical answer."""
    review, answer = found_answer(request, pk, assessment_pk, answer_pk)
    services.second_answer(review=review, answer=answer, by=person(request), now=clock.now())
    return HttpResponseRedirect(page_address(review, answer.assessment, answer))


@require_safe
def file(request: HttpRequest, pk: int, assessment_pk: int, attachment_pk: int) -> StreamingHttpResponse:
    """What the vendor sent with an answer, for the assigned reviewer and the approver, under an NDA in force."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    attachment = attachment_beside(assessment, attachment_pk)
    by = person(request)
    access.check_can_open_answers_file(by, review)
    check_nda_in_force(review.vendor, clock.today())
    return as_attachment(attachment.file, by=by, purpose=review.number, at=clock.now(), ip=client_address(request))


@require_http_methods(FORM_METHODS)
def return_to_vendor(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """Everything that was sent back leaves in one mail."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    by = person(request)
    access.check_can_judge(by, review)
    form = ReturnForm(**sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.return_questionnaire(
                review=review,
                assessment=assessment,
                **form.cleaned_data,
                by=by,
                now=clock.now(),
                on=clock.today(),
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _told(assessment.contact))
            return HttpResponseRedirect(review.get_absolute_url())
    context = {
        "form": form,
        "review": review,
        "assessment": assessment,
        "asked": sent_back_of(assessment),
        "comments": waiting_to_leave(assessment),
    }
    return render(request, "procurement/reviews/return_questionnaire.html", context)


@require_POST
def complete(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    review, assessment = found_assessment(request, pk, assessment_pk)
    services.complete_questionnaire(review=review, assessment=assessment, by=person(request), now=clock.now())
    messages.success(request, _("The questionnaire is complete. The memo lists what is not a plain Yes."))
    tell_unsent(request, assessment)
    return HttpResponseRedirect(review.get_absolute_url())


@require_safe
def workbook(request: HttpRequest, pk: int, assessment_pk: int) -> HttpResponse:
    """What the vendor has to answer as a workbook, to pass on where somebody cannot come to the portal. Blank: what was
    said there is not ours before it is handed over."""
    _review, assessment = found_assessment(request, pk, assessment_pk)
    check_is_with_vendor(assessment)
    return workbook_attachment(workbook_of(assessment, is_blank=True), name=f"{assessment.version.title}.xlsx")


def found_assessment(request: HttpRequest, pk: int, assessment_pk: int) -> tuple[Review, Assessment]:
    """The review and a questionnaire that is shown with it, for those who read its evidence. Http404 otherwise."""
    return access.assessment_in_review(person(request), pk, assessment_pk)


def found_answer(request: HttpRequest, pk: int, assessment_pk: int, answer_pk: int) -> tuple[Review, Answer]:
    """One answer of one of the review's questionnaires, as `found_assessment`."""
    review, assessment = found_assessment(request, pk, assessment_pk)
    answer = assessment.answers.select_related("question").filter(pk=answer_pk).first()
    if answer is None:
        raise Http404
    answer.assessment = assessment
    return review, answer


def _show(
    request: HttpRequest,
    review: Review,
    assessment: Assessment,
    *,
    refused: tuple[int, NoteForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = questionnaire_page(
        review, assessment, person(request), on=clock.today(), wanted="all" if refused else request.GET.get("show", "")
    )
    forms = FormsBeside(review, assessment, {"may_share": page.may_share, **csrf(request)}, refused)
    context: dict[str, Any] = {"review": review, "assessment": assessment, "page": page, "forms": forms}
    context["on"] = clock.today()
    if page.to_judge:
        left = ngettext("One answer is not judged yet.", "%(count)s answers are not judged yet.", page.to_judge)
        context["why_not"] = left % {"count": page.to_judge}
    elif page.to_second:
        waiting = ngettext(
            "One critical answer waits for a second reviewer.",
            "%(count)s critical answers wait for a second reviewer.",
            page.to_second,
        )
        context["why_not"] = waiting % {"count": page.to_second}
    elif page.sent_back:
        context["why_not"] = _("What is sent back has to return first.")
    return render(request, "procurement/reviews/questionnaire.html", context, status=status)


def _next_to_judge(request: HttpRequest, review: Review, answer: Answer) -> HttpResponse:
    """On to the next answer on the page that waits, so that a reader need not search; else the one just judged."""
    page = questionnaire_page(review, answer.assessment, person(request), on=clock.today())
    waiting = [row.answer for group in page.groups for row in group.rows if row.is_to_judge]
    place = (answer.question.section.position, answer.question.position)
    after = [each for each in waiting if (each.question.section.position, each.question.position) > place]
    return HttpResponseRedirect(page_address(review, answer.assessment, after[0] if after else answer))


def tell_unsent(request: HttpRequest, assessment: Assessment) -> None:
    """Say after the end that comments for the vendor are left: its page sends or withdraws them."""
    count = waiting_to_leave(assessment).count()
    if count:
        told = ngettext(
            "One comment for the vendor was never sent. Send or withdraw it on the questionnaire's page.",
            "%(count)s comments for the vendor were never sent. Send or withdraw them on the questionnaire's page.",
            count,
        )
        messages.warning(request, told % {"count": count})


def _told(contact: Any) -> str:
    if contact is None:
        return _("It stands in the portal; nobody gets a mail.")
    return _("%(contact)s gets a mail.") % {"contact": contact.name}
