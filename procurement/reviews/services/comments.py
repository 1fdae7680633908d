"""Comments on a review or a finding: written, withdrawn, never changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.reviews import access, emails
from procurement.reviews.models import Comment, Finding, Review
from procurement.reviews.services.moving import locked
from vendors.ledger import services as ledger
from vendors.people.actors import Refused


@transaction.atomic
def comment_on_review(*, review: Review, text: str, shared: bool, by: User, now: datetime) -> Comment:
    """Say something about a review. A shared comment reaches whoever asked for it by mail, any comment its reviewer.

    shared  also for whoever asked; what these write themselves always is
    Raises NotAllowed for whoever takes no part; Refused without a text.
    """
    review = locked(review)
    access.check_can_comment(by, review)
    comment = Comment(
        review=review,
        author=by,
        written_at=now,
        text=_said(text),
        shared=shared or access.reads_only_status(by, review),
    )
    comment.save()
    emails.commented(comment, by=by, now=now)
    _record(comment, "comment.written", _("%(about)s: comment written") % {"about": review.number}, by=by, now=now)
    return comment


@transaction.atomic
def comment_on_finding(*, finding: Finding, text: str, by: User, now: datetime) -> Comment:
    """Say something about a finding, among ourselves. Its owner and the reviewer get a mail.

    Raises NotAllowed for an auditor; Refused without a text.
    """
    review = locked(finding.review)
    access.check_can_comment_on_finding(by, finding)
    comment = Comment(review=review, finding=finding, author=by, written_at=now, text=_said(text))
    comment.save()
    emails.commented(comment, by=by, now=now)
    about = {"about": f"{review.number}, {finding.label}"}
    _record(comment, "comment.written", _("%(about)s: comment written") % about, by=by, now=now)
    return comment


@transaction.atomic
def withdraw_comment(*, comment: Comment, by: User, now: datetime) -> Comment:
    """Take back what one wrote: its text is gone, that there was one and by whom stays. Waiting mail is called back.

    Raises NotAllowed for anybody but its author; Refused when it is withdrawn already.
    """
    locked(comment.review)
    comment = Comment.objects.select_for_update(of=("self",)).select_related("review", "finding").get(pk=comment.pk)
    access.check_can_withdraw_comment(by, comment)
    comment.text = ""
    comment.withdrawn_at = now
    comment.save(update_fields=["text", "withdrawn_at"])
    emails.call_back_comment(comment, by=by, now=now)
    about = f"{comment.review.number}, {comment.finding.label}" if comment.finding else comment.review.number
    _record(comment, "comment.withdrawn", _("%(about)s: comment withdrawn") % {"about": about}, by=by, now=now)
    return comment


def _said(text: str) -> str:
    if not text.strip():
        raise Refused(_("Write what you want to say."), field="text")
    return text.strip()


def _record(comment: Comment, verb: str, sentence: str, *, by: User, now: datetime) -> None:
    """The ledger knows that somebody wrote, never what: a text that is withdrawn is gone."""
    finding = comment.finding_id
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence,
        at=now,
        vendor_id=comment.review.vendor_id,
        subject=("finding", finding) if finding else ("review", comment.review_id),
        details={"comment": comment.pk, "shared": comment.shared},
    )
