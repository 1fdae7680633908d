"""Who has to act: the answer in every state of a review, with what and since when."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.accounts.models import User
from procurement.policy.terms import Action
from procurement.questionnaires.models import Assessment
from procurement.reviews.lifecycle import BEING_WORKED_ON
from procurement.reviews.models import UNDECIDED, Remediation, Review, State
from procurement.reviews.queries import assessments_under_review, report_to_go_by, report_under_review
from vendors.calendar.clock import local_day
from vendors.contacts.models import Contact
from vendors.reports import queries as reports_queries
from vendors.reports.models import ReportRequest

# What the vendor has to send; the reviewer asks for it once.
FROM_THE_VENDOR = {Action.REQUEST_REPORT, Action.ASK_STATEMENT}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One person, or a role while nobody is named, and what is waited for.

    person_id  the member of staff or contact; None for a role
    since      the day it began to wait; None for what comes only after that
    due        the day it is wanted or expected, where there is one
    """

    who: str
    what: str
    person_id: int | None = None
    since: date | None = None
    due: date | None = None

    @property
    def is_now(self) -> bool:
        return self.since is not None


def who_has_to_act(
    review: Review, *, on: date, still_open: int | None = None, names_questionnaires: bool = False
) -> list[Waiting]:
    """Whoever has to act now, then who decides, and who is told at the end. Empty once decided or withdrawn.

    still_open            how many requirements stand in the way, where the caller knows
    names_questionnaires  by their titles, for whoever may read them: several can wait at once
    """
    if review.state not in UNDECIDED:
        return []
    now = {
        State.DRAFT: lambda: _draft(review),
        State.COLLECTING: lambda: _collecting(review, on),
        State.REMEDIATION: lambda: _remediation(review),
        State.AWAITING_APPROVAL: lambda: _awaiting_approval(review),
    }.get(State(review.state))
    acting = now() if now else [_reading(review, still_open)]
    if review.state in BEING_WORKED_ON:
        for assessment in assessments_under_review(review):
            acting += _questionnaire(review, assessment, assessment.version.title if names_questionnaires else "")
    owner = review.engagement.owner
    told = Waiting(who=owner.name, person_id=owner.pk, what=_("Is told whether data may be sent"))
    return [*acting, *_decides_then(review), told]


def what_comes_next(review: Review, *, on: date) -> str:
    """To whoever just got a review that nobody had: what they do next, as a sentence."""
    if reports_queries.undecided_reports(review.vendor).exists():
        return _("A report has arrived: record its facts next.")
    on_file = report_to_go_by(review, on)
    if on_file is not None:
        return _("%(report)s is on file: go by it next, if it covers this use.") % {"report": on_file}
    if not review.engagement.is_above_public:
        return _("Only public data goes there, so no report is asked for: begin next.")
    return _("Ask the vendor for its report next.")


def who_settles(review: Review, action: Action | None) -> Waiting:
    """Who has to act for one open requirement of an undecided review, and since when.

    action  the hint of the policy: what has to be done
    """
    if review.reviewer is None:
        return _draft(review)[0]
    if action is Action.CLOSE_REMEDIATION:
        return _remediation(review)[0]
    if action in FROM_THE_VENDOR:
        asked = reports_queries.open_requests(review.vendor).first()
        if asked is not None:
            return _vendor(review, asked)
    report = report_under_review(review)
    since = review.requested_at
    if report is not None:
        since = report.accepted_at or report.received_at
    return _reviewer(review, _("Settle it"), since=local_day(max(since, review.requested_at)))


def _draft(review: Review) -> list[Waiting]:
    return [
        Waiting(
            who=_("A reviewer"),
            what=_("Take the review"),
            since=local_day(review.state_since),
            due=review.wanted_by,
        )
    ]


def _collecting(review: Review, on: date) -> list[Waiting]:
    asked = list(reports_queries.open_requests(review.vendor))
    arrived = reports_queries.undecided_reports(review.vendor).first()
    if arrived is not None:
        mine = _reviewer(review, _("Record and accept the facts of the report"), since=local_day(arrived.received_at))
        return [mine, *(_vendor(review, request) for request in asked)]
    if report_to_go_by(review, on) is not None:
        return [_reviewer(review, _("Go by the report on file")), *(_vendor(review, request) for request in asked)]
    if asked:
        return [_vendor(review, request) for request in asked]
    if review.report is not None:
        return [_reviewer(review, _("Get what is missing, then go on"))]
    return [_reviewer(review, _("Ask the vendor for its report"))]


def _reading(review: Review, still_open: int | None) -> Waiting:
    if still_open is None:
        return _reviewer(review, _("Judge the report, then ask for approval"))
    if not still_open:
        return _reviewer(review, _("Draft the decision and ask for approval"))
    what = ngettext("Settle %(count)s requirement", "Settle %(count)s requirements", still_open)
    return _reviewer(review, what % {"count": still_open})


def _remediation(review: Review) -> list[Waiting]:
    remediation = (
        Remediation.objects.filter(review=review, report=review.report_id, closed_at__isnull=True)
        .select_related("asked")
        .first()
    )
    if remediation is None or remediation.asked is None:
        return [_reviewer(review, _("Plan the remediation and ask somebody to close it"))]
    return [_person(remediation.asked, _("Close the remediation"), since=local_day(review.state_since))]


def _awaiting_approval(review: Review) -> list[Waiting]:
    assert review.approver is not None
    since = local_day(review.state_since)
    return [_person(review.approver, _("Decide"), since=since, due=review.wanted_by)]


def _decides_then(review: Review) -> list[Waiting]:
    """The second person, for as long as it is not their turn: the one who had the draft before, else any approver."""
    if review.state == State.AWAITING_APPROVAL:
        return []
    named = review.approver
    who, key = (named.name, named.pk) if named else (_("An approver"), None)
    return [Waiting(who=who, person_id=key, what=_("Decides on the reviewer's draft"))]


def _questionnaire(review: Review, assessment: Assessment, title: str) -> list[Waiting]:
    """Whose turn it is with the questionnaire, while it is under way. Without a title it is not named."""
    if assessment.waits_for_us and assessment.submitted_at:
        judge = _("Judge the answers to the questionnaire")
        return [_reviewer(review, f"{judge}: {title}" if title else judge, local_day(assessment.submitted_at))]
    if not assessment.waits_for_vendor:
        return []
    contact = assessment.contact
    answer = _("Answer the questionnaire")
    return [
        Waiting(
            who=_contact(review, contact),
            person_id=contact.user_id if contact else None,
            what=f"{answer}: {title}" if title else answer,
            since=local_day(assessment.sent_at),
            due=assessment.due_on,
        )
    ]


def _reviewer(review: Review, what: str, since: date | None = None) -> Waiting:
    assert review.reviewer is not None
    return _person(review.reviewer, what, since=since or local_day(review.state_since), due=review.wanted_by)


def _vendor(review: Review, request: ReportRequest) -> Waiting:
    contact = request.contact
    return Waiting(
        who=_contact(review, contact),
        person_id=contact.user_id if contact else None,
        what=_("Send: %(what)s") % {"what": request.get_what_display()},
        since=local_day(request.requested_at),
        due=reports_queries.expected_on(request),
    )


def _contact(review: Review, contact: Contact | None) -> str:
    if contact is None:
        return review.vendor.name
    return _("%(name)s, %(vendor)s") % {"name": contact.name, "vendor": review.vendor}


def _person(person: User, what: str, *, since: date, due: date | None = None) -> Waiting:
    return Waiting(who=person.name, person_id=person.pk, what=what, since=since, due=due)
