"""The checklist of a review: every step to its decision, its state, who has to act, since when, and the link to it.

The requirements are those of `procurement.reviews.checklist`; the steps around them stand here, because the last ones
belong to the decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from procurement.decisions import access as decisions_access
from procurement.decisions.models import Decision
from procurement.policy.evaluation import RequirementCheck, blocking, readiness
from procurement.policy.terms import Action, Result
from procurement.reviews import access
from procurement.reviews.checklist import CheckRow, facts_url, rows_of
from procurement.reviews.models import UNDECIDED, Finding, Review, State
from procurement.reviews.queries import findings_for, report_to_go_by, report_under_review, requirement_checks
from procurement.reviews.waiting import Waiting, who_has_to_act, who_settles
from vendors.calendar.clock import local_day
from vendors.people.actors import Actor
from vendors.reports.completeness import incomplete_sections
from vendors.reports.models import Report, ReportRequest
from vendors.reports.models.reports import ReportState
from vendors.templatetags import wording
from vendors.templatetags.meanings import meaning_of

NOTHING_TO_DO = ("", "")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line: the row as the review's page shows it, and who has to act. `waits` is whole days, 0 for today."""

    row: CheckRow
    who: str = ""
    since: date | None = None
    waits: int = 0


@dataclass(frozen=True)
class Group:
    """Lines under one heading."""

    title: str
    items: list[Item]


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """The page: how much is settled, and the groups. For a requester only the steps, in words of status."""

    groups: list[Group]
    settled: int = 0
    asked: int = 0


class _Desk:
    """What the lines ask of one review, read once, and how a line of it is made."""

    def __init__(self, review: Review, user: Actor, on: date) -> None:
        self.review, self.user, self.on = review, user, on
        self.only_status = access.reads_only_status(user, review)
        self.report: Report | None = report_under_review(review)
        # What the steps tell of: also the one on file that the review is still to go by.
        self.known = self.report or report_to_go_by(review, on)
        self.checks: tuple[RequirementCheck, ...] = requirement_checks(review, on)
        self.decision = Decision.objects.filter(review=review).select_related("drafted_by", "decided_by").first()
        self.request = _request_of(review)
        self.is_under_way = review.state in UNDECIDED

    def item(
        self,
        title: str,
        meaning: str,
        *,
        why: str = "",
        link: tuple[str, str] = NOTHING_TO_DO,
        by: Waiting | None = None,
    ) -> Item:
        """One line of the review itself. Reasons and links are for whoever reads it whole; once it has ended nobody has
        to act any more."""
        if not self.is_under_way:
            meaning, link, by = "to_come" if meaning in {"open", "waiting"} else meaning, NOTHING_TO_DO, None
        if self.only_status:
            why, link = "", NOTHING_TO_DO
        return self.with_who(_row(title, meaning, why, link), by)

    def with_who(self, row: CheckRow, by: Waiting | None) -> Item:
        if by is None:
            return Item(row=row)
        since = by.since
        return Item(row=row, who=by.who, since=since, waits=(self.on - since).days if since else 0)

    def reviewer(self, since: datetime) -> Waiting:
        name = self.review.reviewer.name if self.review.reviewer else str(_("A reviewer"))
        return Waiting(who=name, what="", since=local_day(since))


def _if(may: bool, label: str, address: str) -> tuple[str, str]:
    """The link that does it, for whoever may."""
    return (label, address) if may else NOTHING_TO_DO


def _row(title: str, meaning: str, why: str, link: tuple[str, str]) -> CheckRow:
    look = meaning_of(meaning)
    return CheckRow(
        title=title,
        reason=why,
        tone=look.tone,
        glyph=look.glyph,
        word=str(look.word),
        pages=[],
        action=link[0],
        url=link[1],
    )


def _request_of(review: Review) -> ReportRequest | None:
    """What the vendor was asked for this review: what is open, else the newest that was asked since it began."""
    asked = ReportRequest.objects.filter(vendor=review.vendor_id, cancelled_at=None)
    return (
        asked.filter(Q(answered_at=None) | Q(requested_at__gte=review.requested_at))
        .order_by("answered_at", "-requested_at")
        .first()
    )


def checklist_of(review: Review, user: Actor, on: date) -> Checklist:
    """Everything that leads to the decision of this review, as it stands on that day."""
    desk = _Desk(review, user, on)
    begin = [
        _taken(desk),
        *([] if not review.engagement.is_above_public and desk.report is None else _the_report(desk)),
    ]
    end = list(_the_decision(desk))
    if desk.only_status:
        return Checklist(groups=[Group(_("The report"), [*begin, _judged(desk)]), Group(_("The decision"), end)])
    ready = readiness(desk.checks)
    return Checklist(
        groups=[
            Group(_("The report"), begin),
            Group(_("Requirements of the policy"), list(_requirements(desk))),
            Group(_("Findings"), list(_findings(desk))),
            Group(_("The decision"), end),
        ],
        settled=ready.settled,
        asked=ready.asked,
    )


def _taken(desk: _Desk) -> Item:
    review, title = desk.review, _("A reviewer takes the review")
    if review.reviewer is not None:
        return desk.item(title, "done", why=review.reviewer.name)
    link = _if(access.can_take(desk.user, review), _("Take or assign it"), review.get_absolute_url())
    return desk.item(title, "open", link=link, by=desk.reviewer(review.state_since))


