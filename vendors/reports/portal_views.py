"""What a contact does about a request: read it, send the report, say "not ready"."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from vendors.calendar import clock
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Refused
from vendors.people.requests import actor, client_address
from vendors.portal.session import portal_page
from vendors.reports import access, queries, services
from vendors.reports.forms.fields import sent, show_refusal
from vendors.reports.forms.requests import NotReadyForm
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.uploading import arrived, sent_file, turned_down, upload_limits
from vendors.reports.wording import day_in_words
from vendors.vault.downloads import as_attachment
from vendors.vault.models import CustodyAction
from vendors.vault.queries import custody_of

FORM_METHODS = ["GET", "HEAD", "POST"]
SHOWN_OPENINGS = 50


@portal_page
@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, by when, under which NDA, and what was sent so far."""
    asked = access.request_for(actor(request), pk)
    context = {
        "asked": asked,
        "nda": nda_in_force(asked.vendor, clock.today()),
        "expected_on": queries.expected_on(asked),
        "reports": asked.reports.select_related("file"),
        "statements": asked.statements.select_related("report", "file"),
        "may_send": _takes_files(asked),
    }
    return render(request, "vendors/reports/portal_request.html", context)


@portal_page
@require_http_methods(FORM_METHODS)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the report: drag and drop with progress, or a plain form."""
    asked = access.request_for(actor(request), pk)
    nda = nda_in_force(asked.vendor, clock.today())
    context = {"asked": asked, "nda": nda, "may_send": _takes_files(asked), **upload_limits()}
    if request.method != "POST":
        return render(request, "vendors/reports/portal_upload.html", context)
    now = clock.now()
    try:
        report = services.receive_report(
            vendor=asked.vendor,
            request=asked,
            upload=sent_file(request),
            nda=nda,
            by=actor(request),
            now=now,
            on=clock.today(),
            ip=client_address(request),
        )
    except Refused as refusal:
        return turned_down(request, refusal, template="vendors/reports/portal_upload.html", context=context)
    if report.received_at != now:
        _say_sent_before(request, report)
    return arrived(request, reverse("reports:receipt", args=[report.pk]))


@portal_page
@require_http_methods(FORM_METHODS)
def not_ready(request: HttpRequest, pk: int) -> HttpResponse:
    """The report is not there yet: say until when."""
    asked = access.request_for(actor(request), pk)
    form = NotReadyForm(**sent(request), initial={"until": asked.not_ready_until})
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_not_ready(
                request=asked, **form.cleaned_data, by=actor(request), now=clock.now(), on=clock.today()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            day = day_in_words(form.cleaned_data["until"])
            messages.success(request, _("Thank you. We expect the report on %(day)s.") % {"day": day})
            return redirect("reports:request", pk=asked.pk)
    context = {"form": form, "asked": asked, "may_answer": access.can_answer(actor(request), asked)}
    return render(request, "vendors/reports/portal_not_ready.html", context)


@portal_page
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What arrived, when, its SHA-256, and who opened it since."""
    report = access.report_for(actor(request), pk)
    context = {
        "report": report,
        "file": report.file,
        "openings": custody_of(report.file).exclude(action=CustodyAction.SEALED)[:SHOWN_OPENINGS],
        "was_mailed": report.received_from == actor(request).label,
    }
    return render(request, "vendors/reports/portal_receipt.html", context)


@portal_page
@require_safe
def file(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The vendor's own file, as it was received."""
    report = access.report_for(actor(request), pk)
    access.check_can_open(actor(request), report, clock.today())
    return as_attachment(
        report.file,
        by=actor(request),
        purpose=_("Opened by the vendor itself"),
        at=clock.now(),
        ip=client_address(request),
    )


def _takes_files(asked: ReportRequest) -> bool:
    """Whether a file may still be sent: a second one beside the first too, until one is accepted."""
    if asked.cancelled_at is not None or not asked.asks_for_report:
        return False
    return not asked.reports.filter(state=ReportState.ACCEPTED).exists()


def _say_sent_before(request: HttpRequest, report: Report) -> None:
    day = day_in_words(clock.local_day(report.received_at))
    if report.state == ReportState.REFUSED:
        messages.warning(
            request,
            _("You sent this file on %(day)s and we sent it back: %(reason)s")
            % {"day": day, "reason": report.state_reason},
        )
    else:
        messages.info(request, _("You sent this file on %(day)s already. It is kept once.") % {"day": day})
