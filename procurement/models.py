"""Index: every model of procurement. Re-exports only, so that Django finds them."""

from procurement.campaigns.models import Campaign, CampaignRecipient
from procurement.decisions.models import Condition, Decision, Memo
from procurement.engagements.models import Engagement
from procurement.numbering.models import NumberSeries
from procurement.operations.models import Heartbeat
from procurement.policy.models import PolicyVersion
from procurement.questionnaires.models import (
    Answer,
    AnswerComment,
    AnswerImport,
    AnswerRevision,
    Assessment,
    Assignment,
    Attachment,
    Carried,
    CommentWithdrawal,
    Coverage,
    ImportJob,
    ImportProfile,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Rating,
    Section,
)
from procurement.renewals.models import CalendarFeed, LastScan, ReminderDue, ReminderPlan
from procurement.reviews.models import (
    Comment,
    CuecStatus,
    ExceptionJudgement,
    Finding,
    Remediation,
    RequirementCheck,
    Review,
    RiskAcceptance,
    Waiver,
)

__all__ = [
    "Answer",
    "AnswerComment",
    "AnswerImport",
    "AnswerRevision",
    "Assessment",
    "Assignment",
    "Attachment",
    "CalendarFeed",
    "Campaign",
    "CampaignRecipient",
    "Carried",
    "Comment",
    "CommentWithdrawal",
    "Condition",
    "Coverage",
    "CuecStatus",
    "Decision",
    "Engagement",
    "ExceptionJudgement",
    "Finding",
    "Heartbeat",
    "ImportJob",
    "ImportProfile",
    "LastScan",
    "Memo",
    "NumberSeries",
    "PolicyVersion",
    "Question",
    "Questionnaire",
    "QuestionnaireVersion",
    "Rating",
    "Remediation",
    "ReminderDue",
    "ReminderPlan",
    "RequirementCheck",
    "Review",
    "RiskAcceptance",
    "Section",
    "Waiver",
]
