"""Taking the row of an assessment before an act changes it or its answers."""

from procurement.questionnaires.models import Answer, Assessment


def locked(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, locked until the transaction ends."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("vendor", "engagement", "version", "contact__user", "sent_by")
        .get(pk=assessment.pk)
    )


def locked_answer(answer: Answer) -> Answer:
    """The answer as it stands now. Its assessment is locked first, and is the row every act on an answer waits for."""
    assessment = locked(answer.assessment)
    found = assessment.answers.select_related("question", "file").get(pk=answer.pk)
    found.assessment = assessment
    return found