def _the_report(desk: _Desk) -> Iterator[Item]:
    review, report, request = desk.review, desk.known, desk.request
    ask, receive = _("Ask the vendor"), _("The report is received")
    if request is not None:
        yield desk.item(ask, "done", why=_("Asked on %(day)s.") % {"day": wording.day(request.requested_at)})
    elif report is not None:
        yield desk.item(ask, "done", why=_("A report is on file."))
    elif review.reviewer is None:
        yield desk.item(ask, "to_come")
    else:
        asking = reverse("reports:new-request", args=[review.vendor_id])
        link = _if(access.can_judge(desk.user, review), _("Request a report"), asking)
        yield desk.item(ask, "open", link=link, by=desk.reviewer(review.state_since))
    if report is not None:
        why = _("%(report)s, received %(day)s") % {"report": report, "day": wording.day(report.received_at)}
        yield desk.item(receive, "done", why=why)
    elif request is not None and request.is_open:
        yield desk.item(receive, "waiting", by=who_settles(review, Action.REQUEST_REPORT))
    else:
        yield desk.item(receive, "to_come")
    yield from _the_facts(desk)


def _the_facts(desk: _Desk) -> Iterator[Item]:
    report, record, accept = desk.known, _("Its facts are recorded"), _("Its facts are accepted")
    if report is None:
        yield desk.item(record, "to_come")
        yield desk.item(accept, "to_come")
        return
    link = _if(access.can_judge(desk.user, desk.review), _("Open the facts"), facts_url(desk.review, report))
    missing = incomplete_sections(report)
    if report.state == ReportState.ACCEPTED and report.accepted_by is not None:
        yield desk.item(record, "done")
        yield desk.item(accept, "done", why=f"{report.accepted_by.name}, {wording.day(report.accepted_at)}")
    elif missing:
        why = _("Missing: %(what)s.") % {"what": ", ".join(missing)}
        yield desk.item(record, "open", why=why, link=link, by=desk.reviewer(report.received_at))
        yield desk.item(accept, "to_come")
    else:
        yield desk.item(record, "done")
        yield desk.item(accept, "open", link=link, by=desk.reviewer(report.received_at))


def _judged(desk: _Desk) -> Item:
    """The requirements as one line, for whoever may not read them."""
    title = _("What it says is judged")
    if desk.review.state in {State.IN_REVIEW, State.REMEDIATION} and blocking(desk.checks):
        return desk.item(title, "open", by=who_has_to_act(desk.review, on=desk.on)[0])
    return desk.item(title, "to_come" if blocking(desk.checks) else "done")


def _requirements(desk: _Desk) -> Iterator[Item]:
    """The rows of the policy that ask something of this use, in its order."""
    still_open = [desk.request] if desk.request and desk.request.answered_at is None else []
    rows, _not_asked = rows_of(desk.checks, desk.review, desk.report, desk.user, requests=still_open)
    asked = [check for check in desk.checks if check.result is not Result.NOT_APPLICABLE]
    acting: dict[object, Waiting] = {}
    for row, check in zip(rows, asked, strict=True):
        if check.blocks and desk.is_under_way and check.action not in acting:
            acting[check.action] = who_settles(desk.review, check.action)
        yield desk.with_who(row, acting.get(check.action) if check.blocks else None)


def _findings(desk: _Desk) -> Iterator[Item]:
    """Open findings hold nothing up; a critical one weighs against an approval."""
    found = [finding for finding in findings_for(desk.review) if finding.is_open]
    for finding in found:
        yield _finding(desk, finding)
    if not found:
        yield desk.item(_("No finding is open"), "met")


def _finding(desk: _Desk, finding: Finding) -> Item:
    why = _("%(severity)s, due %(day)s.") % {
        "severity": finding.get_severity_display(),
        "day": wording.day(finding.due_on),
    }
    by = Waiting(who=finding.owner.name, what="", since=local_day(finding.opened_at))
    link = (_("Open the finding"), finding.get_absolute_url())
    return desk.with_who(_row(str(finding), finding.severity, why, link), by)


def _the_decision(desk: _Desk) -> Iterator[Item]:
    review, decision, user = desk.review, desk.decision, desk.user
    draft, submit, decide = _("The decision is drafted"), _("It is put before an approver"), _("It is decided")
    ready = review.state == State.IN_REVIEW and not blocking(desk.checks)
    if decision is not None:
        who = f"{decision.drafted_by.name}, {wording.day(decision.drafted_at)}"
        yield desk.item(draft, "done", why=who)
    else:
        drafting = reverse("decisions:draft", args=[review.pk])
        link = _if(decisions_access.can_draft(user, review), _("Draft it"), drafting)
        by = desk.reviewer(review.state_since) if ready else None
        yield desk.item(draft, "open" if ready else "to_come", link=link, by=by)
    if review.state == State.AWAITING_APPROVAL or review.is_decided:
        yield desk.item(submit, "done", why=review.approver.name if review.approver else "")
    elif ready and decision is not None:
        asking = reverse("decisions:submit", args=[review.pk])
        link = _if(access.can_submit(user, review), _("Ask for approval"), asking)
        yield desk.item(submit, "open", link=link, by=desk.reviewer(decision.drafted_at))
    else:
        yield desk.item(submit, "to_come")
    if decision is not None and decision.outcome and decision.decided_by and decision.decided_at:
        yield desk.item(decide, "done", why=f"{decision.decided_by.name}, {wording.day(decision.decided_at)}")
    elif review.state == State.AWAITING_APPROVAL and review.approver is not None:
        deciding = reverse("decisions:decide", args=[review.pk])
        link = _if(decisions_access.can_decide(user, review), _("Read and decide"), deciding)
        by = Waiting(who=review.approver.name, what="", since=local_day(review.state_since))
        yield desk.item(decide, "open", link=link, by=by)
    else:
        yield desk.item(decide, "to_come")
