"""Index: every model of procurement. Re-exports only, so that Django finds them."""

from procurement.decisions.models import Condition, Decision, Memo
from procurement.engagements.models import Engagement
from procurement.numbering.models import NumberSeries
from procurement.operations.models import Heartbeat
from procurement.policy.models import PolicyVersion
from procurement.renewals.models import CalendarFeed, LastScan, ReminderDue, ReminderPlan
from procurement.reviews.models import (
    CuecStatus,
    ExceptionJudgement,
    Remediation,
    RequirementCheck,
    Review,
)

__all__ = [
    "CalendarFeed",
    "Condition",
    "CuecStatus",
    "Decision",
    "Engagement",
    "ExceptionJudgement",
    "Heartbeat",
    "LastScan",
    "Memo",
    "NumberSeries",
    "PolicyVersion",
    "Remediation",
    "ReminderDue",
    "ReminderPlan",
    "RequirementCheck",
    "Review",
]
