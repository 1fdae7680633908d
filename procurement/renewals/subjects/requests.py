"""A request that a person made: the vendor is reminded, and whoever waits is told when that does not help."""

from functools import partial

from procurement.renewals.gathering import Records
from procurement.renewals.milestones import Ask, Audience
from procurement.renewals.rhythms import Rhythm, Series
from procurement.renewals.schedule import milestones_for_request
from procurement.renewals.subjects.who import active, already, asked_by, people
from procurement.renewals.threads import Marked, RequestSubject, SubjectType, Thread
from procurement.reviews.models import Review
from vendors.calendar.clock import local_day
from vendors.reports.comparison import same_system
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.reports.models.requests import Asked
from vendors.reports.terms import ReportKind, ReportType


def request_threads(records: Records, request: ReportRequest) -> list[Thread]:
    """To whomever it is for, else to the first who waits for it; the escalation to all who wait."""
    vendor_id = request.vendor_id
    reviews = waiting_reviews(records, vendor_id)
    milestones = milestones_for_request(
        due_on=request.due_on,
        requested_on=local_day(request.requested_at),
        not_ready_until=request.not_ready_until,
        ask=Ask(request.what),
        rhythm=rhythm_of_requests(records, vendor_id),
    )
    asker = active(request.requested_by)
    waiting = people(asker, *(review.engagement.owner for review in reviews))
    speakers = asked_by(records, request)
    title = f"{request.vendor}: {request.get_what_display()}"
    thread = partial(
        Thread,
        type=SubjectType.REQUEST,
        id=request.pk,
        vendor=request.vendor,
        answered=is_on_file(records, request),
        subject=RequestSubject(
            request=request,
            reviews=reviews,
            nda=records.nda_in_force(vendor_id),
            in_portal_only=not speakers and bool(records.contacts.get(vendor_id)),
        ),
        marked=(
            Marked(f"request-{request.pk}", max(request.due_on, request.not_ready_until or request.due_on), title),
        ),
    )
    claims = partial(already, records, SubjectType.REQUEST, request.pk)
    to_vendor = tuple(one for one in milestones if one.audience is Audience.VENDOR)
    to_owner = tuple(one for one in milestones if one.audience is Audience.OWNER)
    return [
        *(
            thread(person=one, milestones=to_vendor, stands_in=not speakers, already=claims(one))
            for one in ([contact.user for contact in speakers] or waiting[:1])
        ),
        *(thread(person=one, milestones=to_owner, already=claims(one)) for one in waiting),
    ]


def is_on_file(records: Records, request: ReportRequest) -> bool:
    """Whether an accepted report is what the request asks for, though it came another way: nobody is reminded then.

    It is of the system asked for and reaches the end of the period asked for; where no period was named, it came
    after the request.
    """
    return request.what == Asked.SOC2_TYPE2 and any(
        _is_what_was_asked(report, request) for report in records.arrivals.get(request.vendor_id, [])
    )


def _is_what_was_asked(report: Report, request: ReportRequest) -> bool:
    if report.state != ReportState.ACCEPTED or (report.kind, report.type) != (ReportKind.SOC2, ReportType.TYPE2):
        return False
    if request.system.strip() and not same_system(report.system_name, request.system):
        return False
    if request.period_end is None:
        return report.received_at > request.requested_at
    return report.period_end is not None and report.period_end >= request.period_end


def waiting_reviews(records: Records, vendor_id: int) -> tuple[Review, ...]:
    """The reviews that may wait for what is asked: undecided ones, else those that are approved."""
    undecided = records.reviews.get(vendor_id, [])
    return tuple(undecided or [one.decision.review for one in records.approvals.get(vendor_id, [])])


def rhythm_of_requests(records: Records, vendor_id: int) -> Rhythm:
    """That of the closest tier among the reviews that wait."""
    tiers = [review.engagement.tier for review in waiting_reviews(records, vendor_id)]
    return records.plan.rhythm(Series.REQUEST, min(tiers, default=None))
