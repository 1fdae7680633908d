"""Taking in a report: from the vendor's contact, or from the reviewer who fetched it."""

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vendors.contacts.models import Contact
from vendors.correspondence.services import cancel
from vendors.directory.models import Vendor
from vendors.ledger.services import record
from vendors.ndas.models import Nda
from vendors.people.actors import Actor, Kind, Refused
from vendors.reports import access, emails
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.services.grants import give
from vendors.reports.services.locking import locked_request
from vendors.reports.services.reading import ask_to_read
from vendors.vault.services import seal_upload
from vendors.vault.validation import CheckedPdf, check_pdf

PURPOSE = "report"


def receive_report(
    *,
    vendor: Vendor,
    request: ReportRequest | None,
    upload: UploadedFile,
    nda: Nda | None,
    by: Actor,
    now: datetime,
    on: date,
    ip: str | None = None,
) -> Report:
    """Keep the file as a report of this vendor, under this NDA; it answers the request, if there is one.

    The same bytes twice are one report: whoever sends them again gets the first one back (its `received_at` is
    earlier than `now`) and nothing is mailed. A second, different file for a request is kept beside the first.
    Whoever asked may open the report, and so may the member of staff who uploaded it.

    Raises vault.validation.FileRefused (a Refused) for what is no PDF we can keep; NotAllowed; Refused when no NDA
    is in force on that day or the request was cancelled. Nothing of a refused file is kept.
    """
    checked = check_pdf(upload)  # takes seconds; asked before by the form, so before any lock
    with transaction.atomic():
        vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
        access.check_can_send(by, vendor, on)
        nda = _binding(nda, vendor, on)
        if request is not None:
            request = locked_request(request)
            _check_asks_for_a_report(request, vendor)
        report = _sent_before(checked, vendor)
        if report is not None:
            _answer_again(report, request, by=by, now=now)
            return report
        return _keep(checked, vendor=vendor, request=request, nda=nda, by=by, now=now, ip=ip)


def _binding(nda: Nda | None, vendor: Vendor, on: date) -> Nda:
    """The NDA as it stands now: it may have ended since the page was opened."""
    nda = Nda.objects.filter(pk=nda.pk, vendor=vendor).first() if nda else None
    if nda is None or not nda.in_force_on(on):
        raise Refused(
            _("The NDA is not in force any more. Open the page again: it says what is needed before you upload.")
        )
    return nda


def _check_asks_for_a_report(request: ReportRequest, vendor: Vendor) -> None:
    if request.vendor_id != vendor.pk:
        raise Refused(_("This request is another vendor's."))
    if request.cancelled_at is not None:
        raise Refused(_("This request was cancelled, so nothing needs to be sent."))
    if not request.asks_for_report:
        raise Refused(_("This request asks for a date, not for a report."))


def _sent_before(checked: CheckedPdf, vendor: Vendor) -> Report | None:
    assert checked.upload.spool is not None
    return Report.objects.filter(vendor=vendor, file__sha256=checked.upload.spool.sha256).first()


def _answer_again(report: Report, request: ReportRequest | None, *, by: Actor, now: datetime) -> None:
    """A file we hold already answers an open request too, unless we sent that file back."""
    if request is None or not request.is_open or report.state == ReportState.REFUSED:
        return
    _answer(request, by=by, now=now)
    record(
        by=by,
        verb="report_request.answered",
        sentence=_("%(request)s: answered with a file that is on record already") % {"request": request},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report-request", request.pk),
        details={"report": report.pk},
    )


def _answer(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    if request.answered_at is None:
        request.answered_at = now
        request.save(update_fields=["answered_at"])
    cancel(about=emails.about_request(request), by=by, now=now)


def _keep(
    checked: CheckedPdf,
    *,
    vendor: Vendor,
    request: ReportRequest | None,
    nda: Nda,
    by: Actor,
    now: datetime,
    ip: str | None,
) -> Report:
    stored = seal_upload(upload=checked.upload, purpose=PURPOSE, vendor_id=vendor.pk, by=by, at=now, ip=ip)
    report = Report.objects.create(
        vendor=vendor,
        request=request,
        file=stored,
        nda=nda,
        page_count=stored.page_count or 0,
        received_at=now,
        received_from=by.label,
    )
    if request is not None:
        _answer(request, by=by, now=now)
    ask_to_read(report, now=now)
    _mail(report, by=by, now=now)
    record(
        by=by,
        verb="report.received",
        sentence=_("Report received from %(name)s: %(file)s, %(pages)s pages")
        % {"name": by.label, "file": stored.name, "pages": stored.page_count},
        at=now,
        vendor_id=vendor.pk,
        subject=("report", report.pk),
        details={
            "sha256": stored.sha256,
            "size": stored.size,
            "request": request.pk if request else None,
            "nda": nda.pk,
        },
    )
    _grant(report, by=by, now=now)
    return report


def _mail(report: Report, *, by: Actor, now: datetime) -> None:
    contact = Contact.objects.select_related("user").get(pk=by.contact.pk) if by.contact else None
    if contact is not None:
        emails.mail_receipt(report, contact, by=by, now=now)
    emails.mail_arrived(report, by=by, now=now)


def _grant(report: Report, *, by: Actor, now: datetime) -> None:
    asker = report.request.requested_by if report.request else None
    if asker is not None:
        give(report=report, user=asker, purpose=_("Asked for the report"), by=by, now=now)
    if by.kind == Kind.STAFF and (asker is None or asker.pk != by.pk):
        give(report=report, user=by, purpose=_("Uploaded the report"), by=by, now=now)
