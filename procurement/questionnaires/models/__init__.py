"""Questionnaires and their versions, what is asked of a vendor, and its answers."""

from procurement.questionnaires.models.answer_imports import AnswerImport
from procurement.questionnaires.models.answers import Answer, AnswerRevision, Verdict
from procurement.questionnaires.models.assessments import Assessment, AssessmentQuerySet, State
from procurement.questionnaires.models.assignments import Assignment
from procurement.questionnaires.models.attachments import Attachment
from procurement.questionnaires.models.carried import Carried
from procurement.questionnaires.models.comments import AnswerComment, CommentWithdrawal
from procurement.questionnaires.models.coverage import Coverage
from procurement.questionnaires.models.imports import ImportJob, ImportProfile
from procurement.questionnaires.models.questions import Question
from procurement.questionnaires.models.ratings import Rating
from procurement.questionnaires.models.versions import Questionnaire, QuestionnaireVersion, Section, VersionQuerySet

__all__ = [
    "Answer",
    "AnswerComment",
    "AnswerImport",
    "AnswerRevision",
    "Assessment",
    "AssessmentQuerySet",
    "Assignment",
    "Attachment",
    "Carried",
    "CommentWithdrawal",
    "Coverage",
    "ImportJob",
    "ImportProfile",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Rating",
    "Section",
    "State",
    "Verdict",
    "VersionQuerySet",
]
