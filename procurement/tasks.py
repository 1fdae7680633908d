"""Index: every task of procurement. Re-exports only, so that a worker finds them."""

from procurement.decisions.tasks import make_memo_pdf, make_missing_memo_pdfs
from procurement.operations.tasks import beat_heart
from procurement.renewals.tasks import send_due
from procurement.reviews.tasks import weigh_reports

__all__ = [
    "beat_heart",
    "make_memo_pdf",
    "make_missing_memo_pdfs",
    "send_due",
    "weigh_reports",
]
