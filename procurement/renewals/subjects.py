"""From records to threads: which subjects there are, which reminders they have, and who gets them."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from procurement.accounts.models import User
from procurement.decisions.standings import Approval
from procurement.renewals.gathering import Records
from procurement.renewals.milestones import Ask, Audience, Milestone, Rhythm
from procurement.renewals.schedule import (
    milestone_for_arrival,
    milestones_for_approval,
    milestones_for_report,
    milestones_for_request,
)
from procurement.renewals.threads import ApprovalSubject, ReportSubject, RequestSubject, SubjectType, Thread
from vendors.calendar.clock import local_day
from vendors.contacts.models import Contact
from vendors.reports.currency import Currency, NextReport, currency_of, latest_statement, next_report
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.models.requests import Asked
from vendors.reports.systems import statements_of
from vendors.reports.terms import ReportKind, ReportType

# While the successor is awaited the owner knows already that the approval is at its end.
RELIEF_RHYTHM = Rhythm(owner_before=(7, 0))

__all__ = ["is_still_needed", "threads_of", "threads_to_build"]


def threads_to_build(records: Records) -> Iterator[tuple[str, Callable[[], list[Thread]]]]:
    """For each subject its name and how its threads are made, so that one bad subject stops no other."""
    for approvals in records.approvals.values():
        for approval in approvals:
            name = f"{SubjectType.APPROVAL}:{approval.decision.pk}"
            yield name, partial(_approval_threads, records, approval)
        for report, resting in _by_report(approvals):
            yield f"{SubjectType.REPORT}:{report.pk}", partial(_report_threads, records, report, resting)
    for requests in records.requests.values():
        for request in requests:
            if request.requested_by_id is not None:
                yield f"{SubjectType.REQUEST}:{request.pk}", partial(_request_threads, records, request)


def threads_of(records: Records) -> Iterator[Thread]:
    """Every thread of these vendors."""
    for _name, build in threads_to_build(records):
        yield from build()


def is_still_needed(records: Records, request: ReportRequest) -> bool:
    """Whether a request that the scan made is still waited for: an approved report asks for its successor."""
    for report, _approvals in _by_report(records.approvals.get(request.vendor_id, [])):
        if not _same(request.system, report.system_name[:160]) or _successor_is_here(records, report):
            continue
        if request.what == Asked.SOC2_TYPE2:
            return True
        statement = latest_statement(statements_of(report), report.period_end or date.max, on=records.on)
        return statement is None or statement.stated_on < local_day(request.requested_at)
    return False


def _approval_threads(records: Records, approval: Approval) -> list[Thread]:
    decision, review = approval.decision, approval.decision.review
    assert decision.decided_at is not None
    decided_on = local_day(decision.decided_at)
    report = review.report if review.report and _counts(review.report) else None
    currency = _currency(records, report) if report else None
    in_relief = bool(currency and not currency.is_current and approval.standing.until > currency.current_until)
    countdown = milestones_for_approval(
        ends_on=approval.standing.until,
        decided_on=currency.current_until if currency and in_relief else decided_on,
        **({"rhythm": RELIEF_RHYTHM} if in_relief else {}),
    )
    reviewer = _active(records.reviewers.get(review.reviewer_id or 0))
    person = _active(review.engagement.owner) or reviewer
    if person is None:
        return []
    under_way = (one for one in records.reviews.get(review.vendor_id, []) if one.engagement_id == review.engagement_id)
    subject = ApprovalSubject(
        approval=approval,
        currency=currency,
        following=_following(records, report) if report else None,
        under_way=next(under_way, None),
        reviewer=reviewer,
    )
    return [
        Thread(
            type=SubjectType.APPROVAL,
            id=decision.pk,
            vendor=review.vendor,
            person=person,
            milestones=countdown,
            subject=subject,
            already=_already(records, SubjectType.APPROVAL, decision.pk, person),
        )
    ]


def _report_threads(records: Records, report: Report, approvals: list[Approval]) -> list[Thread]:
    currency, following = _currency(records, report), _following(records, report)
    open_requests = records.requests.get(report.vendor_id, [])
    requests = tuple(one for one in open_requests if _asks_for_successor(records, report, one))
    newest = approvals[0].decision.review
    reviewer = _active(records.reviewers.get(newest.reviewer_id or 0))
    subject = ReportSubject(
        report=report,
        approvals=tuple(approvals),
        currency=currency,
        following=following,
        requests=requests,
        nda=records.ndas.get(report.vendor_id),
        reviewer=reviewer,
    )
    milestones = milestones_for_report(
        currency=currency,
        following=following,
        decided_on=min(local_day(one.decision.decided_at) for one in approvals if one.decision.decided_at),
        not_ready_until=max(filter(None, (one.not_ready_until for one in requests)), default=None),
    )
    asks = [one for one in milestones if one.ask]  # the countdown without one is the approval's own thread
    to_vendor = tuple(one for one in asks if one.audience is Audience.VENDOR and not _chased_by_a_person(requests, one))
    to_owner = tuple(one for one in asks if one.audience is Audience.OWNER)
    owners = _people(*(one.decision.review.engagement.owner for one in approvals)) or _people(reviewer)
    contacts = _contacts(records, report.vendor_id)
    thread = partial(
        Thread,
        type=SubjectType.REPORT,
        id=report.pk,
        vendor=newest.vendor,
        subject=subject,
        answered=_successor_is_here(records, report),
    )
    already = partial(_already, records, SubjectType.REPORT, report.pk)
    vendor_side = [contact.user for contact in contacts] or ([reviewer] if reviewer else owners[:1])
    return [
        *(
            thread(person=one, milestones=to_vendor, stands_in=not contacts, already=already(one))
            for one in vendor_side
        ),
        *(thread(person=one, milestones=to_owner, already=already(one)) for one in owners),
        *(
            thread(person=one, milestones=_arrivals(records, report), already=already(one))
            for one in ([reviewer] if reviewer else owners[:1])
        ),
    ]


def _arrivals(records: Records, report: Report) -> tuple[Milestone, ...]:
    """Successors that came for a request of the scan: no person asked, so nobody else is told that they are here."""
    return tuple(
        milestone_for_arrival(received_on=local_day(other.received_at))
        for other in records.arrivals.get(report.vendor_id, [])
        if other.state == ReportState.RECEIVED
        and other.request is not None
        and other.request.requested_by_id is None
        and _succeeds(records, report, other)
    )


def _request_threads(records: Records, request: ReportRequest) -> list[Thread]:
    vendor_id = request.vendor_id
    undecided = records.reviews.get(vendor_id, [])
    reviews = tuple(undecided or [one.decision.review for one in records.approvals.get(vendor_id, [])])
    milestones = milestones_for_request(
        due_on=request.due_on,
        requested_on=local_day(request.requested_at),
        not_ready_until=request.not_ready_until,
        ask=Ask(request.what),
    )
    asker = _active(request.requested_by)
    waiting = _people(asker, *(review.engagement.owner for review in reviews))
    asked = request.contact if request.contact and request.contact.is_active else None
    contacts = [asked] if asked else records.contacts.get(vendor_id, [])
    thread = partial(
        Thread,
        type=SubjectType.REQUEST,
        id=request.pk,
        vendor=request.vendor,
        subject=RequestSubject(request=request, reviews=reviews, nda=records.ndas.get(vendor_id)),
    )
    already = partial(_already, records, SubjectType.REQUEST, request.pk)
    to_vendor = tuple(one for one in milestones if one.audience is Audience.VENDOR)
    to_owner = tuple(one for one in milestones if one.audience is Audience.OWNER)
    return [
        *(
            thread(person=one, milestones=to_vendor, stands_in=not contacts, already=already(one))
            for one in ([contact.user for contact in contacts] or waiting[:1])
        ),
        *(thread(person=one, milestones=to_owner, already=already(one)) for one in waiting),
    ]


def _by_report(approvals: Iterable[Approval]) -> list[tuple[Report, list[Approval]]]:
    """The accepted Type II reports these approvals rest on, each with its approvals."""
    found: dict[int, tuple[Report, list[Approval]]] = {}
    for approval in approvals:
        report = approval.decision.review.report
        if report and _counts(report):
            found.setdefault(report.pk, (report, []))[1].append(approval)
    return list(found.values())


def _counts(report: Report) -> bool:
    return (
        report.state == ReportState.ACCEPTED
        and report.kind == ReportKind.SOC2
        and report.type == ReportType.TYPE2
        and report.period_start is not None
        and report.period_end is not None
    )


def _currency(records: Records, report: Report) -> Currency:
    assert report.period_end is not None
    return currency_of(report.period_end, statements_of(report), on=records.on, rules=records.rules)


def _following(records: Records, report: Report) -> NextReport:
    assert report.period_start is not None
    assert report.period_end is not None
    return next_report(
        period_start=report.period_start,
        period_end=report.period_end,
        report_date=report.report_date,
        statement=latest_statement(statements_of(report), report.period_end, on=records.on),
        rules=records.rules,
    )


def _successor_is_here(records: Records, report: Report) -> bool:
    """Whether the next report of this system was received, by whichever way, and not sent back."""
    return any(_succeeds(records, report, other) for other in records.arrivals.get(report.vendor_id, []))


def _succeeds(records: Records, report: Report, other: Report) -> bool:
    """A file whose facts nobody has recorded yet counts by its request, or because the vendor has one system only."""
    assert report.period_end is not None
    if other.pk == report.pk or other.kind not in {"", ReportKind.SOC2} or other.type not in {"", ReportType.TYPE2}:
        return False
    if other.period_end and other.period_end <= report.period_end:
        return False
    if not other.period_end and other.received_at <= report.received_at:
        return False
    if other.request and _same(other.request.system, report.system_name[:160]):
        return True
    if other.system_name:
        return _same(other.system_name, report.system_name)
    return _has_one_system(records, report.vendor_id)


def _asks_for_successor(records: Records, report: Report, request: ReportRequest) -> bool:
    assert report.period_end is not None
    if request.period_end and request.period_end <= report.period_end:
        return False
    if _same(request.system, report.system_name[:160]):
        return True
    return request.requested_by_id is not None and (not request.system or _has_one_system(records, report.vendor_id))


def _chased_by_a_person(requests: Iterable[ReportRequest], milestone: Milestone) -> bool:
    """Whether somebody of ours has asked for the same: that request has reminders of its own."""
    for request in requests:
        if request.requested_by_id is None or milestone.ask is None or request.what != milestone.ask.value:
            continue
        own = milestones_for_request(
            due_on=request.due_on,
            requested_on=local_day(request.requested_at),
            not_ready_until=request.not_ready_until,
        )
        if local_day(request.requested_at) <= milestone.due <= own[-1].due:
            return True
    return False


def _has_one_system(records: Records, vendor_id: int) -> bool:
    reports = _by_report(records.approvals.get(vendor_id, []))
    return len({report.system_name.strip().casefold() for report, _approvals in reports}) == 1


def _same(name: str, other: str) -> bool:
    return bool(name.strip()) and name.strip().casefold() == other.strip().casefold()


def _contacts(records: Records, vendor_id: int) -> list[Contact]:
    """Whom the last request went to, else everybody who speaks for the vendor."""
    active = records.contacts.get(vendor_id, [])
    last = [contact for contact in active if contact.pk == records.last_asked.get(vendor_id)]
    return last or active


def _active(person: User | None) -> User | None:
    return person if person and person.is_active else None


def _people(*people: User | None) -> list[User]:
    """Those who are active, each once."""
    return list({person.pk: person for person in people if person and person.is_active}.values())


def _already(records: Records, subject_type: SubjectType, subject_id: int, person: User) -> set[tuple[date, str]]:
    return records.already.get((subject_type.value, subject_id, person.email), set())
