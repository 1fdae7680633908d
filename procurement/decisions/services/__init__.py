"""The acts of a decision, from its draft to its end, and those of its memo."""

from procurement.decisions.services.conditions import meet_condition
from procurement.decisions.services.deciding import decide, return_to_reviewer
from procurement.decisions.services.drafting import ConditionDraft, save_draft
from procurement.decisions.services.exporting import MOST, check_amount, export_memos
from procurement.decisions.services.memos import mail_memo, make_pdf
from procurement.decisions.services.revoking import revoke
from procurement.decisions.services.submitting import submit, take_back

__all__ = [
    "MOST",
    "ConditionDraft",
    "check_amount",
    "decide",
    "export_memos",
    "mail_memo",
    "make_pdf",
    "meet_condition",
    "return_to_reviewer",
    "revoke",
    "save_draft",
    "submit",
    "take_back",
]
