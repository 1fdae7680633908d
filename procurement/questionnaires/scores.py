"""The scores of a questionnaire from its answers as they are handed over, and each answer with what it is worth."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from procurement.questionnaires.models import Answer, Assessment, Question, Rating
from procurement.questionnaires.options import options_of
from procurement.questionnaires.scoring import Item, Sheet, Tally, score, worth_of_chosen

# What of an answer its score is computed from.
_SCORED_BY = ("value", "is_not_applicable", "revision", "is_visible", "is_covered", "is_whole", "is_with_vendor")


@dataclass(frozen=True)
class ScoredAnswer:
    """An answer, how it counts, and every rating a reviewer gave it, the newest first.

    own  what the answer is worth by itself; None: only a reviewer can say
    """

    answer: Answer
    item: Item
    own: int | None
    ratings: list[Rating] = field(default_factory=list)

    @property
    def rating(self) -> Rating | None:
        """The one that counts: given to the answer as it stands."""
        return _standing(self.answer, self.ratings)

    @property
    def points(self) -> str:
        """What it adds to the sum and to what could be had, in the sum's own units: "5 of 10"."""
        if self.item.worth is None:
            return ""
        return f"{self.item.weight * self.item.worth / 100:g} / {self.item.weight}"


@dataclass(frozen=True)
class ScoredSection:
    """A section's sum with the answers behind it."""

    tally: Tally
    answers: list[ScoredAnswer]


@dataclass(frozen=True)
class Scores:
    """Everything a page or a memo reads."""

    sheet: Sheet
    sections: list[ScoredSection]

    @property
    def rated(self) -> list[ScoredAnswer]:
        """What counts by a reviewer's word."""
        return [each for section in self.sections for each in section.answers if each.rating]


def scores_of(assessment: Assessment, answers: Sequence[Answer]) -> Scores:
    """The scores of these answers, which are all of the assessment in order. What is not handed over is open; what the
    report answers is left out, so that a report alone never makes a score."""
    ratings: dict[int, list[Rating]] = {}
    for rating in Rating.objects.filter(answer__assessment=assessment).order_by("-pk"):
        ratings.setdefault(rating.answer_id, []).append(rating)
    counting = [answer for answer in answers if answer.is_asked and answer.question.weight]
    scored = [scored_answer(answer, ratings.get(answer.pk, [])) for answer in counting]
    sheet = score(each.item for each in scored)
    sections, rest = [], iter(scored)
    for tally in sheet.sections:
        sections.append(ScoredSection(tally, [next(rest) for _item in tally.items]))
    return Scores(sheet, sections)


def totals_of(assessments: Collection[int]) -> dict[int, Tally]:
    """The whole score of each of these questionnaires, by key, in three queries: for a list that shows many."""
    questions = Question.objects.filter(section__version__assessments__in=assessments).distinct()
    by_key = {question.pk: question for question in questions.select_related("section")}
    read = ("assessment_id", "question_id", *_SCORED_BY)
    answers: dict[int, list[Answer]] = {}
    for answer in Answer.objects.filter(assessment__in=assessments, is_visible=True, is_covered=False).only(*read):
        answer.question = by_key[answer.question_id]
        answers.setdefault(answer.assessment_id, []).append(answer)
    ratings: dict[int, list[Rating]] = {}
    for rating in Rating.objects.filter(answer__assessment__in=assessments).order_by("-pk"):
        ratings.setdefault(rating.answer_id, []).append(rating)
    return {
        pk: score(scored_answer(each, ratings.get(each.pk, [])).item for each in found if each.question.weight).whole
        for pk, found in answers.items()
    }


def worth_of(answer: Answer) -> int | None:
    """What the answer is worth by itself, from 0 to 100: by the options chosen. None for words and figures."""
    options = {option.value: option.score for option in options_of(answer.question)}
    if answer.value is None or not options:
        return None
    if answer.question.kind == Question.Kind.MULTI:
        return worth_of_chosen([options.get(value) for value in answer.value], list(options.values()))
    chosen = options.get(answer.value)
    return None if chosen is None else round(100 * chosen)


def standing_worth(answer: Answer) -> int | None:
    """What it counts as now: a reviewer's newest word on the answer as it stands, else its own worth."""
    rating = _standing(answer, list(Rating.objects.filter(answer=answer).order_by("-pk")))
    return rating.score if rating else worth_of(answer)


def scored_answer(answer: Answer, ratings: list[Rating]) -> ScoredAnswer:
    """How one answer counts. `ratings` are all it was given, the newest first."""
    question = answer.question
    is_open = answer.is_with_vendor or not (
        answer.is_given or (answer.is_whole and question.kind == Question.Kind.FILE)
    )
    rating = _standing(answer, ratings)
    own = None if is_open or answer.is_not_applicable else worth_of(answer)
    item = Item(
        ref=question.ref,
        section=question.section.title,
        weight=question.weight,
        worth=None if is_open or answer.is_not_applicable else rating.score if rating else own,
        is_open=is_open,
        is_required=question.required,
        is_not_applicable=answer.is_not_applicable and not is_open,
        is_not_negotiable=question.is_knock_out,
    )
    return ScoredAnswer(answer, item, own, ratings)


def _standing(answer: Answer, ratings: Sequence[Rating]) -> Rating | None:
    """The newest rating, unless the vendor has changed the answer since."""
    newest = ratings[0] if ratings else None
    return newest if newest and newest.revision == answer.revision else None
