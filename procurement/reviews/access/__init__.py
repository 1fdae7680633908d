"""Who may see a review and who may do what in it (DESIGN.md, "Who uses it").

Four-eyes rules ask the person, never the role: nobody takes, closes or decides what they asked for or worked on.
Each `check_can_…` raises NotAllowed when this person may not, Refused when nobody may now.
"""

from procurement.reviews.access.moves import (
    asked_for,
    can_ask_again,
    can_begin,
    can_hand_over,
    can_return_to_collecting,
    can_submit,
    can_take,
    can_withdraw,
    check_can_ask_again,
    check_can_begin,
    check_can_hand_over,
    check_can_return_to_collecting,
    check_can_submit,
    check_can_take,
    check_can_withdraw,
    check_is_assigned,
    reviewers_for,
)
from procurement.reviews.access.reach import (
    engagements_visible_to,
    evidence_visible_to,
    reads_only_status,
    remediation_for,
    review_for,
    reviews_visible_to,
)
from procurement.reviews.access.reading import (
    can_accept_report,
    can_judge,
    can_open_bytes,
    can_use_report,
    check_can_accept_report,
    check_can_judge,
    check_can_open_bytes,
    check_can_use_report,
)
from procurement.reviews.access.remediations import (
    can_close,
    can_plan,
    check_can_close,
    check_can_plan,
    closers_for,
)

__all__ = [
    "asked_for",
    "can_accept_report",
    "can_ask_again",
    "can_begin",
    "can_close",
    "can_hand_over",
    "can_judge",
    "can_open_bytes",
    "can_plan",
    "can_return_to_collecting",
    "can_submit",
    "can_take",
    "can_use_report",
    "can_withdraw",
    "check_can_accept_report",
    "check_can_ask_again",
    "check_can_begin",
    "check_can_close",
    "check_can_hand_over",
    "check_can_judge",
    "check_can_open_bytes",
    "check_can_plan",
    "check_can_return_to_collecting",
    "check_can_submit",
    "check_can_take",
    "check_can_use_report",
    "check_can_withdraw",
    "check_is_assigned",
    "closers_for",
    "engagements_visible_to",
    "evidence_visible_to",
    "reads_only_status",
    "remediation_for",
    "review_for",
    "reviewers_for",
    "reviews_visible_to",
]
