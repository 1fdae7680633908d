"""Index: every task of procurement. Re-exports only, so that a worker finds them."""

from procurement.campaigns.tasks import send, send_rest
from procurement.decisions.tasks import make_memo_pdf, make_missing_memo_pdfs
from procurement.operations.tasks import beat_heart
from procurement.renewals.tasks import send_due
from procurement.reviews.tasks import weigh_changed_report, weigh_reports

__all__ = [
    "beat_heart",
    "make_memo_pdf",
    "make_missing_memo_pdfs",
    "send",
    "send_due",
    "send_rest",
    "weigh_changed_report",
    "weigh_reports",
]
