"""What the vendor says in writing about the time after a report: bridge letters, and when the next report comes."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vendors.correspondence.services import cancel
from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access, emails
from vendors.reports.coverage import BridgeLetter, impossible_letter
from vendors.reports.currency import SuccessorStated, impossible_statement
from vendors.reports.models import Report, ReportRequest, SuccessorStatement
from vendors.reports.models.reports import ReportState
from vendors.reports.services.changing import tell_it_changed
from vendors.reports.services.locking import locked_report, locked_request
from vendors.reports.wording import day_in_words
from vendors.vault.models import StoredFile
from vendors.vault.services import seal_upload
from vendors.vault.validation import CheckedPdf, check_pdf

PURPOSE = "statement"
DAYS = ("period_start", "period_end", "expected_on", "bridges_from", "bridges_until")


def receive_statement(
    *,
    report: Report,
    request: ReportRequest | None = None,
    upload: UploadedFile | None,
    by: Actor,
    now: datetime,
    on: date,
    ip: str | None = None,
    **said: Any,
) -> tuple[SuccessorStatement, bool]:
    """Seal the letter and keep what it `said`, as `record_successor_statement` takes it; and whether that is new.

    The same letter twice is one letter: sent again with the same days it is the statement on record, which answers
    the request too; with other days it is a statement of its own, under the file we hold.
    Raises what `record_successor_statement` does, and vault.validation.FileRefused; nothing of a refused file is kept.
    """
    checked = check_pdf(upload) if upload else None  # takes seconds; asked before by the form, so before any lock
    with transaction.atomic():
        report = locked_report(report)
        held = _statements_with(report, checked) if checked else []
        same = next((one for one in held if all(getattr(one, name) == said.get(name) for name in DAYS)), None)
        if same is not None:
            access.check_can_state_next_report(by, report)
            if request is not None:
                _answer(request, by=by, now=now)
            return same, False
        letter = held[0].file if held else None
        if checked and not letter:
            letter = seal_upload(
                upload=checked.upload, purpose=PURPOSE, vendor_id=report.vendor_id, by=by, at=now, ip=ip
            )
        kept = record_successor_statement(report=report, request=request, letter=letter, **said, by=by, now=now, on=on)
        return kept, True


def _statements_with(report: Report, letter: CheckedPdf) -> list[SuccessorStatement]:
    """The standing statements about this report that came with the same bytes."""
    assert letter.upload.spool is not None
    found = report.successor_statements.standing().filter(file__sha256=letter.upload.spool.sha256)
    return list(found.select_related("report__vendor", "file"))


@transaction.atomic
def record_successor_statement(
    *,
    report: Report,
    request: ReportRequest | None = None,
    period_start: date | None = None,
    period_end: date | None = None,
    expected_on: date | None = None,
    stated_on: date,
    stated_by: str,
    letter: StoredFile | None = None,
    bridges_from: date | None = None,
    bridges_until: date | None = None,
    by: Actor,
    now: datetime,
    on: date,
) -> SuccessorStatement:
    """Keep which period the report after this one covers and when it comes, how long a bridge letter speaks, or both.

    `letter` is the sealed file the vendor wrote it in, held under an NDA like the report itself. Naming the next
    report answers the request for it.
    Raises NotAllowed, or Refused (with the field) for dates that cannot be and for a file without an NDA.
    """
    report = locked_report(report)
    access.check_can_state_next_report(by, report)
    if letter is not None:
        access.check_nda(report.vendor, on)
    if stated_on > on:
        raise Refused(
            _("%(day)s has not come yet. Take the date of the letter.") % {"day": day_in_words(stated_on)},
            field="stated_on",
        )
    _check_successor(report, period_start, period_end, expected_on, stated_on, on)
    _check_bridge(report, letter, bridges_from, bridges_until)
    if expected_on is None and bridges_until is None:
        raise Refused(_("Say until when the bridge letter speaks, or name the next report."), field="bridges_until")
    statement = SuccessorStatement.objects.create(
        report=report,
        request=request,
        period_start=period_start,
        period_end=period_end,
        expected_on=expected_on,
        stated_on=stated_on,
        stated_by=stated_by,
        file=letter,
        bridges_from=bridges_from,
        bridges_until=bridges_until,
    )
    if request is not None:
        _answer(request, by=by, now=now)
    emails.mail_next_report_named(statement, by=by, now=now)
    record(
        by=by,
        verb="report.successor_named" if expected_on else "report.bridged",
        sentence=_said(statement),
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details=_details(statement),
    )
    tell_it_changed(report)
    return statement


@transaction.atomic
def withdraw_statement(*, statement: SuccessorStatement, reason: str, by: Actor, now: datetime) -> SuccessorStatement:
    """Take back a statement that was wrong: it bridges nothing and carries nothing any more; it stays on record.

    The request that it answered is open again.
    Raises NotAllowed for anybody but reviewers, Refused for one withdrawn before and without a reason.
    """
    report = locked_report(statement.report)
    statement = (
        SuccessorStatement.objects.select_for_update(of=("self",)).select_related("request").get(pk=statement.pk)
    )
    access.check_can_withdraw_statement(by, statement)
    if not reason.strip():
        raise Refused(_("Say what was wrong."), field="reason")
    statement.report = report
    statement.withdrawn_at, statement.withdrawn_by, statement.withdrawn_reason = now, by.label, reason.strip()
    statement.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    if statement.request is not None:
        _open_again(statement.request)
    record(
        by=by,
        verb="report.statement_withdrawn",
        sentence=_("Withdrawn: %(what)s. %(why)s") % {"what": _said(statement), "why": statement.withdrawn_reason},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details=_details(statement),
    )
    tell_it_changed(report)
    return statement


def _check_successor(
    report: Report, start: date | None, end: date | None, expected_on: date | None, stated_on: date, on: date
) -> None:
    named = {"period_start": start, "period_end": end, "expected_on": expected_on}
    if not any(named.values()):
        return
    if start is None or end is None or expected_on is None:
        missing = next(field for field, day in named.items() if day is None)
        raise Refused(_("Give all three: the next period's first and last day, and the report's date."), field=missing)
    said = SuccessorStated(period_start=start, period_end=end, expected_on=expected_on, stated_on=stated_on)
    for field, reason in impossible_statement(said, period_end=_end_of(report), on=on):
        raise Refused(reason.render(_, day_in_words), field=field)
    if expected_on < on:
        raise Refused(_("Give a day that is still to come."), field="expected_on")


def _check_bridge(
    report: Report, letter: StoredFile | None, bridges_from: date | None, bridges_until: date | None
) -> None:
    if bridges_until is None:
        if bridges_from is not None:
            raise Refused(_("Say until when the bridge letter speaks."), field="bridges_until")
        return
    if letter is None:
        raise Refused(_("Add the bridge letter itself; without it nothing is bridged."), field="file")
    said = BridgeLetter(period_end=_end_of(report), until=bridges_until, starts=bridges_from)
    for field, reason in impossible_letter(said):
        raise Refused(reason.render(_, day_in_words), field=field)


def _end_of(report: Report) -> date:
    if report.state != ReportState.ACCEPTED or report.period_end is None:
        raise Refused(_("Accept the report first: what follows an unread report says nothing."))
    return report.period_end


def _answer(request: ReportRequest, *, by: Actor, now: datetime) -> None:
    request = locked_request(request)
    access.check_can_answer(by, request)
    request.answered_at = now
    request.save(update_fields=["answered_at"])
    cancel(about=emails.about_request(request), by=by, now=now)


def _open_again(request: ReportRequest) -> None:
    request = locked_request(request)
    request.answered_at = None
    request.save(update_fields=["answered_at"])


def _said(statement: SuccessorStatement) -> str:
    """The statement in a sentence of the ledger."""
    vendor = statement.report.vendor.name
    parts = []
    if statement.period_start and statement.period_end and statement.expected_on:
        parts.append(
            _("next report for %(start)s – %(end)s, expected %(expected)s")
            % {
                "start": day_in_words(statement.period_start),
                "end": day_in_words(statement.period_end),
                "expected": day_in_words(statement.expected_on),
            }
        )
    if statement.bridges_until:
        parts.append(_("bridge letter until %(until)s") % {"until": day_in_words(statement.bridges_until)})
    return f"{vendor}: {'; '.join(parts)}"


def _details(statement: SuccessorStatement) -> dict[str, Any]:
    return {
        "period_start": statement.period_start,
        "period_end": statement.period_end,
        "expected_on": statement.expected_on,
        "stated_on": statement.stated_on,
        "stated_by": statement.stated_by,
        "bridges_from": statement.bridges_from,
        "bridges_until": statement.bridges_until,
        "sha256": statement.file.sha256 if statement.file else "",
    }
