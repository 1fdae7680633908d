"""Last year's answers beside this year's: what each said, whether it can be confirmed, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch

from procurement.questionnaires.carrying import same_words
from procurement.questionnaires.fitting import check_fits
from procurement.questionnaires.models import Answer, Assessment, Attachment, Carried, Question
from procurement.questionnaires.queries import carried_in
from vendors.people.actors import Refused


class Became(StrEnum):
    """What became of a question since last year."""

    NEW = "new"
    OPEN = "open"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


@dataclass(frozen=True)
class LastYear:
    """The earlier answer to one question.

    answer   this year's
    earlier  last year's, with its question and files
    expired  files of last year that would not be taken today
    """

    answer: Answer
    earlier: Answer
    how: str
    expired: tuple[Attachment, ...]

    @property
    def is_proposal(self) -> bool:
        """Whether the questions are only similar, so that somebody has to look."""
        return self.how == Carried.How.SIMILAR

    @property
    def is_reworded(self) -> bool:
        return not same_words(self.answer.question.text, self.earlier.question.text)

    @property
    def files(self) -> list[Attachment]:
        """The files of last year that can stand beside this year's answer too."""
        return [each for each in self.earlier.attachments.all() if each not in self.expired]

    @property
    def is_waiting(self) -> bool:
        """Whether the vendor has not said yet that it still holds."""
        return self.answer.is_untouched and self.answer.is_asked

    @property
    def can_be_confirmed_with_others(self) -> bool:
        """Only what is neither critical nor reworded, with every file still in date, is confirmed by the section."""
        is_critical = self.answer.question.is_critical
        return self.is_waiting and not (is_critical or self.is_proposal or self.is_reworded or self.expired)

    @property
    def became(self) -> Became:
        if not self.answer.is_given and not self.answer.attachments.all():
            return Became.OPEN
        now, then = _said(self.answer), _said(self.earlier)
        return Became.UNCHANGED if now == then and not self.is_reworded else Became.CHANGED

    @property
    def has_other_files(self) -> bool:
        return _files(self.answer) != _files(self.earlier)


@dataclass(frozen=True)
class YearOnYear:
    """How many questions changed, for whoever reads them. `removed` are those that are not asked any more."""

    unchanged: int
    changed: int
    new: int
    removed: int


def last_year_of(assessment: Assessment, answers: Sequence[Answer], on: date) -> dict[int, LastYear]:
    """Last year's answers by the key of this year's; empty for a first questionnaire.

    answers  of the assessment, as `queries.answers_of` gives them
    """
    by_pk = {answer.pk: answer for answer in answers}
    files = Prefetch("earlier__attachments", Attachment.objects.select_related("file"))
    rows = carried_in(assessment).select_related("earlier__question")
    return {
        row.answer_id: LastYear(by_pk[row.answer_id], row.earlier, row.how, _expired(by_pk[row.answer_id], row, on))
        for row in rows.prefetch_related(files)
        if row.answer_id in by_pk
    }


def year_on_year(answers: Iterable[Answer], last_year: dict[int, LastYear], removed: int) -> YearOnYear:
    """The counts over what is asked. A question that is only similar to an earlier one is new."""
    became = [became_of(answer, last_year.get(answer.pk)) for answer in answers if answer.is_asked]
    return YearOnYear(
        unchanged=became.count(Became.UNCHANGED),
        changed=became.count(Became.CHANGED),
        new=became.count(Became.NEW),
        removed=removed,
    )


def became_of(answer: Answer, last_year: LastYear | None) -> Became:
    if last_year is None or (last_year.is_proposal and not answer.is_untouched):
        return Became.NEW
    return last_year.became


def _expired(answer: Answer, row: Carried, on: date) -> tuple[Attachment, ...]:
    return tuple(each for each in row.earlier.attachments.all() if not _is_taken(answer.question, each, on))


def _is_taken(question: Question, attachment: Attachment, on: date) -> bool:
    if not question.takes_file:
        return False
    try:
        check_fits(question, kind=attachment.kind, as_of=attachment.as_of, on=on)
    except Refused:
        return False
    return True


def _said(answer: Answer) -> tuple[object, ...]:
    beside = tuple(sorted(answer.companions.items()))
    return (answer.value, answer.is_not_applicable, answer.comment, beside, _files(answer))


def _files(answer: Answer) -> frozenset[int]:
    return frozenset(each.pk for each in answer.attachments.all())
