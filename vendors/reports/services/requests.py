"""Asking a vendor for a report, moving and cancelling the request, and the answer "not ready until"."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.calendar.days import plus_months
from vendors.contacts.models import Contact
from vendors.correspondence.services import cancel
from vendors.directory.models import Vendor
from vendors.ledger.services import record
from vendors.ndas.queries import nda_in_force
from vendors.people.actors import Actor, Refused
from vendors.reports import access, emails
from vendors.reports.models import ReportRequest
from vendors.reports.models.requests import Asked
from vendors.reports.services.locking import locked_request
from vendors.reports.wording import day_in_words

# A report comes once a year. Whoever names a day beyond two years has slipped on the year.
FURTHEST_MONTHS = 24


@transaction.atomic
def request_report(
    *,
    vendor: Vendor,
    what: str = Asked.SOC2_TYPE2,
    system: str = "",
    period_start: date | None = None,
    period_end: date | None = None,
    due_on: date,
    message: str = "",
    contact: Contact | None = None,
    by: Actor,
    now: datetime,
    on: date,
) -> ReportRequest:
    """Ask the vendor for a report, or for the date of its next one; the contact gets a mail.

    Without a contact the request stands in the portal for everybody who speaks for the vendor.
    Raises NotAllowed for whoever may not ask, Refused (with the field) for dates that cannot be, for a contact who
    is not the vendor's, and for a request that is open already.
    """
    vendor = Vendor.objects.select_for_update().get(pk=vendor.pk)
    access.check_can_request(by)
    _check_whole_period(period_start, period_end)
    _check_dates(what, period_start, period_end, due_on, on)
    _check_contact(contact, vendor)
    _check_not_asked_already(vendor, what, system, period_start, period_end)
    request = ReportRequest.objects.create(
        vendor=vendor,
        contact=contact,
        what=what,
        system=system,
        period_start=period_start,
        period_end=period_end,
        due_on=due_on,
        message=message,
        requested_by_id=by.pk,
        requested_at=now,
    )
    nda = nda_in_force(vendor, on)
    emails.mail_request(request, nda=str(nda) if nda else "", by=by, now=now)
    record(
        by=by,
        verb="report.requested",
        sentence=_("%(what)s requested from %(vendor)s, due %(due)s")
        % {"what": request.get_what_display(), "vendor": vendor.name, "due": day_in_words(due_on)},
        at=now,
        vendor_id=vendor.pk,
        subject=("report-request", request.pk),
        details={
            "what": what,
            "system": system,
            "period_start": period_start,
            "period_end": period_end,
            "due_on": due_on,
            "contact": contact.name if contact else "",
        },
    )
    return request


@transaction.atomic
def change_due_date(*, request: ReportRequest, due_on: date, by: Actor, now: datetime, on: date) -> ReportRequest:
    """Move the day by which the report is due; reminders that wait are called back and the contact is told.

    Raises NotAllowed, or Refused for a day that has passed and for a request that is no longer open.
    """
    request = locked_request(request)
    access.check_can_change_request(by, request)
    _check_dates(request.what, request.period_start, request.period_end, due_on, on)
    if due_on == request.due_on:
        return request
    before = request.due_on
    request.due_on = due_on
    request.save(update_fields=["due_on"])
    cancel(about=emails.about_request(request), by=by, now=now)
    emails.mail_new_due_date(request, by=by, now=now)
    record(
        by=by,
        verb="report_request.due_date_changed",
        sentence=_("%(request)s: due %(due)s instead of %(before)s")
        % {"request": request, "due": day_in_words(due_on), "before": day_in_words(before)},
        at=now,
        vendor_id=request.vendor_id,
        subject=("report-request", request.pk),
        details={"before": before, "due_on": due_on},
    )
    return request


@transaction.atomic
def cancel_request(*, request: ReportRequest, reason: str, by: Actor, now: datetime) -> ReportRequest:
    """Take the request back with a reason; reminders that wait are called back and the contact is told.

    Raises NotAllowed, or Refused without a reason and for a request that is no longer open.
    """
    request = locked_request(request)
    access.check_can_change_request(by, request)
    if not reason.strip():
        raise Refused(_("Say why the request is cancelled. The vendor reads it."), field="reason")
    request.cancelled_at = now
    request.cancelled_reason = reason.strip()
    request.save(update_fields=["cancelled_at", "cancelled_reason"])
    cancel(about=emails.about_request(request), by=by, now=now)
    emails.mail_cancelled(request, by=by, now=now)
    record(
        by=by,
        verb="report_request.cancelled",
        sentence=_("%(request)s: request cancelled (%(reason)s)") % {"request": request, "reason": reason.strip()},
        at=now,
        vendor_id=request.vendor_id,
        subject=("report-request", request.pk),
    )
    return request


@transaction.atomic
def answer_not_ready(
    *, request: ReportRequest, until: date, note: str = "", by: Actor, now: datetime, on: date
) -> ReportRequest:
    """The vendor says when the report will be ready: the request stays open, but is expected on that day only.

    Raises NotAllowed, or Refused for a day that is not ahead, or is more than two years ahead.
    """
    request = locked_request(request)
    access.check_can_answer(by, request)
    if until <= on:
        raise Refused(_("Give a day that is still to come."), field="until")
    if until > plus_months(on, FURTHEST_MONTHS):
        raise Refused(_("Give a day within the next two years. Check the year."), field="until")
    request.not_ready_until = until
    request.not_ready_note = note.strip()
    request.save(update_fields=["not_ready_until", "not_ready_note"])
    cancel(about=emails.about_request(request), by=by, now=now)
    emails.mail_not_ready(request, by=by, now=now)
    record(
        by=by,
        verb="report_request.not_ready",
        sentence=_("%(request)s: not ready until %(until)s") % {"request": request, "until": day_in_words(until)},
        at=now,
        vendor_id=request.vendor_id,
        subject=("report-request", request.pk),
        details={"until": until, "note": note.strip()},
    )
    return request


def _check_whole_period(start: date | None, end: date | None) -> None:
    if start and not end:
        raise Refused(_("Say when the period ends too, or leave both days open."), field="period_end")
    if end and not start:
        raise Refused(_("Say when the period starts too, or leave both days open."), field="period_start")


def _check_dates(what: str, start: date | None, end: date | None, due_on: date, on: date) -> None:
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    if start and end and end < start:
        raise Refused(_("The period ends before it starts. Look at both dates."), field="period_end")
    if what == Asked.SOC2_TYPE2 and end and due_on < end:
        raise Refused(
            _("The period ends on %(end)s, and a report can only follow. Choose a later due date.")
            % {"end": day_in_words(end)},
            field="due_on",
        )


def _check_contact(contact: Contact | None, vendor: Vendor) -> None:
    if contact is None:
        return
    if contact.vendor_id != vendor.pk:
        raise Refused(
            _("%(contact)s is no contact of %(vendor)s.") % {"contact": contact.name, "vendor": vendor.name},
            field="contact",
        )
    if not contact.is_active:
        raise Refused(_("%(contact)s has left. Choose another contact.") % {"contact": contact.name}, field="contact")


def _check_not_asked_already(vendor: Vendor, what: str, system: str, start: date | None, end: date | None) -> None:
    asked = (
        ReportRequest.objects.open()
        .filter(vendor=vendor, what=what, system__iexact=system, period_start=start, period_end=end)
        .first()
    )
    if asked is not None:
        raise Refused(
            _("This is requested already and due %(due)s. Change that request instead.")
            % {"due": day_in_words(asked.due_on)}
        )
