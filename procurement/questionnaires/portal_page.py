"""What the vendor's page shows: sections with progress, each question with its answer, its form, and our note."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from procurement.questionnaires import access, queries
from procurement.questionnaires.forms import AnswerForm
from procurement.questionnaires.models import Answer, Assessment, Section, Verdict
from procurement.questionnaires.queries import Progress
from procurement.questionnaires.services import Conflict
from vendors.people.actors import Actor


@dataclass(kw_only=True)
class Row:
    """One question. `form` is there while the vendor may change the answer; `theirs` after a clash of two saves."""

    answer: Answer
    form: AnswerForm | None
    takes_file: bool
    theirs: Answer | None = None

    @property
    def asks_again(self) -> bool:
        """Whether we sent it back and wait for another word."""
        return self.answer.verdict == Verdict.SENT_BACK


@dataclass(kw_only=True)
class Part:
    """A section with its rows and its own progress."""

    section: Section
    rows: list[Row]
    progress: Progress


@dataclass(kw_only=True)
class PortalPage:
    """Everything the page reads."""

    assessment: Assessment
    parts: list[Part]
    progress: Progress
    may_answer: bool
    asked_again: list[Answer] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for part in self.parts for row in part.rows]


def portal_page(assessment: Assessment, user: Actor, data: Mapping[str, Any] | None = None) -> PortalPage:
    """The page of this assessment for this contact; `data` is what was sent for the answers they may change."""
    answers = queries.answers_of(assessment)
    parts = [
        Part(
            section=section, rows=[row_of(answer, user, data) for answer in group], progress=queries.progress_of(group)
        )
        for section, group in _by_section(answers)
    ]
    return PortalPage(
        assessment=assessment,
        parts=parts,
        progress=queries.progress_of(answers),
        may_answer=access.can_answer(user, assessment),
        asked_again=[answer for answer in answers if answer.verdict == Verdict.SENT_BACK],
    )


def row_of(answer: Answer, user: Actor, data: Mapping[str, Any] | None = None) -> Row:
    """One question; bound to `data` when it was sent."""
    form = AnswerForm(answer, data if data and _was_sent(answer, data) else None)
    return Row(
        answer=answer,
        form=form if access.can_change(user, answer) else None,
        takes_file=access.can_attach(user, answer),
    )


def clash(row: Row, conflict: Conflict) -> Row:
    """The row after two people changed one answer: theirs in words, mine in the form, ready to be kept on purpose.

    The form takes their revision, so that saving it once more says "mine, though I know theirs".
    """
    row.theirs = conflict.theirs
    row.form = AnswerForm(conflict.theirs, mine=conflict.mine)
    return row


def _was_sent(answer: Answer, data: Mapping[str, Any]) -> bool:
    """A row without a revision was not in the form; "take theirs" drops what was typed in its row."""
    return AnswerForm(answer).add_prefix("revision") in data and data.get("take") != str(answer.pk)


def _by_section(answers: Iterable[Answer]) -> list[tuple[Section, list[Answer]]]:
    return [(section, list(group)) for section, group in groupby(answers, key=lambda answer: answer.question.section)]
