"""Reading assessments: answers in order, progress, what is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from procurement.questionnaires.condition_words import conditions_in_words
from procurement.questionnaires.models import (
    Answer,
    AnswerRevision,
    Assessment,
    Assignment,
    Attachment,
    Section,
    Verdict,
)
from procurement.questionnaires.visibility import rules_of_sections
from procurement.questionnaires.wholeness import why_not_whole
from vendors.directory.models import Vendor

IS_ASKED = Q(answers__is_visible=True)
# Nobody has to say a word on an optional question that was left open.
IS_ANSWERED_OR_REQUIRED = Q(is_whole=True) | Q(question__required=True)


@dataclass(frozen=True)
class Progress:
    """How many of the questions that are asked are answered whole."""

    answered: int
    total: int


@dataclass(frozen=True)
class Missing:
    """An answer that keeps the questionnaire from being submitted, and what to do about it."""

    answer: Answer
    sentence: str


def answers_of(assessment: Assessment) -> list[Answer]:
    """Every answer in the order of the questions, hidden ones too, with question, section and files."""
    files = Prefetch("attachments", Attachment.objects.select_related("file"))
    found = list(assessment.answers.select_related("question__section").prefetch_related(files))
    for answer in found:
        answer.assessment = assessment
    return found


def progress_of(answers: Iterable[Answer]) -> Progress:
    """How far these answers are; what is hidden is not counted."""
    whole = [answer.is_whole for answer in answers if answer.is_visible]
    return Progress(sum(whole), len(whole))


def answers_in(answers: Iterable[Answer], section: Section) -> list[Answer]:
    """Those of the answers that stand in the section or in a part of it."""
    inside = {section.pk}
    below = Section.objects.filter(version=section.version_id, position__gt=section.position).order_by("position")
    for pk, parent in below.values_list("pk", "parent_id"):  # a part comes after what it is a part of
        if parent in inside:
            inside.add(pk)
    return [answer for answer in answers if answer.question.section_id in inside]


def missing_in(answers: Iterable[Answer]) -> list[Missing]:
    """What the vendor still has to do before it can submit. Nothing of it is asked of hidden questions."""
    return [Missing(answer, sentence) for answer in answers if (sentence := _why_missing(answer))]


def _why_missing(answer: Answer) -> str:
    if not answer.is_visible or not answer.is_with_vendor:
        return ""
    if answer.verdict == Verdict.SENT_BACK and not answer.is_changed:
        return _("We sent this back. Change the answer, or say in the comment why it stands.")
    if answer.is_whole or not (answer.question.required or answer.is_given or answer.comment):
        return ""
    return why_not_whole(answer.question, answer, has_file=bool(answer.attachments.all()))


def earlier_answers(assessment: Assessment) -> dict[int, AnswerRevision]:
    """What the answers that were sent back said then, by the answer's key."""
    found = AnswerRevision.objects.filter(answer__assessment=assessment, revision=F("answer__returned_revision"))
    return {row.answer_id: row for row in found}


def with_counts(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Each with `total`, `whole`, `accepted`, `sent_back`: how many of the answers that are asked are so."""
    return assessments.annotate(
        total=Count("answers", filter=IS_ASKED),
        whole=Count("answers", filter=IS_ASKED & Q(answers__is_whole=True)),
        accepted=Count("answers", filter=IS_ASKED & Q(answers__verdict=Verdict.ACCEPTED)),
        sent_back=Count("answers", filter=IS_ASKED & Q(answers__verdict=Verdict.SENT_BACK)),
    )


def why_hidden(assessment: Assessment, answers: Sequence[Answer]) -> dict[int, str]:
    """For each answer that is not asked, the conditions under which it would be, in words."""
    hidden = [answer for answer in answers if not answer.is_visible]
    if not hidden:
        return {}
    sections = Section.objects.filter(version=assessment.version_id).order_by("position")
    above = rules_of_sections(sections.values_list("pk", "parent_id", "visible_if"))
    questions = {answer.question.key: answer.question for answer in answers}
    found = {}
    for answer in hidden:
        own = answer.question.visible_if
        rules = (*above[answer.question.section_id], *([own] if own else []))
        found[answer.pk] = _("Asked only if %(condition)s.") % {"condition": conditions_in_words(rules, questions)}
    return found


def to_accept(assessment: Assessment) -> QuerySet[Answer]:
    """Answers that keep it from being complete: asked, answered or required, and not accepted yet."""
    return assessment.answers.filter(IS_ANSWERED_OR_REQUIRED, is_visible=True).exclude(verdict=Verdict.ACCEPTED)


def assignments_of(assessment: Assessment) -> QuerySet[Assignment]:
    """Which section was given to whom."""
    return Assignment.objects.filter(assessment=assessment).select_related("contact__user")


def sent_files(vendor: Vendor) -> QuerySet[Attachment]:
    """Every file this vendor has sent with an answer, the newest first."""
    return Attachment.objects.filter(vendor=vendor).select_related("file").order_by("-pk")


def waiting_for(vendor: Vendor) -> QuerySet[Assessment]:
    """What this vendor has to answer, the first due first, with counts."""
    return with_counts(Assessment.objects.open().filter(vendor=vendor)).select_related("version").order_by("due_on")


def answered_by(vendor: Vendor) -> QuerySet[Assessment]:
    """What this vendor submitted and does not have to touch now, the newest first."""
    return (
        Assessment.objects.filter(vendor=vendor, submitted_at__isnull=False, cancelled_at__isnull=True)
        .exclude(pk__in=Assessment.objects.open())
        .select_related("version")
        .order_by("-submitted_at")
    )
