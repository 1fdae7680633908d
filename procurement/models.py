"""Index: every model of procurement. Re-exports only, so that Django finds them."""

from procurement.decisions.models import Condition, Decision, Memo
from procurement.engagements.models import Engagement
from procurement.numbering.models import NumberSeries
from procurement.operations.models import Heartbeat
from procurement.policy.models import PolicyVersion
from procurement.renewals.models import ReminderDue
from procurement.reviews.models import (
    Comment,
    CuecStatus,
    ExceptionJudgement,
    Finding,
    Remediation,
    RequirementCheck,
    Review,
)

__all__ = [
    "Comment",
    "Condition",
    "CuecStatus",
    "Decision",
    "Engagement",
    "ExceptionJudgement",
    "Finding",
    "Heartbeat",
    "Memo",
    "NumberSeries",
    "PolicyVersion",
    "Remediation",
    "ReminderDue",
    "RequirementCheck",
    "Review",
]
