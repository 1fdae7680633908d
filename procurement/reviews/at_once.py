"""Which answers are accepted in one act because nobody flagged them, and why each of the others is left to be read.

A No, a Partly, words that nobody has rated and what is said not to apply are read by somebody, flagged or not.
The page and the act ask the same question here, so that the button does what its number says.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.last_year import Became, became_of, last_year_of
from procurement.questionnaires.models import Answer, Assessment, Verdict
from procurement.questionnaires.options import flags_of
from procurement.questionnaires.queries import answers_of, coverage_of
from procurement.questionnaires.scores import Scores, scores_of
from procurement.questionnaires.threads import comments_on
from procurement.reviews.queries import findings_about

PLAINLY_MET = 100


class Why(models.TextChoices):
    """Why an answer is left. The first that holds is named."""

    UNANSWERED = "unanswered", _("not answered")
    ASKED = "asked", _("asked or written about")
    FLAGGED = "flagged", _("flagged")
    CORRECTS_REPORT = "corrects_report", _("corrects the report")
    NOT_NEGOTIABLE = "not_negotiable", _("not negotiable and not plainly met")
    CHANGED = "changed", _("changed since last time")
    NOT_MET = "not_met", _("not plainly met")


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What stands beside the answers of one questionnaire, by their keys.

    findings       those with a finding that was not withdrawn
    written_about  those with a comment that was not withdrawn, internal or shared
    corrected      those in which the vendor says something else than the report
    changed        those that say something else than last year
    worth          what each that weighs something counts as, from 0 to 100; None: nobody can say yet
    """

    findings: Collection[int]
    written_about: Collection[int]
    corrected: Collection[int]
    changed: Collection[int]
    worth: Mapping[int, int | None]


class Left(NamedTuple):
    """One answer that is judged by itself."""

    answer: Answer
    why: Why


@dataclass(frozen=True)
class AtOnce:
    """The answers nobody has judged, parted: `unflagged` are accepted in one act, `left` one by one."""

    unflagged: tuple[Answer, ...]
    left: tuple[Left, ...]

    @property
    def reasons(self) -> list[tuple[Why, list[Answer]]]:
        """What is left, by reason, for the page."""
        by_reason: dict[Why, list[Answer]] = {}
        for answer, why in self.left:
            by_reason.setdefault(why, []).append(answer)
        return [(why, by_reason[why]) for why in Why if why in by_reason]


def at_once(answers: Iterable[Answer], beside: Beside) -> AtOnce:
    """Part the answers that are asked and that nobody has judged. Optional ones that were left open want no word."""
    unflagged, left = [], []
    for answer in answers:
        if answer.verdict != Verdict.OPEN or not answer.is_asked or answer.is_with_vendor:
            continue
        if not answer.is_whole and not answer.question.required:
            continue
        why = _why_left(answer, beside)
        if why is None:
            unflagged.append(answer)
        else:
            left.append(Left(answer, why))
    return AtOnce(tuple(unflagged), tuple(left))


def at_once_of(assessment: Assessment, on: date) -> AtOnce:
    """The same of a questionnaire of which nothing was read yet."""
    answers = answers_of(assessment)
    return at_once(answers, beside_of(assessment, answers, on))


def beside_of(assessment: Assessment, answers: Sequence[Answer], on: date) -> Beside:
    """Read what stands beside these answers, which are all of the assessment."""
    last_year = last_year_of(assessment, answers, on)
    return Beside(
        findings=set(findings_about(assessment)),
        written_about=set(comments_on(assessment).filter(withdrawal__isnull=True).values_list("answer", flat=True)),
        corrected={pk for pk, row in coverage_of(assessment).items() if row.corrected_at is not None},
        changed={each.pk for each in answers if became_of(each, last_year.get(each.pk)) is Became.CHANGED},
        worth=worths_in(scores_of(assessment, answers)),
    )


def worths_in(scores: Scores) -> dict[int, int | None]:
    """What each answer that weighs something counts as, a reviewer's rating before its own worth."""
    return {each.answer.pk: each.item.worth for section in scores.sections for each in section.answers}


def _why_left(answer: Answer, beside: Beside) -> Why | None:
    pk = answer.pk
    if not answer.is_whole:
        return Why.UNANSWERED
    if pk in beside.written_about or answer.returned_revision is not None:
        return Why.ASKED
    if pk in beside.findings or flags_of(answer):
        return Why.FLAGGED
    if pk in beside.corrected:
        return Why.CORRECTS_REPORT
    if answer.question.is_knock_out and beside.worth.get(pk) != PLAINLY_MET:
        return Why.NOT_NEGOTIABLE
    if pk in beside.changed:
        return Why.CHANGED
    if answer.is_not_applicable or beside.worth.get(pk, PLAINLY_MET) != PLAINLY_MET:
        return Why.NOT_MET
    return None
