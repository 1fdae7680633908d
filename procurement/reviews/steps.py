"""The stepper of a review: what is done, what is now, what is to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from procurement.reviews.models import Review, State
from vendors.reports.models import Report
from vendors.templatetags import wording

POSITION = {
    State.DRAFT: 0,
    State.COLLECTING: 1,
    State.IN_REVIEW: 2,
    State.REMEDIATION: 2,
    State.AWAITING_APPROVAL: 3,
}


@dataclass(frozen=True)
class Step:
    """One node: its name, who and when in a few words, and done, now, stop or to_come."""

    name: str
    note: str
    state: str


def steps_of(review: Review) -> list[Step]:
    """The five steps of a review; a withdrawn one ends where it was withdrawn."""
    requested = Step(_("Requested"), _when(review.requested_at, review.requested_by.name), "done")
    if review.state == State.WITHDRAWN:
        return [requested, Step(_("Withdrawn"), _when(review.state_since, review.state_by), "stop")]
    if review.is_decided:
        ended = "stop" if review.state == State.REJECTED else "done"
        decided = Step(str(State(review.state).label), _when(review.state_since, review.state_by), ended)
        return [requested, *(_step(review, at, "done") for at in (1, 2, 3)), decided]
    here = POSITION[State(review.state)]
    wanted = _("wanted by %(day)s") % {"day": wording.day(review.wanted_by)} if review.wanted_by else ""
    return [
        requested if here else Step(requested.name, requested.note, "now"),
        *(_step(review, at, _state(at, here)) for at in (1, 2, 3)),
        Step(_("Decided"), wanted, "to_come"),
    ]


def _state(at: int, here: int) -> str:
    return "done" if at < here else "now" if at == here else "to_come"


def _step(review: Review, at: int, state: str) -> Step:
    if at == 1:
        return _collected(review, state)
    if at == 2:
        return _read(review, state)
    name = _("Put before an approver") if state == "done" else _("Awaiting approval")
    approver = review.approver.name if review.approver else ""
    return Step(name, _when(review.state_since, approver) if state == "now" else approver, state)


def _collected(review: Review, state: str) -> Step:
    if state == "now":
        who = review.reviewer.name if review.reviewer else ""
        return Step(_("Collecting"), _when(review.state_since, who), state)
    accepted = review.report.accepted_at if review.report else None
    note = ""
    if accepted and state == "done":
        note = _when(accepted, str(review.report)) if accepted >= review.requested_at else _on_file(review.report)
    return Step(_("Collected") if state == "done" else _("Collecting"), note, state)


def _on_file(report: Report | None) -> str:
    """A report that was there before the review is not collected on the day it was accepted."""
    return _("%(report)s, on file already") % {"report": report}


def _read(review: Review, state: str) -> Step:
    who = review.reviewer.name if review.reviewer else ""
    if state == "now":
        name = _("Remediation") if review.state == State.REMEDIATION else _("In review")
        return Step(name, _when(review.state_since, who), state)
    return Step(_("Reviewed") if state == "done" else _("In review"), who if state == "done" else "", state)


def _when(moment: datetime, who: str) -> str:
    return f"{wording.day(moment)} · {who}" if who else wording.day(moment)
