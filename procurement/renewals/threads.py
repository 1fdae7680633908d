"""What is reminded of, and to whom: a thread is one subject and one person, with the reminders they get about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
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
    """What a claim names. Things with a last day bring their own name (`subjects.dated.DatedKind`)."""

    APPROVAL = "approval"
    REPORT = "report"
    REQUEST = "report-request"


@dataclass(frozen=True, kw_only=True)
class ApprovalSubject:
    """An approval that ends. `under_way` is the undecided review that may renew it.

    carried_until  its last day where it goes on after its report has stopped counting, while the next is awaited
    """

    approval: Approval
    following: NextReport | None
    under_way: Review | None
    reviewer: User | None
    carried_until: date | None = None

    @property
    def review(self) -> Review:
        return self.approval.decision.review


@dataclass(frozen=True, kw_only=True)
class AwaitedReport:
    """The report approvals rest on, and that another has to follow. `requests` are the open ones that ask for it."""

    report: Report
    approvals: tuple[Approval, ...]
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
class ReportSubject(AwaitedReport):
    """A Type II report, whose successor has to come."""

    currency: Currency
    following: NextReport

    @property
    def expected_on(self) -> date:
        return self.following.expected_on


@dataclass(frozen=True, kw_only=True)
class InterimSubject(AwaitedReport):
    """A Type I report that stands in by a waiver until `until`; the vendor has promised the Type II for a day."""

    promised_on: date
    until: date

    @property
    def expected_on(self) -> date:
        return self.promised_on


@dataclass(frozen=True, kw_only=True)
class RequestSubject:
    """A request that a person made, still open. `reviews` are those of the vendor that may wait for it.

    in_portal_only  the vendor has contacts, and whoever asked chose none of them
    """

    request: ReportRequest
    reviews: tuple[Review, ...]
    nda: Nda | None
    in_portal_only: bool = False

    def review_of(self, person: User) -> Review | None:
        return next((review for review in self.reviews if review.engagement.owner_id == person.pk), None)


@dataclass(frozen=True, kw_only=True)
class DatedSubject:
    """Something with a last day that somebody answers for, as `renewals.dated` tells it.

    title              what it is, as a sentence begins: "The NDA “Mutual NDA” with Quillhaven"
    detail             its own words, where it has any, under the label `detail_label`
    verb_ahead, _past  "ends" and "ended", "is due" and "was due"
    todo               what follows and what to do, in sentences
    because            why this person is told; `because_escalated` for the other one
    link               address of the page where it is done, without the host; `link_label` says what opens there
    link_escalated     the page for the other one, where that is another: the review unless its label says otherwise
    about              what its mails are filed under, so that whatever ends it calls them back
    """

    kind: str
    title: str
    detail: str = ""
    detail_label: str = ""
    verb_ahead: str
    verb_past: str
    day: date
    todo: str
    because: str
    because_escalated: str = ""
    link: str
    link_label: str
    link_escalated: str = ""
    link_label_escalated: str = ""
    about: str
    reviewer: User | None = None


Subject = ApprovalSubject | ReportSubject | InterimSubject | RequestSubject | DatedSubject


@dataclass(frozen=True)
class Marked:
    """A date that a calendar shows: `title` names the vendor and what happens, never a person or a report's content."""

    uid: str
    day: date
    title: str


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The reminders of one subject to one person, of which at most one leaves at a time.

    answered   the vendor has answered: what asks it for something is dropped
    stands_in  the person is told instead of the vendor, where no contact there is to get a mail
    already    the reminders that were claimed before, each with the state of its row
    marked     the dates it is about
    """

    type: str
    id: int
    vendor: Vendor
    person: User
    milestones: tuple[Milestone, ...]
    subject: Subject
    answered: bool = False
    stands_in: bool = False
    already: Mapping[MilestoneKey, str] = field(default_factory=dict)
    marked: tuple[Marked, ...] = ()

    def due(self, on: date, *, apart_from: Collection[MilestoneKey] = ()) -> Due:
        """What leaves on that day; `apart_from` are claims to look past, of reminders that are held."""
        already = self.already.keys() - set(apart_from) if apart_from else self.already
        return due_now(self.milestones, on, already, answered=self.answered)

    def coming(self, on: date) -> list[Milestone]:
        """What would still go out after that day, as things are."""
        return [
            one
            for one in self.milestones
            if one.due > on and one.key not in self.already and not (self.answered and one.ask)
        ]

    def before(self, milestone: Milestone) -> list[Milestone]:
        """Those to the same audience that were due by then, which a later one speaks for."""
        return [
            one
            for one in self.milestones
            if one.audience is milestone.audience and one.due <= milestone.due and one.key != milestone.key
        ]
