"""The report approvals rest on: its successor is asked for, and somebody is told when that comes unasked."""

from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from procurement.decisions.standings import Approval
from procurement.renewals.gathering import Records
from procurement.renewals.milestones import Audience, Milestone
from procurement.renewals.rhythms import Series
from procurement.renewals.schedule import milestone_for_arrival, milestones_for_interim, milestones_for_report
from procurement.renewals.subjects.successors import (
    asks_for_successor,
    chased_by_a_person,
    currency_on,
    following_of,
    succeeds,
    successor_is_here,
)
from procurement.renewals.subjects.who import active, already, contacts, people
from procurement.renewals.threads import InterimSubject, Marked, ReportSubject, SubjectType, Thread
from procurement.reviews.models import Waiver
from vendors.calendar.clock import local_day
from vendors.directory.models import Vendor
from vendors.reports.models import Report
from vendors.reports.models.reports import ReportState
from vendors.reports.models.requests import Asked


def report_threads(records: Records, report: Report, approvals: list[Approval]) -> list[Thread]:
    """To the vendor's contacts, to the business owners, and to whoever reviews."""
    currency, following = currency_on(records, report), following_of(records, report)
    open_requests = records.requests.get(report.vendor_id, [])
    requests = tuple(one for one in open_requests if asks_for_successor(records, report, one))
    newest = approvals[0].decision.review
    reviewer = active(records.reviewers.get(newest.reviewer_id or 0))
    subject = ReportSubject(
        report=report,
        approvals=tuple(approvals),
        currency=currency,
        following=following,
        requests=requests,
        nda=records.nda_in_force(report.vendor_id),
        reviewer=reviewer,
    )
    return _threads(records, subject)


def interim_threads(records: Records, report: Report, waiver: Waiver, approvals: list[Approval]) -> list[Thread]:
    """The same for a Type I report that stands in until the Type II the vendor promised."""
    assert waiver.promised_on is not None
    open_requests = [one for one in records.requests.get(report.vendor_id, []) if one.what == Asked.SOC2_TYPE2]
    requests = tuple(one for one in open_requests if asks_for_successor(records, report, one))
    subject = InterimSubject(
        report=report,
        approvals=tuple(approvals),
        promised_on=waiver.promised_on,
        until=waiver.until,
        requests=requests,
        nda=records.nda_in_force(report.vendor_id),
        reviewer=active(records.reviewers.get(approvals[0].decision.review.reviewer_id or 0)),
    )
    return _threads(records, subject)


def _threads(records: Records, subject: ReportSubject | InterimSubject) -> list[Thread]:
    report, requests, approvals, reviewer = subject.report, subject.requests, subject.approvals, subject.reviewer
    newest, milestones = approvals[0].decision.review, _milestones(records, subject)
    to_vendor = tuple(
        one for one in milestones if one.audience is Audience.VENDOR and not chased_by_a_person(records, requests, one)
    )
    to_owner = tuple(one for one in milestones if one.audience is Audience.OWNER)
    owners = people(*(one.decision.review.engagement.owner for one in approvals)) or people(reviewer)
    asked = contacts(records, report.vendor_id)
    is_here = successor_is_here(records, report)
    thread = partial(
        Thread,
        type=SubjectType.REPORT,
        id=report.pk,
        vendor=newest.vendor,
        subject=subject,
        answered=is_here,
        marked=() if is_here else _marked(report, newest.vendor, subject.expected_on),
    )
    claims = partial(already, records, SubjectType.REPORT, report.pk)
    vendor_side = [contact.user for contact in asked] or ([reviewer] if reviewer else owners[:1])
    return [
        *(thread(person=one, milestones=to_vendor, stands_in=not asked, already=claims(one)) for one in vendor_side),
        *(thread(person=one, milestones=to_owner, already=claims(one)) for one in owners),
        *(
            thread(person=one, milestones=_arrivals(records, report), already=claims(one))
            for one in ([reviewer] if reviewer else owners[:1])
        ),
    ]


def _milestones(records: Records, subject: ReportSubject | InterimSubject) -> tuple[Milestone, ...]:
    """None while no NDA is in force: what came could neither be received nor opened, and the approvals have lapsed."""
    if subject.nda is None:
        return ()
    approvals = subject.approvals
    decided_on = min(local_day(one.decision.decided_at) for one in approvals if one.decision.decided_at)
    not_ready_until = max(filter(None, (one.not_ready_until for one in subject.requests)), default=None)
    rhythm = records.plan.rhythm(Series.REPORT, min(one.decision.review.engagement.tier for one in approvals))
    if isinstance(subject, InterimSubject):
        return milestones_for_interim(
            promised_on=subject.promised_on, decided_on=decided_on, not_ready_until=not_ready_until, rhythm=rhythm
        )
    return milestones_for_report(
        currency=subject.currency,
        following=subject.following,
        decided_on=decided_on,
        not_ready_until=not_ready_until,
        rhythm=rhythm,
    )


def _marked(report: Report, vendor: Vendor, expected_on: date) -> tuple[Marked, ...]:
    title = _("%(vendor)s: next SOC 2 report expected") % {"vendor": vendor.name}
    return (Marked(f"report-{report.pk}", expected_on, title),)


def _arrivals(records: Records, report: Report) -> tuple[Milestone, ...]:
    """Successors that came for a request of the scan: no person asked, so nobody else is told that they are here."""
    return tuple(
        milestone_for_arrival(received_on=local_day(other.received_at))
        for other in records.arrivals.get(report.vendor_id, [])
        if other.state == ReportState.RECEIVED
        and other.request is not None
        and other.request.requested_by_id is None
        and succeeds(records, report, other)
    )
