"""Tasks of decisions: printing memos. Idempotent; the scan finds what a lost nudge left behind."""

from celery import shared_task

from procurement.decisions import services
from procurement.decisions.models import Memo
from vendors.calendar import clock


@shared_task(name="decisions.make_memo_pdf")
def make_memo_pdf(memo_id: int) -> None:
    """Print one memo."""
    services.make_pdf(memo_id=memo_id, now=clock.now())


@shared_task(name="decisions.make_missing_memo_pdfs")
def make_missing_memo_pdfs() -> None:
    """Print every memo whose PDF is still missing."""
    for memo_id in Memo.objects.filter(pdf__isnull=True).values_list("pk", flat=True):
        services.make_pdf(memo_id=memo_id, now=clock.now())
