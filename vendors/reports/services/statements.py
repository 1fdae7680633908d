"""What the vendor says about its next report, in writing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vendors.correspondence.services import cancel
from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access, emails
from vendors.reports.currency import SuccessorStated, impossible_statement
from vendors.reports.models import Report, ReportRequest, SuccessorStatement
from vendors.reports.services.locking import locked_report, locked_request
from vendors.reports.wording import day_in_words
from vendors.vault.models import StoredFile


@transaction.atomic
def record_successor_statement(
    *,
    report: Report,
    request: ReportRequest | None = None,
    period_start: date,
    period_end: date,
    expected_on: date,
    stated_on: date,
    stated_by: str,
    letter: StoredFile | None = None,
    bridges_until: date | None = None,
    by: Actor,
    now: datetime,
    on: date,
) -> SuccessorStatement:
    """Keep which period the report after this one will cover and when it will come; answers the request for it.

    `letter` is the sealed file the vendor wrote it in; a bridge letter also says until when it speaks.
    Raises NotAllowed, or Refused (with the field) for dates that cannot be.
    """
    report = locked_report(report)
    access.check_can_state_next_report(by, report)
    _check_dates(report, period_start, period_end, expected_on, stated_on, on)
    _check_bridge(report, letter, bridges_until)
    statement = SuccessorStatement.objects.create(
        report=report,
        request=request,
        period_start=period_start,
        period_end=period_end,
        expected_on=expected_on,
        stated_on=stated_on,
        stated_by=stated_by,
        file=letter,
        bridges_until=bridges_until,
    )
    if request is not None:
        _answer(request, by=by, now=now)
    emails.mail_next_report_named(statement, by=by, now=now)
    record(
        by=by,
        verb="report.successor_named",
        sentence=_("%(vendor)s: next report for %(start)s – %(end)s, expected %(expected)s")
        % {
            "vendor": report.vendor.name,
            "start": day_in_words(period_start),
            "end": day_in_words(period_end),
            "expected": day_in_words(expected_on),
        },
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details=_details(statement),
    )
    return statement


def _check_dates(report: Report, start: date, end: date, expected_on: date, stated_on: date, on: date) -> None:
    said = SuccessorStated(period_start=start, period_end=end, expected_on=expected_on, stated_on=stated_on)
    for field, reason in impossible_statement(said, period_end=report.period_end or date.min, on=on):
        raise Refused(reason.render(_), field=field)
    if expected_on < on:
        raise Refused(_("Give a day that is still to come."), field="expected_on")


def _check_bridge(report: Report, letter: StoredFile | None, bridges_until: date | None) -> None:
    if bridges_until is None:
        return
    if letter is None:
        raise Refused(_("Add the bridge letter itself; without it nothing is bridged."), field="file")
    if report.period_end and bridges_until <= report.period_end:
        raise Refused(
            _("A bridge letter speaks for days after %(end)s, the end of the last period.")
            % {"end": day_in_words(report.period_end)},
            field="bridges_until",
        )


def _answer(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    request = locked_request(request)
    access.check_can_answer(by, request)
    request.answered_at = now
    request.save(update_fields=["answered_at"])
    cancel(about=emails.about_request(request), by=by, now=now)


def _details(statement: SuccessorStatement) -> dict[str, Any]:
    return {
        "period_start": statement.period_start,
        "period_end": statement.period_end,
        "expected_on": statement.expected_on,
        "stated_on": statement.stated_on,
        "stated_by": statement.stated_by,
        "bridges_until": statement.bridges_until,
        "sha256": statement.file.sha256 if statement.file else "",
    }
