"""Reading assessments: answers in order, progress, what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer, AnswerRevision, Assessment, Value, Verdict
from vendors.directory.models import Vendor

IS_WHOLE = Q(answers__value=Value.YES) | (~Q(answers__value="") & ~Q(answers__comment=""))


@dataclass(frozen=True)
class Progress:
    """How many of the questions are answered whole."""

    answered: int
    total: int


@dataclass(frozen=True)
class Missing:
    """An answer that keeps the questionnaire from being submitted, and what to do about it."""

    answer: Answer
    sentence: str


def answers_of(assessment: Assessment) -> list[Answer]:
    """Every answer in the order of the questions, with question, section and file."""
    found = list(assessment.answers.select_related("question__section", "file"))
    for answer in found:
        answer.assessment = assessment
    return found


def progress_of(answers: Iterable[Answer]) -> Progress:
    whole = [answer.is_whole for answer in answers]
    return Progress(sum(whole), len(whole))


def missing_in(answers: Iterable[Answer]) -> list[Missing]:
    """What the vendor still has to do before it can submit."""
    return [Missing(answer, sentence) for answer in answers if (sentence := _why_missing(answer))]


def _why_missing(answer: Answer) -> str:
    if answer.verdict == Verdict.SENT_BACK and not answer.is_changed:
        return _("We sent this back. Change the answer, or say in the comment why it stands.")
    if not answer.value:
        return _("Choose an answer.")
    if not answer.is_whole:
        return _("“%(value)s” needs a sentence: what is there, what is not, until when.") % {
            "value": answer.get_value_display()
        }
    return ""


def earlier_answers(assessment: Assessment) -> dict[int, AnswerRevision]:
    """What the answers that were sent back said then, by the answer's key."""
    found = AnswerRevision.objects.filter(
        answer__assessment=assessment, revision=F("answer__returned_revision")
    ).select_related("file")
    return {row.answer_id: row for row in found}


def with_counts(assessments: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Each with `total`, `whole`, `accepted`, `sent_back`: how many of its answers are so."""
    return assessments.annotate(
        total=Count("answers"),
        whole=Count("answers", filter=IS_WHOLE),
        accepted=Count("answers", filter=Q(answers__verdict=Verdict.ACCEPTED)),
        sent_back=Count("answers", filter=Q(answers__verdict=Verdict.SENT_BACK)),
    )


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
