"""The acts of reports, one noun a file."""

from vendors.reports.services.accepting import accept_report, send_back, withdraw_report
from vendors.reports.services.evidence import record_evidence, withdraw_evidence
from vendors.reports.services.facts import check_auditor, record_facts
from vendors.reports.services.gaps import fill_gap
from vendors.reports.services.grants import grant_access
from vendors.reports.services.likeness import compare_text
from vendors.reports.services.proposals import (
    accept_proposals,
    look_at_accepted,
    set_proposal_aside,
    still_to_see,
    take_back_proposals,
)
from vendors.reports.services.reading import perform_reading, read_again, waiting_readings
from vendors.reports.services.receiving import receive_report
from vendors.reports.services.requests import (
    answer_not_ready,
    cancel_request,
    change_due_date,
    request_report,
)
from vendors.reports.services.statements import receive_statement, record_successor_statement, withdraw_statement

__all__ = [
    "accept_proposals",
    "accept_report",
    "answer_not_ready",
    "cancel_request",
    "change_due_date",
    "check_auditor",
    "compare_text",
    "fill_gap",
    "grant_access",
    "look_at_accepted",
    "perform_reading",
    "read_again",
    "receive_report",
    "receive_statement",
    "record_evidence",
    "record_facts",
    "record_successor_statement",
    "request_report",
    "send_back",
    "set_proposal_aside",
    "still_to_see",
    "take_back_proposals",
    "waiting_readings",
    "withdraw_evidence",
    "withdraw_report",
    "withdraw_statement",
]
