"""What is reminded of, and to whom: a thread is one subject and one person, with the reminders they get about it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from procurement.accounts.models import User
from procurement.decisions.standings import Approval
from procurement.renewals.milestones import Ask, Due, Milestone, MilestoneKey, due_now
from procurement.reviews.models import Review
from vendors.directory.models import Vendor
from vendors.ndas.models import Nda
from vendors.reports.currency import Currency, NextReport
from vendors.reports.models import Report, ReportRequest


class SubjectType(StrEnum):
    APPROVAL = "approval"
    REPORT = "report"
    REQUEST = "report-request"


@dataclass(frozen=True, kw_only=True)
class ApprovalSubject:
    """An approval that ends. `under_way` is the undecided review that may renew it."""

    approval: Approval
    currency: Currency | None
    following: NextReport | None
    under_way: Review | None
    reviewer: User | None

    @property
    def review(self) -> Review:
        return self.approval.decision.review


@dataclass(frozen=True, kw_only=True)
class ReportSubject:
    """The report approvals rest on, whose successor has to come. `requests` are the open ones that ask for it."""

    report: Report
    approvals: tuple[Approval, ...]
    currency: Currency
    following: NextReport
    requests: tuple[ReportRequest, ...]
    nda: Nda | None
    reviewer: User | None

    def request_for(self, ask: Ask) -> ReportRequest | None:
        return next((request for request in self.requests if request.what == ask.value), None)

    def review_of(self, person: User) -> Review:
        """The approved review this person answers for, else the newest that rests on the report."""
        reviews = [approval.decision.review for approval in self.approvals]
        return next((review for review in reviews if review.engagement.owner_id == person.pk), reviews[0])


@dataclass(frozen=True, kw_only=True)
class RequestSubject:
    """A request that a person made, still open. `reviews` are those of the vendor that may wait for it."""

    request: ReportRequest
    reviews: tuple[Review, ...]
    nda: Nda | None

    def review_of(self, person: User) -> Review | None:
        return next((review for review in self.reviews if review.engagement.owner_id == person.pk), None)


Subject = ApprovalSubject | ReportSubject | RequestSubject


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The reminders of one subject to one person, of which at most one leaves at a time.

    answered   the vendor has answered: what asks it for something is dropped
    stands_in  the person is told instead of the vendor, which has no contact who could be asked
    already    keys of the reminders that were sent or superseded before
    """

    type: SubjectType
    id: int
    vendor: Vendor
    person: User
    milestones: tuple[Milestone, ...]
    subject: Subject
    answered: bool = False
    stands_in: bool = False
    already: Collection[MilestoneKey] = ()

    def due(self, on: date) -> Due:
        return due_now(self.milestones, on, self.already, answered=self.answered)

    def coming(self, on: date) -> list[Milestone]:
        """What would still go out after that day, as things are."""
        return [
            one
            for one in self.milestones
            if one.due > on and one.key not in self.already and not (self.answered and one.ask)
        ]
