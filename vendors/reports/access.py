"""Who may see, open and change reports and requests (DESIGN.md, "Who uses it").

Facts are read by reviewers and auditors, and by whoever holds a grant; bytes ask for an NDA in force today and a grant.
A contact sees what belongs to the own vendor. "Not there" and "not yours" are the same 404.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from vendors.directory.models import Vendor
from vendors.ndas.access import check_nda_in_force
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes
from vendors.reading import RULES_VERSION
from vendors.reports.models import AuditorFirm, Evidence, Grant, Report, ReportRequest, SuccessorStatement
from vendors.reports.models.readings import ReadingState
from vendors.reports.models.reports import ReportState

READERS = {Role.REVIEWER, Role.AUDITOR}
# A withdrawn acceptance puts the report back on the table; what was sent back to the vendor stays as it was.
OPEN_STATES = {ReportState.RECEIVED, ReportState.WITHDRAWN}


def reports_visible_to(user: Actor) -> QuerySet[Report]:
    """Whose facts this person may read: reviewers and auditors all, a contact the own vendor's, others by a grant."""
    found = Report.objects.select_related("vendor", "file", "nda", "request", "auditor")
    if user.kind == Kind.CONTACT:
        return found.filter(vendor=user.contact.vendor_id) if user.contact else found.none()
    if user.roles & READERS:
        return found
    return found.filter(grants__user=user.pk) if user.pk is not None else found.none()


def requests_visible_to(user: Actor) -> QuerySet[ReportRequest]:
    """Every request for reviewers and auditors, those to the own vendor for a contact."""
    found = ReportRequest.objects.select_related("vendor", "contact__user", "requested_by")
    if user.contact is not None:
        return found.filter(vendor=user.contact.vendor_id)
    return found if user.roles & READERS else found.none()


def report_for(user: Actor, pk: int) -> Report:
    """The report, for those who may read its facts. Raises Http404 for "not there" and "not yours" alike."""
    report = reports_visible_to(user).filter(pk=pk).first()
    if report is None:
        raise Http404
    return report


def request_for(user: Actor, pk: int) -> ReportRequest:
    """The request, for reviewers and auditors and for contacts of its vendor. Raises Http404 otherwise."""
    request = requests_visible_to(user).filter(pk=pk).first()
    if request is None:
        raise Http404
    return request


def request_kept_by(user: Actor, vendor_pk: int, pk: int) -> ReportRequest:
    """The request of this vendor, for reviewers, who alone move and cancel it. Raises Http404 otherwise."""
    request = request_for(user, pk)
    if Role.REVIEWER not in user.roles or request.vendor_id != vendor_pk:
        raise Http404
    return request


def statement_for(user: Actor, pk: int) -> SuccessorStatement:
    """The statement, for those who may read the facts of its report. Raises Http404 otherwise."""
    statement = SuccessorStatement.objects.select_related("file", "request").filter(pk=pk).first()
    if statement is None:
        raise Http404
    statement.report = report_for(user, statement.report_id)
    return statement


def holds_grant(user: Actor, report: Report, on: date) -> bool:
    return user.pk is not None and _grants_on(on).filter(report=report, user_id=user.pk).exists()


def check_can_open(user: Actor, report: Report, on: date) -> None:
    """Whether this person may have the bytes today: an NDA in force and a grant; a contact needs no grant for its own.

    Raises NotAllowed without a grant, Refused without an NDA or when the file was destroyed.
    """
    if not _speaks_for(user, report.vendor_id) and not holds_grant(user, report, on):
        raise NotAllowed(_("You hold no grant to open this report. Ask its reviewer for one."))
    if report.file.destroyed_at is not None:
        raise Refused(_("The file was destroyed. Its facts and its SHA-256 stay on record."))
    check_nda(report.vendor, on)


def can_open(user: Actor, report: Report, on: date) -> bool:
    return passes(check_can_open, user, report, on)


def openable_reports(user: Actor, vendor: Vendor, reports: Iterable[Report], on: date) -> set[int]:
    """Which of a vendor's reports this person may open, by id: `can_open` for a list, in two queries."""
    granted = set(_grants_on(on).filter(user=user.pk, report__vendor=vendor).values_list("report", flat=True))
    if not granted or not passes(check_nda, vendor, on):
        return set()
    return {report.pk for report in reports if report.pk in granted and report.file.destroyed_at is None}


def purpose_for(user: Actor, report: Report) -> str:
    """Why this person opens it, as the vendor reads it in the custody log: what the grant was given for."""
    grant = Grant.objects.filter(report=report, user=user.pk).first()
    if grant is None:
        raise Http404
    return grant.purpose


def check_nda(vendor: Vendor, on: date) -> None:
    """Raises Refused unless an NDA with this vendor is in force on that day."""
    check_nda_in_force(vendor, on)


def check_can_request(by: Actor) -> None:
    """Reviewers ask a vendor for a report; so does Countersign itself when a renewal is due."""
    if by.kind != Kind.SYSTEM and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer asks a vendor for a report."))


def can_request(by: Actor) -> bool:
    return passes(check_can_request, by)


def check_can_change_request(by: Actor, request: ReportRequest) -> None:
    """Reviewers move and cancel requests that are still open."""
    check_can_request(by)
    _check_is_open(request)


def can_change_request(by: Actor, request: ReportRequest) -> bool:
    return passes(check_can_change_request, by, request)


def check_can_answer(by: Actor, request: ReportRequest) -> None:
    """A contact of the vendor answers for it; a reviewer writes down what the vendor said elsewhere."""
    if not _speaks_for(by, request.vendor_id) and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a contact of %(vendor)s answers this request.") % {"vendor": request.vendor.name})
    _check_is_open(request)


