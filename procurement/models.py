"""Index: every model of procurement. Re-exports only, so that Django finds them."""

from procurement.decisions.models import Condition, Decision, Memo
from procurement.engagements.models import Engagement
from procurement.numbering.models import NumberSeries
from procurement.operations.models import Heartbeat
from procurement.policy.models import PolicyVersion
from procurement.renewals.models import ReminderDue
from procurement.reviews.models import (
    CuecStatus,
    ExceptionJudgement,
    Remediation,
    RequirementCheck,
    Review,
    RiskAcceptance,
    Waiver,
)

__all__ = [
    "Condition",
    "CuecStatus",
    "Decision",
    "Engagement",
    "ExceptionJudgement",
    "Heartbeat",
    "Memo",
    "NumberSeries",
    "PolicyVersion",
    "Remediation",
    "ReminderDue",
    "RequirementCheck",
    "Review",
    "RiskAcceptance",
    "Waiver",
]
