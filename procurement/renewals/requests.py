"""The request in the vendor's portal that a reminder points to: found, or made by the scan."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from procurement.renewals.milestones import Ask, Milestone
from procurement.renewals.threads import InterimSubject, ReportSubject, RequestSubject, Thread
from vendors.calendar.days import plus_days
from vendors.directory.models import Vendor
from vendors.people.actors import SYSTEM, Refused
from vendors.reports import services as reports
from vendors.reports.models import ReportRequest

# A vendor has about this long to answer when it is asked for a date; then the countdown reminds it.
COUNTDOWN_DAYS = 14

Awaited = ReportSubject | InterimSubject


class NothingToAsk(Exception):
    """The vendor answered while the scan was under way."""


def request_to_answer(thread: Thread, milestone: Milestone, *, on: date, now: datetime) -> ReportRequest:
    """The open request this reminder is about, inside the caller's transaction; the scan makes it where none is.

    It is made without a contact, so that the reminder's mail is the only one. Raises NothingToAsk when a request of
    ours was closed since the records were read.
    """
    subject = thread.subject
    if isinstance(subject, RequestSubject):
        return _still_open(subject.request)
    assert isinstance(subject, Awaited)
    assert milestone.ask is not None
    Vendor.objects.select_for_update().get(pk=thread.vendor.pk)
    found = subject.request_for(milestone.ask) or _just_made(thread, subject, milestone.ask)
    if found is None:
        return _ask(thread, subject, milestone.ask, on=on, now=now)
    request = _still_open(found)
    expected_on = _expected_on(subject)
    is_later = milestone.ask is Ask.REPORT and expected_on > request.due_on and expected_on >= on
    if request.requested_by_id is None and is_later:
        request = reports.change_due_date(request=request, due_on=expected_on, by=SYSTEM, now=now, on=on)
    return request


def cancel_request_nobody_needs(request: ReportRequest, *, now: datetime) -> None:
    """Take back a request of the scan: the report or the date is here, or no approval rests on the report any more."""
    try:
        reports.cancel_request(request=request, reason=_("It is not needed any more."), by=SYSTEM, now=now)
    except Refused:  # answered or cancelled at this very moment
        return


def _ask(thread: Thread, subject: Awaited, ask: Ask, *, on: date, now: datetime) -> ReportRequest:
    following = subject.following if isinstance(subject, ReportSubject) and ask is Ask.REPORT else None
    if isinstance(subject, ReportSubject) and ask is Ask.SUCCESSOR_DATE:
        due_on = _answer_by(subject, on)
    else:
        due_on = max(_expected_on(subject), following.period_end if following else on, on)
    return reports.request_report(
        vendor=thread.vendor,
        what=ask.value,
        system=subject.report.system_name[:160],
        period_start=following.period_start if following else None,
        period_end=following.period_end if following else None,
        due_on=due_on,
        by=SYSTEM,
        now=now,
        on=on,
    )


def _expected_on(subject: Awaited) -> date:
    """When the report is expected, or the later day on which the vendor said it will be ready."""
    later = [one.not_ready_until for one in subject.requests if one.not_ready_until]
    return max([subject.expected_on, *later])


def _answer_by(subject: ReportSubject, on: date) -> date:
    """By when the vendor should name the date: before the countdown begins, else the next day that matters."""
    currency = subject.currency
    days = (plus_days(currency.counts_until, -COUNTDOWN_DAYS), currency.counts_until, currency.relief_limit)
    return next((day for day in days if day > on), on)


def _just_made(thread: Thread, subject: Awaited, ask: Ask) -> ReportRequest | None:
    """The one this or another scan has made since the records were read."""
    return (
        ReportRequest.objects.open()
        .filter(
            vendor=thread.vendor,
            what=ask.value,
            system__iexact=subject.report.system_name[:160],
            requested_by__isnull=True,
        )
        .first()
    )


def _still_open(request: ReportRequest) -> ReportRequest:
    found = (
        ReportRequest.objects.open()
        .select_for_update(of=("self",))
        .select_related("vendor", "contact__user", "requested_by")
        .filter(pk=request.pk)
        .first()
    )
    if found is None:
        raise NothingToAsk
    return found