def can_answer(by: Actor, request: ReportRequest) -> bool:
    return passes(check_can_answer, by, request)


def check_can_send(by: Actor, vendor: Vendor, on: date) -> None:
    """A contact of the vendor uploads its report, or a reviewer who fetched it; always under an NDA in force."""
    if not _speaks_for(by, vendor.pk) and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a contact of the vendor or a reviewer uploads a report."))
    check_nda(vendor, on)


def can_send(by: Actor, vendor: Vendor, on: date) -> bool:
    return passes(check_can_send, by, vendor, on)


def check_can_record_facts(by: Actor, report: Report, on: date) -> None:
    """A reviewer who may open the report records its facts, until the report is accepted or sent back."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer records the facts of a report."))
    if report.state == ReportState.ACCEPTED:
        raise Refused(_("The report is accepted. Withdraw the acceptance before its facts change."))
    if report.state not in OPEN_STATES:
        raise Refused(_("The report was sent back to the vendor. Its facts stay as they were."))
    check_can_open(by, report, on)


def can_record_facts(by: Actor, report: Report, on: date) -> bool:
    return passes(check_can_record_facts, by, report, on)


def check_can_read_again(by: Actor, report: Report, on: date) -> None:
    """A reviewer has a report read again when its rules are newer than its reading, or when that brought nothing."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer has a report read again."))
    if report.state == ReportState.REFUSED:
        raise Refused(_("The report was sent back to the vendor. It is not read any more."))
    if report.file.destroyed_at is not None:
        raise Refused(_("The file was destroyed. Its facts and its SHA-256 stay on record."))
    check_nda(report.vendor, on)
    reading = report.readings.filter(rules=RULES_VERSION).first()
    if reading is not None and reading.state == ReadingState.WAITING:
        raise Refused(_("The report waits to be read already."))
    if reading is not None and reading.state == ReadingState.READ:
        raise Refused(_("The rules of today have read this report. They would find the same again."))


def can_read_again(by: Actor, report: Report, on: date) -> bool:
    return passes(check_can_read_again, by, report, on)


def check_can_read_auditors(by: Actor) -> None:
    if not by.roles & READERS:
        raise NotAllowed(_("Auditor firms are read by reviewers and auditors."))


def can_read_auditors(by: Actor) -> bool:
    return passes(check_can_read_auditors, by)


def auditor_for(user: Actor, pk: int) -> AuditorFirm:
    """The firm, for those who read reports. Raises Http404 for "not there" and "not yours" alike."""
    firm = AuditorFirm.objects.filter(pk=pk).first() if user.roles & READERS else None
    if firm is None:
        raise Http404
    return firm


def check_can_check_auditor(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer writes down the check of an auditor."))


def can_check_auditor(by: Actor) -> bool:
    return passes(check_can_check_auditor, by)


def check_can_state_next_report(by: Actor, report: Report) -> None:
    """A contact of the vendor names the next report; a reviewer writes down what the vendor said elsewhere."""
    if not _speaks_for(by, report.vendor_id) and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a contact of the vendor or a reviewer names the next report."))


def can_state_next_report(by: Actor, report: Report) -> bool:
    return passes(check_can_state_next_report, by, report)


def check_can_withdraw_statement(by: Actor, statement: SuccessorStatement) -> None:
    """Reviewers take back what was wrong. A vendor that wrote the wrong dates says so again; the latest word counts."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer withdraws a statement."))
    if not statement.is_standing:
        raise Refused(_("This statement is withdrawn already."))


def can_withdraw_statement(by: Actor, statement: SuccessorStatement) -> bool:
    return passes(check_can_withdraw_statement, by, statement)


def check_can_withdraw(by: Actor, report: Report) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer withdraws the acceptance of a report."))
    if report.state != ReportState.ACCEPTED:
        raise Refused(_("The report is not accepted, so there is nothing to withdraw."))


def can_withdraw(by: Actor, report: Report) -> bool:
    return passes(check_can_withdraw, by, report)


def check_can_grant(by: Actor) -> None:
    """Reviewers pass on leave to open a report; assignments do so in their name."""
    if by.kind != Kind.SYSTEM and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer lets somebody open a report."))


def can_grant(by: Actor) -> bool:
    return passes(check_can_grant, by)


def evidence_kept_by(user: Actor, vendor_pk: int, pk: int) -> Evidence:
    """The paper of this vendor, for reviewers, who record and withdraw. Raises Http404 otherwise.

    Who opens it hangs on reviews, so `procurement.reviews` asks that.
    """
    evidence = Evidence.objects.select_related("vendor", "file").filter(pk=pk, vendor=vendor_pk).first()
    if evidence is None or Role.REVIEWER not in user.roles:
        raise Http404
    return evidence


def check_can_keep_evidence(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer records and withdraws evidence."))


def can_keep_evidence(by: Actor) -> bool:
    return passes(check_can_keep_evidence, by)


def check_can_withdraw_evidence(by: Actor, evidence: Evidence) -> None:
    check_can_keep_evidence(by)
    if evidence.withdrawn_at is not None:
        raise Refused(_("This paper is withdrawn already."))


def can_withdraw_evidence(by: Actor, evidence: Evidence) -> bool:
    return passes(check_can_withdraw_evidence, by, evidence)


def _check_is_open(request: ReportRequest) -> None:
    if request.cancelled_at is not None:
        raise Refused(_("This request was cancelled."))
    if request.answered_at is not None:
        raise Refused(_("This request is answered already."))


def _speaks_for(user: Actor, vendor_id: int) -> bool:
    return user.contact is not None and user.contact.vendor_id == vendor_id


def _grants_on(on: date) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(until__isnull=True) | Q(until__gte=on))
