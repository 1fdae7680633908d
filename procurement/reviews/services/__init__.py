"""The acts of a review, one noun a file."""

from procurement.reviews.access import check_can_submit
from procurement.reviews.judgements import ControlStatus, Judgement
from procurement.reviews.services.asking import ask_again, ask_for_review
from procurement.reviews.services.bringing import (
    bring_in_answers,
    discard_brought_answers,
    take_as_handed_over,
    take_brought_answers,
    undo_brought_answers,
)
from procurement.reviews.services.collecting import begin_review, return_to_collecting, withdraw
from procurement.reviews.services.comments import comment_on_finding, comment_on_review, withdraw_comment
from procurement.reviews.services.exemptions import (
    grant_exemption,
    propose_interim_waiver,
    propose_risk_acceptance,
    propose_waiver,
    refuse_exemption,
    revoke_exemption,
)
from procurement.reviews.services.findings import (
    FindingDraft,
    assign_finding,
    close_finding,
    move_finding_due,
    raise_finding,
    withdraw_finding,
)
from procurement.reviews.services.judging import judge_exceptions, record_scope_fit, set_cuec_statuses
from procurement.reviews.services.moving import move
from procurement.reviews.services.questionnaires import (
    accept_answer,
    accept_unflagged,
    ask_vendor,
    cancel_questionnaire,
    change_questionnaire_due,
    chase_questionnaire,
    comment_on_answer,
    complete_questionnaire,
    end_questionnaire,
    rate_answer,
    require_answer,
    return_questionnaire,
    second_answer,
    send_back_answer,
    send_comments,
    send_questionnaire,
    send_questionnaires,
)
from procurement.reviews.services.remediations import close_remediation, plan_remediation
from procurement.reviews.services.reports import (
    accept_report,
    open_report_bytes,
    use_report,
    weigh_reports,
    withdraw_report,
)
from procurement.reviews.services.submitting import keep_requirement_checks, put_before
from procurement.reviews.services.taking import assign_review, hand_over, take_review

__all__ = [
    "ControlStatus",
    "FindingDraft",
    "Judgement",
    "accept_answer",
    "accept_report",
    "accept_unflagged",
    "ask_again",
    "ask_for_review",
    "ask_vendor",
    "assign_finding",
    "assign_review",
    "begin_review",
    "bring_in_answers",
    "cancel_questionnaire",
    "change_questionnaire_due",
    "chase_questionnaire",
    "check_can_submit",
    "close_finding",
    "close_remediation",
    "comment_on_answer",
    "comment_on_finding",
    "comment_on_review",
    "complete_questionnaire",
    "discard_brought_answers",
    "end_questionnaire",
    "grant_exemption",
    "hand_over",
    "judge_exceptions",
    "keep_requirement_checks",
    "move",
    "move_finding_due",
    "open_report_bytes",
    "plan_remediation",
    "propose_interim_waiver",
    "propose_risk_acceptance",
    "propose_waiver",
    "put_before",
    "raise_finding",
    "rate_answer",
    "record_scope_fit",
    "refuse_exemption",
    "require_answer",
    "return_questionnaire",
    "return_to_collecting",
    "revoke_exemption",
    "second_answer",
    "send_back_answer",
    "send_comments",
    "send_questionnaire",
    "send_questionnaires",
    "set_cuec_statuses",
    "take_as_handed_over",
    "take_brought_answers",
    "take_review",
    "undo_brought_answers",
    "use_report",
    "weigh_reports",
    "withdraw",
    "withdraw_comment",
    "withdraw_finding",
    "withdraw_report",
]
