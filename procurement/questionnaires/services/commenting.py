"""Comments on answers: written one by one, sent to the vendor together."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import emails, threads
from procurement.questionnaires.models import Answer, AnswerComment, Assessment, CommentWithdrawal
from procurement.questionnaires.queries import people_to_tell
from procurement.questionnaires.services.locking import locked, locked_answer
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Kind, Refused

LONGEST = 4000
# Whoever writes about twenty answers in an afternoon sends one mail.
QUIET = timedelta(days=1)


@transaction.atomic
def comment_on_answer(*, answer: Answer, text: str, is_shared: bool, by: Actor, now: datetime) -> AnswerComment:
    """Say something about an answer: among ourselves, or to the other side.

    What we share leaves with the next mail to the vendor (`send_comments`, `return_to_vendor`). What a contact writes
    is read at once; whoever sent the questionnaire gets one mail a day of it.
    Raises NotAllowed as `threads.check_can_comment`; Refused without a text, for one that is too long, and for what is
    shared after the end.
    """
    answer = locked_answer(answer)
    assessment = answer.assessment
    threads.check_can_comment(by, assessment, is_shared=is_shared)
    comment = AnswerComment(
        answer=answer,
        text=_said(text),
        is_shared=is_shared,
        is_from_vendor=by.kind == Kind.CONTACT,
        by=by.label[:160],
        by_id=by.pk,
        at=now,
    )
    is_first_today = not threads.comments_on(assessment).filter(is_from_vendor=True, at__gt=now - QUIET).exists()
    comment.save()
    if comment.is_from_vendor and is_first_today:
        emails.vendor_commented(comment, by=by, now=now)
    ledger.record(
        by=by,
        verb="answer.commented",
        sentence=_sentence(comment) % {"ref": answer.question.ref},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"comment": comment.pk, "shared": is_shared},
    )
    return comment


@transaction.atomic
def send_comments(*, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Let the shared comments leave: one mail a person. Nothing is sent back by it.

    After the end too, for what was written before. Raises NotAllowed for whoever is no reviewer; Refused when none
    waits.
    """
    assessment = locked(assessment)
    threads.check_can_send_comments(by)
    comments = list(threads.waiting_to_leave(assessment))
    if not comments:
        raise Refused(_("No comment waits to be sent."))
    for contact, theirs in people_to_tell(assessment, comments).items():
        emails.commented(assessment, contact, theirs, by=by, now=now)
    mark_as_left(assessment)
    sentence = ngettext(
        "%(version)s: one comment sent to the vendor",
        "%(version)s: %(count)s comments sent to the vendor",
        len(comments),
    )
    ledger.record(
        by=by,
        verb="questionnaire.comments_sent",
        sentence=sentence % {"version": assessment.version, "count": len(comments)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"comments": [each.pk for each in comments]},
    )
    return assessment


@transaction.atomic
def withdraw_comment(*, comment: AnswerComment, by: Actor, now: datetime) -> CommentWithdrawal:
    """Take back what was written for the vendor before it leaves. It stays in our thread, marked, and never reaches the
    vendor.

    Raises NotAllowed for anybody but its writer; Refused once it has left, and for what nobody sends.
    """
    answer = locked_answer(comment.answer)
    assessment = answer.assessment
    comment = threads.comments_on(assessment).get(pk=comment.pk)
    threads.check_can_withdraw(by, assessment, comment)
    withdrawal = CommentWithdrawal.objects.create(comment=comment, by=by.label[:160], at=now)
    ledger.record(
        by=by,
        verb="answer.comment_withdrawn",
        sentence=_("%(ref)s: comment for the vendor withdrawn before it left") % {"ref": answer.question.ref},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"comment": comment.pk},
    )
    return withdrawal


def mark_as_left(assessment: Assessment) -> None:
    """Everything that is shared by now has left, inside the act that mails it."""
    newest = threads.comments_on(assessment).filter(is_shared=True).order_by("-pk").first()
    if newest is not None:
        assessment.sent_up_to = newest.pk
        assessment.save(update_fields=["sent_up_to"])


def _said(text: str) -> str:
    if not text.strip():
        raise Refused(_("Write what you want to say."), field="text")
    if len(text.strip()) > LONGEST:
        raise Refused(_("A comment has at most %(most)s characters.") % {"most": LONGEST}, field="text")
    return text.strip()


def _sentence(comment: AnswerComment) -> str:
    """The ledger knows that somebody wrote and for whom, never what."""
    if comment.is_from_vendor:
        return _("%(ref)s: comment by the vendor")
    return _("%(ref)s: comment for the vendor") if comment.is_shared else _("%(ref)s: internal comment")
