"""What the reviewer's page of a questionnaire shows: each answer with what became of it, and what is left to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from procurement.questionnaires import access as questionnaires_access
from procurement.questionnaires import queries as questionnaires_queries
from procurement.questionnaires.models import Answer, AnswerRevision, Assessment, Section, Verdict
from procurement.reviews import access
from procurement.reviews.models import Review
from vendors.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One answer.

    earlier     what it said when we sent it back, once it was answered anew
    is_shown    whether the vendor has handed it over
    is_early    whether it did so with its section, before the whole
    why_hidden  the condition under which it would be asked
    """

    answer: Answer
    earlier: AnswerRevision | None
    is_shown: bool
    is_early: bool
    why_hidden: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerGroup:
    """A section and how many of its answers wait for us."""

    section: Section
    rows: list[AnswerRow]
    to_judge: int


@dataclass(frozen=True, kw_only=True)
class QuestionnairePage:
    """Everything the page reads. Before the vendor submits, answers are not shown: they are not given yet."""

    review: Review
    assessment: Assessment
    groups: list[AnswerGroup]
    answered: int
    total: int
    accepted: int
    sent_back: int
    to_judge: int
    may_judge: bool
    may_cancel: bool
    may_open_files: bool


def questionnaire_page(review: Review, assessment: Assessment, user: Actor) -> QuestionnairePage:
    """The page of this assessment for this person, in a fixed number of queries."""
    answers = questionnaires_queries.answers_of(assessment)
    earlier = questionnaires_queries.earlier_answers(assessment)
    progress = questionnaires_queries.progress_of(answers)
    worked_on = access.can_judge(user, review)
    return QuestionnairePage(
        review=review,
        assessment=assessment,
        groups=_groups(assessment, answers, earlier),
        answered=progress.answered,
        total=progress.total,
        accepted=_count(answers, Verdict.ACCEPTED),
        sent_back=_count(answers, Verdict.SENT_BACK),
        to_judge=_count(answers, Verdict.OPEN),
        may_judge=worked_on and questionnaires_access.can_judge(user, assessment),
        may_cancel=worked_on and questionnaires_access.can_cancel(user, assessment),
        may_open_files=access.can_open_answers_file(user, review),
    )


def page_address(review: Review, assessment: Assessment, answer: Answer | None = None) -> str:
    """The reviewer's page, at one question where there is one."""
    address = reverse("reviews:questionnaire", args=[review.pk, assessment.pk])
    return f"{address}#q-{answer.question.key}" if answer else address


def _groups(assessment: Assessment, answers: Sequence[Answer], earlier: dict[int, AnswerRevision]) -> list[AnswerGroup]:
    found = []
    why_hidden = questionnaires_queries.why_hidden(assessment, answers)
    for section, group in groupby(answers, key=lambda answer: answer.question.section):
        rows = [
            AnswerRow(
                answer=each,
                earlier=earlier.get(each.pk) if each.is_changed else None,
                is_shown=assessment.submitted_at is not None or not each.is_with_vendor,
                is_early=assessment.submitted_at is None and not each.is_with_vendor,
                why_hidden=why_hidden.get(each.pk, ""),
            )
            for each in group
        ]
        to_judge = _count((row.answer for row in rows), Verdict.OPEN)
        found.append(AnswerGroup(section=section, rows=rows, to_judge=to_judge))
    return found


def _count(answers: Iterable[Answer], verdict: Verdict) -> int:
    """How many of those that are asked, without optional ones that were left open."""
    return sum(
        answer.verdict == verdict and answer.is_visible and (answer.is_whole or answer.question.required)
        for answer in answers
    )
