"""The states of an assessment and the moves between them: the only table (QUESTIONNAIRES: sent, in progress, submitted,
in review and clarification in turns, complete; cancelled). What is complete is read again when the report that answered
a part of it falls. Whether a person may make a move is asked in access.py."""

from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer, Assessment, State
from vendors.people.actors import Refused

MOVES: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.IN_PROGRESS, State.CANCELLED}),
    State.IN_PROGRESS: frozenset({State.SUBMITTED, State.CANCELLED}),
    State.SUBMITTED: frozenset({State.IN_REVIEW, State.CANCELLED}),
    State.IN_REVIEW: frozenset({State.CLARIFICATION, State.COMPLETE, State.CANCELLED}),
    State.CLARIFICATION: frozenset({State.IN_REVIEW, State.CANCELLED}),
    State.COMPLETE: frozenset({State.IN_REVIEW}),
    State.CANCELLED: frozenset(),
}


def check_can_move(origin: str, to: State) -> None:
    """Raises Refused when the table holds no such move."""
    if to not in MOVES[State(origin)]:
        raise Refused(
            _("This questionnaire is at “%(origin)s”, and from there no step leads to “%(to)s”.")
            % {"origin": State(origin).label, "to": to.label}
        )


def takes_answer(assessment: Assessment, answer: Answer) -> bool:
    """Whether the vendor may change this answer now: all but sections it handed over until the first submission, then
    what was sent back and what such an answer brought to light. What the report answers is not asked."""
    return assessment.waits_for_vendor and answer.is_with_vendor and not answer.is_covered
