"""The thread of an answer: who may write what, who reads it, and what still has to leave with a mail.

What is internal is filtered here, in the query: every page and mail for the vendor reads `seen_by_vendor`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer, AnswerComment, Assessment, Verdict
from procurement.questionnaires.models.assessments import ENDED
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes


@dataclass(frozen=True)
class Remark:
    """One comment as a page shows it. `is_waiting`: it is for the vendor and no mail has carried it yet."""

    comment: AnswerComment
    is_waiting: bool = False


Threads = dict[int, list[Remark]]


def check_can_comment(by: Actor, assessment: Assessment, *, is_shared: bool) -> None:
    """A contact of the vendor, or a reviewer, shares a comment until the questionnaire has ended; staff write among
    themselves at any time. Which of them take part in the review is asked above, by `reviews`."""
    if by.kind == Kind.CONTACT:
        if by.contact is None or by.contact.vendor_id != assessment.vendor_id:
            raise NotAllowed(_("Only a contact of the vendor writes about its answers."))
        if not is_shared:
            raise NotAllowed(_("What a contact writes is read by both sides."))
    elif is_shared and Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer writes to the vendor."))
    if is_shared and assessment.state in ENDED:
        raise Refused(_("This questionnaire is closed: %(state)s.") % {"state": assessment.get_state_display().lower()})


def can_comment(by: Actor, assessment: Assessment, *, is_shared: bool) -> bool:
    return passes(check_can_comment, by, assessment, is_shared=is_shared)


def comments_on(assessment: Assessment) -> QuerySet[AnswerComment]:
    """Every comment on its answers, oldest first, internal ones too: for staff."""
    return AnswerComment.objects.filter(answer__assessment=assessment)


def seen_by_vendor(assessment: Assessment) -> QuerySet[AnswerComment]:
    """What the vendor reads: its own comments, and those of ours that have left."""
    has_left = Q(is_from_vendor=True) | Q(pk__lte=assessment.sent_up_to)
    return comments_on(assessment).filter(has_left, is_shared=True)


def waiting_to_leave(assessment: Assessment) -> QuerySet[AnswerComment]:
    """Shared comments of ours that no mail has carried yet, with their questions."""
    ours = comments_on(assessment).filter(is_shared=True, is_from_vendor=False, pk__gt=assessment.sent_up_to)
    return ours.select_related("answer__question")


def threads_for_us(assessment: Assessment, answers: Iterable[Answer]) -> Threads:
    """Every thread by the answer's key, what we ask next at its end."""
    threads = _by_answer(comments_on(assessment), assessment)
    for answer in answers:
        _add_question(threads, answer)
    return threads


def threads_for_vendor(assessment: Assessment, answers: Iterable[Answer]) -> Threads:
    """What the vendor reads of the threads, by the answer's key; what we ask once the question is back with it."""
    threads = _by_answer(seen_by_vendor(assessment), assessment)
    for answer in answers:
        if answer.verdict == Verdict.SENT_BACK and answer.is_with_vendor:
            _add_question(threads, answer)
    return threads


def _by_answer(comments: Iterable[AnswerComment], assessment: Assessment) -> Threads:
    threads: Threads = {}
    for each in comments:
        is_waiting = each.is_shared and not each.is_from_vendor and each.pk > assessment.sent_up_to
        threads.setdefault(each.answer_id, []).append(Remark(each, is_waiting))
    return threads


def _add_question(threads: Threads, answer: Answer) -> None:
    """The question we send an answer back with is a comment once it has left; until then it stands in the answer."""
    thread = threads.get(answer.pk, [])
    has_left = any(each.comment.is_question and each.comment.text == answer.note for each in thread)
    if not answer.note or answer.judged_at is None or has_left:
        return
    comment = AnswerComment(
        answer=answer, text=answer.note, is_shared=True, is_question=True, by=answer.judged_by, at=answer.judged_at
    )
    is_waiting = answer.verdict == Verdict.SENT_BACK and not answer.is_with_vendor
    threads[answer.pk] = [*thread, Remark(comment, is_waiting)]
