"""Taking the row of an assessment before an act changes it or its answers."""

from procurement.questionnaires import queries
from procurement.questionnaires.models import Answer, Assessment


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, locked until the transaction ends."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("vendor", "engagement", "version", "contact__user", "sent_by")
        .get(pk=assessment.pk)
    )


def locked_with_version(assessment: Assessment) -> Assessment:
    """The same with nothing else beside it: a save of one answer, of which there are thousands, needs no more."""
    return Assessment.objects.select_for_update(of=("self",)).select_related("version").get(pk=assessment.pk)


def locked_answer(answer: Answer) -> Answer:
    """The answer as it stands now. Its assessment is locked first: every act on an answer waits for that row."""
    (found,) = queries.answers_of(locked(answer.assessment), [answer.pk])
    return found
