"""Reviews and what is judged in them."""

from procurement.reviews.models.checks import RequirementCheck
from procurement.reviews.models.comments import Comment
from procurement.reviews.models.exemptions import RiskAcceptance, Waiver
from procurement.reviews.models.findings import Finding, FindingQuerySet, Severity
from procurement.reviews.models.judgements import CuecStatus, ExceptionJudgement
from procurement.reviews.models.remediations import Remediation
from procurement.reviews.models.review import UNDECIDED, Review, ReviewQuerySet, ScopeFit, State

__all__ = [
    "UNDECIDED",
    "Comment",
    "CuecStatus",
    "ExceptionJudgement",
    "Finding",
    "FindingQuerySet",
    "Remediation",
    "RequirementCheck",
    "Review",
    "ReviewQuerySet",
    "RiskAcceptance",
    "ScopeFit",
    "Severity",
    "State",
    "Waiver",
]
