"""The acts of a decision: draft, submit, take back, decide, return, meet a condition, make the memo's PDF."""

from procurement.decisions.services.conditions import meet_condition
from procurement.decisions.services.deciding import decide, return_to_reviewer
from procurement.decisions.services.drafting import ConditionDraft, save_draft
from procurement.decisions.services.memos import make_pdf
from procurement.decisions.services.submitting import submit, take_back

__all__ = [
    "ConditionDraft",
    "decide",
    "make_pdf",
    "meet_condition",
    "return_to_reviewer",
    "save_draft",
    "submit",
    "take_back",
]
