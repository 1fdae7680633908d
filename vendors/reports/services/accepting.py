"""Accepting a report, sending it back, withdrawing the acceptance: the vendor's half of these acts.

What follows for reviews is done by `procurement.reviews`, which calls these in its own transaction.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vendors.correspondence.services import cancel
from vendors.ledger.services import record
from vendors.people.actors import Actor, Refused
from vendors.reports import access, emails
from vendors.reports.completeness import incomplete_sections
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.services.facts import check_revision
from vendors.reports.services.locking import locked_report, locked_request
from vendors.reports.services.proposals import still_to_see
from vendors.reports.wording import named


@transaction.atomic
def accept_report(*, report: Report, revision: int, by: Actor, now: datetime, on: date) -> Report:
    """Accept the facts as they stand; from now on they count and cannot be edited. The ledger keeps how many of them
    were accepted together and not looked at since; their marks stay.

    Raises NotAllowed; Refused when the facts changed since the page was opened, when something is missing (naming
    the sections), or when the report is not open.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    check_revision(report, revision)
    missing = incomplete_sections(report)
    if missing:
        raise Refused(
            _("Still missing before the report can be accepted: %(sections)s.") % {"sections": ", ".join(missing)}
        )
    report.state = ReportState.ACCEPTED
    report.state_reason = ""
    report.accepted_at = now
    report.accepted_by_id = by.pk
    report.save(update_fields=["state", "state_reason", "accepted_at", "accepted_by"])
    # The two days of a period are one thing to look at.
    unseen = len({"period" if name.startswith("period_") else name for name in still_to_see(report)})
    sentence = ngettext(
        "%(report)s accepted, %(count)s fact not looked at",
        "%(report)s accepted, %(count)s facts not looked at",
        unseen,
    )
    record(
        by=by,
        verb="report.accepted",
        sentence=(sentence if unseen else _("%(report)s accepted")) % {"report": named(report), "count": unseen},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={
            "revision": report.revision,
            "sha256": report.file.sha256,
            "opinion": report.opinion,
            "not_looked_at": unseen,
        },
    )
    return report


@transaction.atomic
def send_back(*, report: Report, reason: str, by: Actor, now: datetime, on: date) -> Report:
    """Send the report back to the vendor with a reason: its request is open again and the contact is told.

    Raises NotAllowed; Refused without a reason, or when the report is accepted or was sent back before.
    """
    report = locked_report(report)
    access.check_can_record_facts(by, report, on)
    if not reason.strip():
        raise Refused(_("Say what the vendor should send instead. The contact reads it."), field="reason")
    report.state = ReportState.REFUSED
    report.state_reason = reason.strip()
    report.save(update_fields=["state", "state_reason"])
    _reopen_request(report, by=by, now=now)
    record(
        by=by,
        verb="report.sent_back",
        sentence=_("%(report)s sent back: %(reason)s") % {"report": named(report), "reason": report.state_reason},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
        details={"sha256": report.file.sha256},
    )
    return report


@transaction.atomic
def withdraw_report(*, report: Report, reason: str, by: Actor, now: datetime) -> Report:
    """Take the acceptance back with a reason; the facts may then be corrected and accepted again.

    Raises NotAllowed; Refused without a reason, or when the report is not accepted.
    """
    report = locked_report(report)
    access.check_can_withdraw(by, report)
    if not reason.strip():
        raise Refused(_("Say why the acceptance is withdrawn."), field="reason")
    report.state = ReportState.WITHDRAWN
    report.state_reason = reason.strip()
    report.accepted_at = None
    report.accepted_by = None
    report.revision += 1
    report.save(update_fields=["state", "state_reason", "accepted_at", "accepted_by", "revision"])
    record(
        by=by,
        verb="report.withdrawn",
        sentence=_("Acceptance withdrawn, %(report)s: %(reason)s")
        % {"report": named(report), "reason": report.state_reason},
        at=now,
        vendor_id=report.vendor_id,
        subject=("report", report.pk),
    )
    return report


def _reopen_request(report: Report, *, by: Actor, now: datetime) -> None:
    if report.request is None:
        return
    request = locked_request(report.request)
    if request.cancelled_at is None:
        request.answered_at = None
        request.save(update_fields=["answered_at"])
    cancel(about=emails.about_request(request), by=by, now=now)
    emails.mail_sent_back(report, request, by=by, now=now)
