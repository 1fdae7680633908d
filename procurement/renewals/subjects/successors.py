"""The report an approval rests on, the one that follows it, and whether that has come."""

from collections.abc import Iterable
from datetime import date

from procurement.decisions.standings import Approval
from procurement.policy.evaluation import THE_REPORT
from procurement.renewals.gathering import Records
from procurement.renewals.milestones import Milestone
from procurement.renewals.schedule import milestones_for_request
from procurement.renewals.subjects.requests import rhythm_of_requests
from procurement.reviews.models import Waiver
from vendors.calendar.clock import local_day
from vendors.reports.currency import Currency, NextReport, currency_of, latest_statement, next_report
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.models.requests import Asked
from vendors.reports.systems import statements_of
from vendors.reports.terms import ReportKind, ReportType


def is_still_needed(records: Records, request: ReportRequest) -> bool:
    """Whether a request that the scan made is still waited for: an approved report asks for its successor."""
    for report, _approvals in by_report(records.approvals.get(request.vendor_id, [])):
        if not same_name(request.system, report.system_name[:160]) or successor_is_here(records, report):
            continue
        if request.what == Asked.SOC2_TYPE2:
            return True
        statement = latest_statement(statements_of(report), report.period_end or date.max, on=records.on)
        return statement is None or statement.stated_on < local_day(request.requested_at)
    return request.what == Asked.SOC2_TYPE2 and any(
        same_name(request.system, report.system_name[:160]) and not successor_is_here(records, report)
        for report, _waiver, _approvals in by_interim(records.approvals.get(request.vendor_id, []))
    )


def by_interim(approvals: Iterable[Approval]) -> list[tuple[Report, Waiver, list[Approval]]]:
    """The accepted Type I reports that stand in for a Type II, each with the waiver that lasts longest."""
    found: dict[int, tuple[Report, Waiver, list[Approval]]] = {}
    for approval in approvals:
        report, waiver = approval.decision.review.report, _interim_of(approval)
        if report is None or waiver is None or report.state != ReportState.ACCEPTED:
            continue
        _report, last, resting = found.get(report.pk, (report, waiver, []))
        last = max(last, waiver, key=lambda one: (one.until, one.pk))
        found[report.pk] = (report, last, [*resting, approval])
    return list(found.values())


def _interim_of(approval: Approval) -> Waiver | None:
    decision = approval.decision
    if THE_REPORT not in decision.exempted:
        return None
    waivers = [one for one in decision.review.waivers.all() if one.is_granted and one.is_interim]
    ours = [one for one in waivers if one.report_id == decision.review.report_id]
    return max(ours, key=lambda one: one.until, default=None)


def by_report(approvals: Iterable[Approval]) -> list[tuple[Report, list[Approval]]]:
    """The accepted Type II reports these approvals rest on, each with its approvals."""
    found: dict[int, tuple[Report, list[Approval]]] = {}
    for approval in approvals:
        report = approval.decision.review.report
        if report and counts(report):
            found.setdefault(report.pk, (report, []))[1].append(approval)
    return list(found.values())


def counts(report: Report) -> bool:
    """Whether it is an accepted Type II report, so that there is something to renew."""
    return (
        report.state == ReportState.ACCEPTED
        and report.kind == ReportKind.SOC2
        and report.type == ReportType.TYPE2
        and report.period_start is not None
        and report.period_end is not None
    )


def currency_on(records: Records, report: Report) -> Currency:
    """How the report counts on the day of the records."""
    assert report.period_end is not None
    return currency_of(report.period_end, statements_of(report), on=records.on, rules=records.rules)


def following_of(records: Records, report: Report) -> NextReport:
    """The report that comes next, in the vendor's own words where it has said so by then."""
    assert report.period_start is not None
    assert report.period_end is not None
    return next_report(
        period_start=report.period_start,
        period_end=report.period_end,
        report_date=report.report_date,
        statement=latest_statement(statements_of(report), report.period_end, on=records.on),
        rules=records.rules,
    )


def successor_is_here(records: Records, report: Report) -> bool:
    """Whether the next report of this system was received, by whichever way, and not sent back."""
    return any(succeeds(records, report, other) for other in records.arrivals.get(report.vendor_id, []))


def succeeds(records: Records, report: Report, other: Report) -> bool:
    """A file whose facts nobody has recorded yet counts by its request, or because the vendor has one system only."""
    end = _end_of(report)
    if other.pk == report.pk or other.kind not in {"", ReportKind.SOC2} or other.type not in {"", ReportType.TYPE2}:
        return False
    if other.period_end and other.period_end <= end:
        return False
    if not other.period_end and other.received_at <= report.received_at:
        return False
    if other.request and same_name(other.request.system, report.system_name[:160]):
        return True
    if other.system_name:
        return same_name(other.system_name, report.system_name)
    return has_one_system(records, report.vendor_id)


def asks_for_successor(records: Records, report: Report, request: ReportRequest) -> bool:
    """Whether an open request asks for the report after this one, or for its date."""
    if request.period_end and request.period_end <= _end_of(report):
        return False
    if same_name(request.system, report.system_name[:160]):
        return True
    return request.requested_by_id is not None and (not request.system or has_one_system(records, report.vendor_id))


def chased_by_a_person(records: Records, requests: Iterable[ReportRequest], milestone: Milestone) -> bool:
    """Whether somebody of ours has asked for the same: that request has reminders of its own."""
    for request in requests:
        if request.requested_by_id is None or milestone.ask is None or request.what != milestone.ask.value:
            continue
        own = milestones_for_request(
            due_on=request.due_on,
            requested_on=local_day(request.requested_at),
            not_ready_until=request.not_ready_until,
            rhythm=rhythm_of_requests(records, request.vendor_id),
        )
        if local_day(request.requested_at) <= milestone.due <= own[-1].due:
            return True
    return False


def has_one_system(records: Records, vendor_id: int) -> bool:
    approvals = records.approvals.get(vendor_id, [])
    reports = [report for report, _resting in by_report(approvals)]
    reports += [report for report, _waiver, _resting in by_interim(approvals)]
    return len({report.system_name.strip().casefold() for report in reports}) == 1


def _end_of(report: Report) -> date:
    """The last day it speaks of: the end of its period, or the day a Type I was made for."""
    return report.period_end or report.as_of or date.min


def same_name(name: str, other: str) -> bool:
    """Whether two systems have the same name, as our own requests copy it; an empty one is of none."""
    return bool(name.strip()) and name.strip().casefold() == other.strip().casefold()
