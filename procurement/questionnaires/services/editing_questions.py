"""Changing the questions of a draft. What a question says is checked whole before it is written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from procurement.questionnaires.content import question_content
from procurement.questionnaires.content_check import MOST_QUESTIONS, wrong_rule
from procurement.questionnaires.content_fields import QUESTION_DEFAULTS
from procurement.questionnaires.content_hash import sha256_of
from procurement.questionnaires.models import Question, QuestionnaireVersion, Section
from procurement.questionnaires.ordering import moved, renumber_questions
from procurement.questionnaires.question_check import LONGEST, wrong_with
from procurement.questionnaires.services.editing import draft_of, first_free, record
from procurement.questionnaires.versions import questions_before
from vendors.people.actors import Actor, Refused

Asked = Mapping[str, Any]


def seen_of(question: Question) -> str:
    """What a form carries of the question it shows, so that a late save does not write over somebody else's."""
    return sha256_of(question_content(question))


@transaction.atomic
def add_question(*, section: Section, asked: Asked, by: Actor, now: datetime) -> Question:
    """A question at the end of the section. Its key for next year's answers is made of its reference and stays.

    asked  fields of `content_fields.QUESTION_DEFAULTS`; what is left out is as usual
    Raises NotAllowed; Refused with what is wrong, the field named where it is one.
    """
    version = draft_of(section.version, by)
    section = _section(version, section)
    if Question.objects.filter(section__version=version).count() >= MOST_QUESTIONS:
        raise Refused(_("A questionnaire takes %(most)s questions at most.") % {"most": MOST_QUESTIONS})
    last = section.questions.aggregate(last=Max("position"))["last"] or 0
    question = Question(section=section, position=last + 1, **{**QUESTION_DEFAULTS, **asked})
    question.key = free_question_key(version, question.ref)
    _check(version, question)
    question.save()
    record(version, _("%(what)s added to %(version)s"), by=by, now=now, what=question.ref)
    return question


@transaction.atomic
def change_question(
    *, question: Question, asked: Asked, seen: str, section: Section, by: Actor, now: datetime
) -> Question:
    """The question says something else, or goes to the end of another section of its version.

    seen  `seen_of` the question as the person saw it
    Raises NotAllowed; Refused when it is wrong, and when somebody else changed or removed it meanwhile.
    """
    version = draft_of(section.version, by)
    current = Question.objects.select_related("section").filter(section__version=version, pk=question.pk).first()
    if current is None:
        raise Refused(_("This question was removed meanwhile."))
    if seen_of(current) != seen:
        raise Refused(_("Somebody changed this question meanwhile. Load the page again, then make your change."))
    section = _section(version, section)
    old = current.section
    if section.pk != old.pk:
        last = section.questions.aggregate(last=Max("position"))["last"] or 0
        current.section, current.position = section, last + 1
    for name, value in asked.items():
        setattr(current, name, value)
    _check(version, current)
    current.save()
    if section.pk != old.pk:
        renumber_questions(old, list(old.questions.all()))
    record(version, _("%(what)s of %(version)s changed"), by=by, now=now, what=current.ref)
    return current


@transaction.atomic
def move_question(*, question: Question, by: Actor, now: datetime, step: int) -> None:
    """One place up (step -1) or down (1) in its section. At the end it stays. Raises NotAllowed, Refused."""
    version = draft_of(question.section.version, by)
    section = question.section
    renumber_questions(section, moved(list(section.questions.all()), question.pk, step))
    record(version, _("%(what)s of %(version)s moved"), by=by, now=now, what=question.ref)


@transaction.atomic
def remove_question(*, question: Question, by: Actor, now: datetime) -> None:
    """The question goes. Conditions that ask it are named when the version is to be published.

    Raises NotAllowed, Refused.
    """
    version = draft_of(question.section.version, by)
    section = question.section
    section.questions.filter(pk=question.pk).delete()
    renumber_questions(section, list(section.questions.all()))
    record(version, _("%(what)s removed from %(version)s"), by=by, now=now, what=question.ref)


def free_question_key(version: QuestionnaireVersion, ref: str) -> str:
    """A key that no question of the version has yet, made of the reference."""
    wished = slugify(ref)[: LONGEST["key"] - 5].strip("-") or "question"
    return first_free(wished, set(Question.objects.filter(section__version=version).values_list("key", flat=True)))


def _section(version: QuestionnaireVersion, section: Section) -> Section:
    found = version.sections.filter(pk=section.pk).first()
    if found is None:
        raise Refused(_("This section was removed meanwhile."))
    return found


def _check(version: QuestionnaireVersion, question: Question) -> None:
    """Raises Refused with the first thing that is wrong with the question where it stands."""
    others = Question.objects.filter(section__version=version).exclude(pk=question.pk)
    if others.filter(ref=question.ref).exists():
        raise Refused(
            _("%(ref)s stands on another question. Choose another reference.") % {"ref": question.ref}, field="ref"
        )
    for problem in wrong_with(question_content(question)):
        raise Refused(f"{question.ref}: {problem}.")
    earlier = {each.key: question_content(each) for each in questions_before(question.section, question)}
    for problem in wrong_rule(question.visible_if, question.ref, earlier):
        raise Refused(problem, field="rule")
