"""The states of a review and the moves between them: the only table (DESIGN.md, "States of a review").

`manage.py review_states` draws docs/review-states.md from it. Whether a *person* may make a move is asked in access.py.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models import State
from vendors.people.actors import Refused


class Mover(Enum):
    """Who makes a move, or has to act in a state. The value is how a sentence names them."""

    REVIEWER = _("a reviewer who did not ask for it")
    ASSIGNED = _("the assigned reviewer")
    ASKER_OR_REVIEWER = _("whoever asked for it, or the reviewer")
    CLOSER = _("a reviewer or approver who neither accepted the report nor asked for the review")
    APPROVER = _("the approver it was put before")
    APPROVER_OR_ASSIGNED = _("the approver, the assigned reviewer, or Countersign when a fact changed")
    COUNTERSIGN = _("Countersign")
    NOBODY = _("nobody")


@dataclass(frozen=True)
class Move:
    """One arrow of the diagram."""

    origin: State
    to: State
    name: str | Promise
    by: Mover


MOVES: tuple[Move, ...] = (
    Move(State.DRAFT, State.COLLECTING, _("Take the review"), Mover.REVIEWER),
    Move(State.COLLECTING, State.IN_REVIEW, _("Accept a report, or begin with what is there"), Mover.ASSIGNED),
    Move(State.IN_REVIEW, State.COLLECTING, _("Return to collecting"), Mover.ASSIGNED),
    Move(State.IN_REVIEW, State.REMEDIATION, _("Open a remediation for a modified opinion"), Mover.COUNTERSIGN),
    Move(State.REMEDIATION, State.IN_REVIEW, _("Close the remediation"), Mover.CLOSER),
    Move(State.IN_REVIEW, State.AWAITING_APPROVAL, _("Ask for approval"), Mover.ASSIGNED),
    Move(State.AWAITING_APPROVAL, State.IN_REVIEW, _("Return or take back"), Mover.APPROVER_OR_ASSIGNED),
    Move(State.AWAITING_APPROVAL, State.APPROVED, _("Approve"), Mover.APPROVER),
    Move(State.AWAITING_APPROVAL, State.APPROVED_WITH_CONDITIONS, _("Approve with conditions"), Mover.APPROVER),
    Move(State.AWAITING_APPROVAL, State.REJECTED, _("Reject"), Mover.APPROVER),
    Move(State.DRAFT, State.WITHDRAWN, _("Withdraw"), Mover.ASKER_OR_REVIEWER),
    Move(State.COLLECTING, State.WITHDRAWN, _("Withdraw"), Mover.ASKER_OR_REVIEWER),
    Move(State.IN_REVIEW, State.WITHDRAWN, _("Withdraw"), Mover.ASKER_OR_REVIEWER),
    Move(State.REMEDIATION, State.WITHDRAWN, _("Withdraw"), Mover.ASKER_OR_REVIEWER),
    Move(State.AWAITING_APPROVAL, State.WITHDRAWN, _("Withdraw"), Mover.ASKER_OR_REVIEWER),
)

OWNER_OF: dict[State, Mover] = {
    State.DRAFT: Mover.REVIEWER,
    State.COLLECTING: Mover.ASSIGNED,
    State.IN_REVIEW: Mover.ASSIGNED,
    State.REMEDIATION: Mover.CLOSER,
    State.AWAITING_APPROVAL: Mover.APPROVER,
    State.APPROVED: Mover.NOBODY,
    State.APPROVED_WITH_CONDITIONS: Mover.NOBODY,
    State.REJECTED: Mover.NOBODY,
    State.WITHDRAWN: Mover.NOBODY,
}

MEANING_OF: dict[State, str | Promise] = {
    State.DRAFT: _("Asked for; nobody has taken it."),
    State.COLLECTING: _("A reviewer gathers the NDA and the report."),
    State.IN_REVIEW: _("The report is read and judged, the decision drafted."),
    State.REMEDIATION: _("The opinion is modified; another person has to close the remediation."),
    State.AWAITING_APPROVAL: _("Frozen and put before an approver. Nothing of it can be edited."),
    State.APPROVED: _("Decided: data may be sent while the approval stands."),
    State.APPROVED_WITH_CONDITIONS: _("Decided: data may be sent while the conditions are kept."),
    State.REJECTED: _("Decided: no data may be sent."),
    State.WITHDRAWN: _("Ended without a decision."),
}

# Judgements, statuses and the draft of the decision may change here, and a report may be adopted.
BEING_WORKED_ON = (State.COLLECTING, State.IN_REVIEW, State.REMEDIATION)

_BY_ARROW = {(move.origin, move.to): move for move in MOVES}


def move_between(origin: str, to: str) -> Move | None:
    """The arrow from one state to the other; None when there is none."""
    return _BY_ARROW.get((State(origin), State(to)))


def moves_from(origin: str) -> list[Move]:
    return [move for move in MOVES if move.origin == origin]


def check_can_move(origin: str, to: str) -> None:
    """Raises Refused when the table holds no such arrow."""
    if move_between(origin, to) is not None:
        return
    if not moves_from(origin):
        sentence = _("This review is closed: %(origin)s. What follows is a new review.")
    else:
        sentence = _("This review is at “%(origin)s”, and from there no step leads to “%(to)s”.")
    raise Refused(str(sentence % {"origin": State(origin).label, "to": State(to).label}))


def can_move(origin: str, to: str) -> bool:
    return move_between(origin, to) is not None
