"""What the page of a version shows: its sections with their questions, each with what belongs to it, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires.companions import companions_of
from procurement.questionnaires.condition_words import conditions_in_words
from procurement.questionnaires.content import current_content
from procurement.questionnaires.content_check import Problem, placed_problems
from procurement.questionnaires.models import Attachment, Question, QuestionnaireVersion, Section
from procurement.questionnaires.options import options_of
from vendors.reports.criteria import DESCRIPTIONS

CHOICES_SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One question. `facts` are short words about it, `criteria` ids with our description."""

    question: Question
    condition: str
    facts: list[str]
    criteria: list[tuple[str, str]]


@dataclass(frozen=True)
class Block:
    """One section. `above` is the title of the section it is a part of."""

    section: Section
    above: str
    condition: str
    lines: list[Line]


@dataclass(frozen=True)
class ToSettle:
    """What keeps a draft from being published; `question` or `section` is where it is settled."""

    sentence: str
    question: Question | None = None
    section: Section | None = None


def sections_of(version: QuestionnaireVersion) -> list[Section]:
    """The sections in order, with their questions read."""
    return list(version.sections.order_by("position").prefetch_related("questions"))


def blocks_of(sections: Sequence[Section]) -> list[Block]:
    questions = {each.key: each for section in sections for each in section.questions.all()}
    titles = {section.pk: section.title for section in sections}
    return [
        Block(
            section=section,
            above=titles.get(section.parent_id or 0, ""),
            condition=conditions_in_words([section.visible_if], questions) if section.visible_if else "",
            lines=[_line(each, questions) for each in section.questions.all()],
        )
        for section in sections
    ]


def to_settle(version: QuestionnaireVersion, sections: Sequence[Section]) -> list[ToSettle]:
    """What keeps the draft from being published, each with the place where it is settled."""
    questions = {each.key: each for section in sections for each in section.questions.all()}
    places = dict(enumerate(sections, start=1))
    return [_placed(problem, questions, places) for problem in placed_problems(current_content(version))]


def _placed(problem: Problem, questions: Mapping[str, Question], sections: Mapping[int, Section]) -> ToSettle:
    return ToSettle(problem.sentence, questions.get(problem.question), sections.get(problem.section))


def _line(question: Question, questions: Mapping[str, Question]) -> Line:
    return Line(
        question=question,
        condition=conditions_in_words([question.visible_if], questions) if question.visible_if else "",
        facts=list(
            filter(
                None, (_choices(question), _shape(question), _further(question), *_worth(question), _files(question))
            )
        ),
        criteria=[(id, DESCRIPTIONS.get(id, "")) for id in question.criteria],
    )


def _choices(question: Question) -> str:
    if question.kind not in (Question.Kind.SINGLE, Question.Kind.MULTI):
        return ""
    names = [str(option.label) for option in options_of(question)]
    return " · ".join(names[:CHOICES_SHOWN]) + (" …" if len(names) > CHOICES_SHOWN else "")


def _shape(question: Question) -> str:
    columns = [column["title"] for column in question.shape.get("columns", [])]
    if columns:
        return _("Columns: %(columns)s") % {"columns": ", ".join(columns)}
    return _("in %(unit)s") % {"unit": question.shape["unit"]} if question.shape.get("unit") else ""


def _further(question: Question) -> str:
    titles = ", ".join(each.title for each in companions_of(question))
    return _("Further fields: %(titles)s") % {"titles": titles} if titles else ""


def _worth(question: Question) -> list[str]:
    if not question.is_asked:
        return []
    is_usual = question.weight == Question.Weight.USUAL
    return [
        "" if question.required else _("may be left open"),
        "" if is_usual else str(Question.Weight(question.weight).label),
        _("not negotiable") if question.is_knock_out else "",
        _("No is the good answer") if question.good_answer == Question.Good.NO else "",
    ]


def _files(question: Question) -> str:
    if not question.takes_file:
        return ""
    words = str(Question.Evidence(question.evidence).label)
    names = {option.value: str(option.label) for option in options_of(question)}
    if question.evidence_if:
        words += ": " + ", ".join(names.get(value, value) for value in question.evidence_if)
    if question.evidence_kinds:
        words += " (" + ", ".join(str(Attachment.Kind(kind).label) for kind in question.evidence_kinds) + ")"
    if question.evidence_max_months:
        months = question.evidence_max_months
        words += ", " + ngettext("at most one month old", "at most %(n)s months old", months) % {"n": months}
    return words
