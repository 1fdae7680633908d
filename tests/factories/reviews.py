"""Reviews in the states people bring them to, made through the real acts."""

from dataclasses import replace
from typing import Any

from procurement.accounts.models import User
from procurement.reviews import services
from procurement.reviews.models import CuecStatus, ExceptionJudgement, Review, ScopeFit
from tests.factories import ndas
from tests.factories.engagements import use_details
from tests.factories.reports import received_report, recorded, whole_facts
from tests.factories.told import told_once
from tests.factories.vault import pdf_bytes
from vendors.calendar import clock
from vendors.directory.models import Vendor
from vendors.ndas.queries import nda_in_force
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts
from vendors.reports.models import Report

QUALIFIED = {"opinion": "qualified", "opinion_basis": "Leavers kept access.", "opinion_criteria": ["CC6.2"]}


@told_once
def requested_review(vendor: Vendor, *, by: User, **changes: Any) -> Review:
    """Somebody asked; nobody has taken it."""
    details = use_details(**changes)
    return services.ask_for_review(vendor=vendor, **details, by=by, on=clock.today(), now=clock.now())


@told_once
def taken_review(vendor: Vendor, *, asked_by: User, reviewer: User, **changes: Any) -> Review:
    """A reviewer has taken it and collects."""
    review = requested_review(vendor, by=asked_by, **changes)
    return services.take_review(review=review, by=reviewer, now=clock.now())


@told_once
def recorded_report(vendor: Vendor, *, by: User, facts: RecordedFacts | None = None, **changes: Any) -> Report:
    """A report under an NDA whose facts are recorded whole, and not accepted yet. Each is another file."""
    if nda_in_force(vendor, clock.today()) is None:
        ndas.record(vendor, by=by)
    changes.setdefault("content", pdf_bytes(pages=12 + vendor.reports.count()))
    return recorded(received_report(vendor, by=by, **changes), facts, by=by)


def accept(review: Review, report: Report, *, by: User) -> Review:
    """The reviewer accepts the report; the review as it stands after that."""
    services.accept_report(
        review=review, report=report, revision=report.revision, by=by, on=clock.today(), now=clock.now()
    )
    return Review.objects.get(pk=review.pk)


@told_once
def read_review(
    vendor: Vendor, *, asked_by: User, reviewer: User, facts: RecordedFacts | None = None, **changes: Any
) -> Review:
    """In review: an NDA is in force and the vendor's report is accepted. A qualified one is in remediation."""
    review = taken_review(vendor, asked_by=asked_by, reviewer=reviewer, **changes)
    return accept(review, recorded_report(vendor, by=reviewer, facts=facts), by=reviewer)


@told_once
def remediated_review(vendor: Vendor, *, asked_by: User, reviewer: User, **changes: Any) -> Review:
    """In remediation: the auditor qualified the opinion."""
    return read_review(vendor, asked_by=asked_by, reviewer=reviewer, facts=whole_facts(**QUALIFIED), **changes)


@told_once
def judge_everything(review: Review, *, by: User) -> Review:
    """Scope fit, every exception, every user entity control: nothing of the reviewer's is open any more."""
    now = clock.now()
    assert review.report is not None
    services.record_scope_fit(review=review, fits=ScopeFit.YES, page=6, ours="Our configuration", by=by, now=now)
    judgements = [
        services.Judgement(row.pk, ExceptionJudgement.Decision.ACCEPTED, "Two leavers, both without rights.")
        for row in review.report.exceptions.all()
    ]
    statuses = [
        services.ControlStatus(row.pk, CuecStatus.Status.IN_PLACE, "People Operations", "Leaver feed")
        for row in review.report.cuecs.all()
    ]
    services.judge_exceptions(review=review, judgements=judgements, by=by, now=now)
    services.set_cuec_statuses(review=review, statuses=statuses, by=by, now=now)
    return Review.objects.get(pk=review.pk)


@told_once
def awaiting_review(vendor: Vendor, *, asked_by: User, reviewer: User, approver: User, **changes: Any) -> Review:
    """Judged whole and put before the approver, as the act of submitting does."""
    review = judge_everything(read_review(vendor, asked_by=asked_by, reviewer=reviewer, **changes), by=reviewer)
    services.put_before(review=review, approver=approver, by=reviewer, now=clock.now())
    return Review.objects.get(pk=review.pk)


def long_facts(rows: int, **changes: Any) -> RecordedFacts:
    """The facts of a report with this many exceptions and user entity controls."""
    return replace(
        whole_facts(**changes),
        exceptions=tuple(
            ExceptionRow(criterion="CC6.2", description=f"Deviation {n} of the sample.", page=10) for n in range(rows)
        ),
        cuecs=tuple(
            CuecRow(reference=f"CUEC-{n}", text=f"User entities keep control {n}.", page=8) for n in range(rows)
        ),
    )
