"""One question of the vendor's page: what is kept, what was typed, and both after a clash of two saves."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from procurement.questionnaires import access
from procurement.questionnaires.conditions import Rule, without_facts
from procurement.questionnaires.forms import AnswerForm
from procurement.questionnaires.last_year import LastYear
from procurement.questionnaires.merging import merged_companions, merged_text, merged_value
from procurement.questionnaires.models import Answer, Assessment, Assignment, Coverage, Question, Verdict
from procurement.questionnaires.models.assessments import ENDED
from procurement.questionnaires.services import Conflict, Given
from procurement.questionnaires.threads import Remark
from procurement.questionnaires.values import read
from procurement.questionnaires.wholeness import value_for_conditions
from vendors.people.actors import Actor, Refused


@dataclass(kw_only=True)
class Row:
    """One question.

    may_change  whether the vendor may change the answer, so that its fields are shown
    typed       what stands in them where it is not what is kept: sent and wrong, or two answers put together
    theirs      the other answer, after a clash of two saves
    is_merged   whether `typed` holds two answers put together, which nothing has kept yet
    address     where the script saves it; empty for a preview
    drawn_for   the published version, by its SHA-256, and the language: its pieces are drawn once for these
    rule        when it is asked, as JSON for the browser; empty: always
    coverage    what the vendor's report says to it, where that is not enough
    assignment  to whom it was given alone
    thread      what the vendor and we say about it
    is_preview  for our own eyes: nothing is saved
    """

    answer: Answer
    may_change: bool
    takes_file: bool
    typed: AnswerForm | None = None
    address: str = ""
    drawn_for: tuple[str, str] | None = None
    rule: str = ""
    theirs: Answer | None = None
    is_merged: bool = False
    coverage: Coverage | None = None
    last_year: LastYear | None = None
    assignment: Assignment | None = None
    thread: Sequence[Remark] = ()
    is_info: bool = False
    is_preview: bool = False

    @property
    def question(self) -> Question:
        return self.answer.question

    @property
    def is_hidden(self) -> bool:
        return not self.answer.is_visible

    @property
    def refused_because(self) -> list[str]:
        """Why what was sent for it is not taken. Empty where nothing was sent, or all of it is well."""
        if self.typed is None or not self.typed.is_bound:
            return []
        return [str(sentence) for sentences in self.typed.errors.values() for sentence in sentences]

    @property
    def asks_again(self) -> bool:
        """Whether we sent it back and wait for another word."""
        return self.answer.verdict == Verdict.SENT_BACK and self.answer.is_with_vendor

    @property
    def is_open_to_words(self) -> bool:
        """Whether the vendor may still write to us about it."""
        return self.answer.assessment.state not in ENDED

    @property
    def said(self) -> str:
        """What conditions see of it, as JSON for the browser."""
        return json.dumps(said_to_conditions(self.answer))


@dataclass(kw_only=True)
class Info:
    """A text to read between the questions."""

    question: Question
    rule: str
    is_hidden: bool
    is_info: bool = True


def row_of(
    answer: Answer,
    user: Actor,
    data: Mapping[str, Any] | None = None,
    rule: str = "",
    *,
    drawn_for: tuple[str, str] | None = None,
    address: str = "",
) -> Row:
    """One question; bound to `data` when it was sent. `drawn_for` and `address` as in `Row`."""
    may_change = access.can_change(user, answer)
    bound = data if data and _was_sent(answer, data) else None
    return Row(
        answer=answer,
        may_change=may_change,
        takes_file=may_change and answer.question.takes_file,
        typed=AnswerForm(answer, bound) if may_change and bound else None,
        address=address or reverse("questionnaires:answer", args=[answer.assessment_id, answer.pk]),
        drawn_for=drawn_for,
        rule=rule,
    )


def clash(row: Row, conflict: Conflict) -> Row:
    """The row after two people changed one answer: theirs in words, mine in the form, ready to be kept on purpose.

    The form takes their revision, so that saving it once more says "mine, though I know theirs".
    """
    row.theirs = conflict.theirs
    row.typed = AnswerForm(conflict.theirs, mine=conflict.mine)
    return row


def merge(row: Row, mine: Given) -> Row:
    """The row with both answers in the form, to be looked over and saved."""
    theirs = row.answer
    try:
        said = read(theirs.question, mine.value, not_applicable=mine.is_not_applicable)
    except Refused:
        return row
    both = replace(
        mine,
        value=merged_value(theirs.question, theirs.value, said.value),
        comment=merged_text(theirs.comment, mine.comment),
        is_not_applicable=said.is_not_applicable and theirs.value is None,
        companions=merged_companions(theirs.question, theirs.companions, mine.companions or {}),
    )
    row.typed = AnswerForm(theirs, mine=both)
    row.is_merged = True
    return row


def said_to_conditions(answer: Answer) -> object:
    """What conditions see of an answer that was read with its files."""
    return value_for_conditions(answer, kind=answer.question.kind, has_file=bool(answer.files))


def rules_as_json(rules: Sequence[Rule], assessment: Assessment) -> str:
    """For the browser: the rules as one, our own facts answered. Empty where there is none."""
    return as_one_rule([without_facts(rule, assessment.facts) for rule in rules])


def as_one_rule(rules: Sequence[Rule]) -> str:
    """Rules that all have to hold, as one in JSON. Empty where there is none."""
    return json.dumps({"all": list(rules)}) if rules else ""


def _was_sent(answer: Answer, data: Mapping[str, Any]) -> bool:
    """A row without a revision was not in the form; "take theirs" drops what was typed in its row."""
    return f"a{answer.pk}-revision" in data and data.get("take") != str(answer.pk)
