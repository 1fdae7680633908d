"""The memo: numbered and frozen with the decision, its PDF made once after, its link mailed once more."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.decisions import access, emails, memo_pdf
from procurement.decisions.canonical import content_sha256
from procurement.decisions.content import content_of_memo
from procurement.decisions.models import Decision, Memo
from procurement.decisions.standings import standings_of
from procurement.numbering.services import next_number
from vendors.ledger import services as ledger
from vendors.nudging.services import nudge_after_commit
from vendors.people.actors import SYSTEM, Actor
from vendors.vault import services as vault


def issue_memo(*, decision: Decision, on: date, now: datetime) -> Memo:
    """Number the memo and freeze what it says, inside the decision's transaction. The PDF follows after commit."""
    memo = Memo(decision=decision, number=next_number(f"MEMO-{on.year}", digits=4), issued_at=now)
    memo.content = content_of_memo(memo=memo, decision=decision)
    memo.content_sha256 = content_sha256(memo.content)
    memo.save(force_insert=True)
    nudge_after_commit("decisions.make_memo_pdf", memo.pk)
    return memo


def make_pdf(*, memo_id: int, now: datetime) -> Memo:
    """Render the memo's PDF and keep it, once. Called again it changes nothing.

    Rendering takes a while and happens outside the transaction. A memo that cannot be printed says why and
    stays pending; the next scan tries again.
    """
    memo = Memo.objects.get(pk=memo_id)
    if memo.pdf_id is not None:
        return memo
    try:
        pdf = memo_pdf.render(memo)
    except memo_pdf.CannotPrint as reason:
        Memo.objects.filter(pk=memo_id, pdf__isnull=True).update(pdf_pending_because=str(reason)[:300])
        return Memo.objects.get(pk=memo_id)
    return _keep_pdf(memo_id, pdf, now)


@transaction.atomic
def mail_memo(*, memo: Memo, by: Actor, on: date, now: datetime) -> Memo:
    """Send whoever asked for the review, and its business owner, the memo's link and how it stands today.

    When a decision is taken both get that link by themselves (`emails.decided`); this sends it once more.
    Raises NotAllowed for anybody but a reviewer or an approver.
    """
    access.check_can_mail_memo(by)
    review = memo.decision.review
    standing = standings_of([review.vendor_id], on=on).get(memo.decision_id)
    emails.memo_for_you(memo=memo, standing=standing, by=by, now=now)
    ledger.record(
        by=by,
        verb="memo.mailed",
        sentence=_("%(memo)s mailed to %(name)s") % {"memo": memo.number, "name": review.requested_by.name},
        at=now,
        vendor_id=review.vendor_id,
        subject=("memo", memo.pk),
    )
    return memo


@transaction.atomic
def _keep_pdf(memo_id: int, pdf: bytes, now: datetime) -> Memo:
    memo = Memo.objects.select_for_update().get(pk=memo_id)
    if memo.pdf_id is not None:
        return memo
    review = memo.decision.review
    memo.pdf = vault.seal_bytes(
        pdf,
        name=f"{memo.number}.pdf",
        purpose="memo",
        content_type="application/pdf",
        vendor_id=review.vendor_id,
        by=SYSTEM,
        at=now,
    )
    memo.pdf_pending_because = ""
    memo.save(update_fields=["pdf", "pdf_pending_because"])
    ledger.record(
        by=SYSTEM,
        verb="memo.printed",
        sentence=_("%(memo)s printed") % {"memo": memo.number},
        at=now,
        vendor_id=review.vendor_id,
        subject=("memo", memo.pk),
        details={"content_sha256": memo.content_sha256, "pdf_sha256": memo.pdf.sha256},
    )
    return memo
