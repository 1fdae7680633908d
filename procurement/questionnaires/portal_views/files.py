"""The files beside an answer: send one, use one that was sent already, take one away, open one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.questionnaires import access, queries, services
from procurement.questionnaires.fitting import check_fits
from procurement.questionnaires.forms import FileForm
from procurement.questionnaires.models import Answer, Attachment
from procurement.questionnaires.portal_views.places import place_of
from procurement.questionnaires.wholeness import file_kinds_in_words
from vendors.calendar import clock
from vendors.ndas.access import check_nda_in_force
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused, passes
from vendors.people.requests import actor, client_address
from vendors.portal.session import portal_page as behind_the_door
from vendors.reports.forms.fields import sent
from vendors.reports.uploading import arrived, sent_file, turned_down, upload_limits
from vendors.vault.downloads import as_attachment

ATTACH = "procurement/questionnaires/portal_attach.html"
MOST_OFFERS = 20


@behind_the_door
@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, pk: int, answer_pk: int) -> HttpResponse:
    """The files of one answer. Another one is sent with progress or as a plain form."""
    found = access.answer_for(actor(request), pk, answer_pk)
    access.check_can_attach(actor(request), found)
    # The kind is preselected, so a program that sends the file alone says what the form would.
    form = FileForm(found.question, **_with_kind(request, found))
    context = {
        "answer": found,
        "assessment": found.assessment,
        "nda": nda_in_force(found.assessment.vendor, clock.today()),
        "form": form,
        "wanted": file_kinds_in_words(found.question),
        "offers": _offers(request, found),
        **upload_limits(),
    }
    if request.method != "POST":
        return render(request, ATTACH, context)
    try:
        upload = sent_file(request)
        if not form.is_valid():
            raise Refused(_first_error(form), field="file")
        services.attach_file(
            answer=found,
            upload=upload,
            **form.cleaned_data,
            by=actor(request),
            now=clock.now(),
            on=clock.today(),
            ip=client_address(request),
        )
    except Refused as refusal:
        return turned_down(request, refusal, template=ATTACH, context=context)
    messages.success(request, _("The file is here, beside %(ref)s.") % {"ref": found.question.ref})
    return arrived(request, place_of(found))


@behind_the_door
@require_POST
def use_file(request: HttpRequest, pk: int, answer_pk: int, attachment_pk: int) -> HttpResponse:
    """Let a file that was sent already stand beside this answer too."""
    found = access.answer_for(actor(request), pk, answer_pk)
    attachment = access.attachment_for(actor(request), attachment_pk)
    services.use_attachment(answer=found, attachment=attachment, by=actor(request), now=clock.now(), on=clock.today())
    messages.success(
        request, _("%(file)s stands beside %(ref)s too.") % {"file": attachment, "ref": found.question.ref}
    )
    return HttpResponseRedirect(place_of(found))


@behind_the_door
@require_POST
def remove_file(request: HttpRequest, pk: int, answer_pk: int, attachment_pk: int) -> HttpResponse:
    found = access.answer_for(actor(request), pk, answer_pk)
    attachment = access.attachment_of(found, attachment_pk)
    services.remove_file(answer=found, attachment=attachment, by=actor(request), now=clock.now())
    messages.success(request, _("The file is taken away from %(ref)s.") % {"ref": found.question.ref})
    return HttpResponseRedirect(place_of(found))


@behind_the_door
@require_safe
def file(request: HttpRequest, pk: int, answer_pk: int, attachment_pk: int) -> StreamingHttpResponse:
    """The vendor's own file, as it was received."""
    found = access.answer_for(actor(request), pk, answer_pk)
    attachment = access.attachment_of(found, attachment_pk)
    check_nda_in_force(found.assessment.vendor, clock.today())
    return as_attachment(
        attachment.file,
        by=actor(request),
        purpose=_("Opened by the vendor itself"),
        at=clock.now(),
        ip=client_address(request),
    )


def _with_kind(request: HttpRequest, answer: Answer) -> dict[str, object]:
    bound = sent(request)
    if bound and "kind" not in request.POST:
        data = request.POST.copy()
        data["kind"] = next(iter(answer.question.evidence_kinds), Attachment.Kind.OTHER)
        return {**bound, "data": data}
    return bound


def _offers(request: HttpRequest, answer: Answer) -> list[Attachment]:
    """What the vendor has sent elsewhere, this contact sees, and the question would take."""
    beside = {each.pk for each in answer.files}
    question, today = answer.question, clock.today()
    sent_elsewhere = access.files_seen_by(actor(request), queries.sent_files(answer.assessment.vendor))
    return [
        each
        for each in sent_elsewhere[: MOST_OFFERS + len(beside)]
        if each.pk not in beside and passes(check_fits, question, kind=each.kind, as_of=each.as_of, on=today)
    ]


def _first_error(form: FileForm) -> str:
    return next(str(sentences[0]) for sentences in form.errors.values())
