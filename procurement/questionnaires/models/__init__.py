"""Questionnaires and their versions, what is asked of a vendor, and its answers."""

from procurement.questionnaires.models.answers import Answer, AnswerRevision, Value, Verdict
from procurement.questionnaires.models.assessments import Assessment, AssessmentQuerySet, State
from procurement.questionnaires.models.versions import Question, Questionnaire, QuestionnaireVersion, Section

__all__ = [
    "Answer",
    "AnswerRevision",
    "Assessment",
    "AssessmentQuerySet",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Section",
    "State",
    "Value",
    "Verdict",
]
