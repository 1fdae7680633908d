"""From records to threads: which subjects there are, which reminders they have, and who gets them."""

from collections.abc import Callable, Iterator
from functools import partial

from procurement.renewals.gathering import Records
from procurement.renewals.subjects.approvals import approval_threads
from procurement.renewals.subjects.reports import interim_threads, report_threads
from procurement.renewals.subjects.requests import request_threads
from procurement.renewals.subjects.successors import by_interim, by_report, is_still_needed
from procurement.renewals.subjects.things import thing_threads
from procurement.renewals.threads import SubjectType, Thread

__all__ = ["is_still_needed", "threads_of", "threads_to_build"]


def threads_to_build(records: Records) -> Iterator[tuple[str, Callable[[], list[Thread]]]]:
    """For each subject its name and how its threads are made, so that one bad subject stops no other."""
    for approvals in records.approvals.values():
        for approval in approvals:
            name = f"{SubjectType.APPROVAL}:{approval.decision.pk}"
            yield name, partial(approval_threads, records, approval)
        for report, resting in by_report(approvals):
            yield f"{SubjectType.REPORT}:{report.pk}", partial(report_threads, records, report, resting)
        for report, waiver, resting in by_interim(approvals):
            yield f"{SubjectType.REPORT}:{report.pk}", partial(interim_threads, records, report, waiver, resting)
    for requests in records.requests.values():
        for request in requests:
            if request.requested_by_id is not None:
                yield f"{SubjectType.REQUEST}:{request.pk}", partial(request_threads, records, request)
    for things in records.dated.values():
        for thing in things:
            yield f"{thing.subject.kind}:{thing.id}", partial(thing_threads, records, thing)


def threads_of(records: Records) -> Iterator[Thread]:
    """Every thread of these vendors."""
    for _name, build in threads_to_build(records):
        yield from build()
