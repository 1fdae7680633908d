"""The thread of an answer: who may write what, who reads it, and what still has to leave with a mail.

What is internal is filtered here, in the query: every page and mail for the vendor reads `seen_by_vendor`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from procurement.questionnaires.models import Answer, AnswerComment, Assessment, Verdict
from procurement.questionnaires.models.assessments import ENDED
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes


@dataclass(frozen=True)
class Remark:
    """One comment as a page shows it.

    is_waiting    it is for the vendor and no mail has carried it yet
    is_withdrawn  its writer took it back before one did
    may_withdraw  whoever reads the page may do so now
    """

    comment: AnswerComment
    is_waiting: bool = False
    is_withdrawn: bool = False
    may_withdraw: bool = False


Threads = dict[int, list[Remark]]
# For the vendor, not withdrawn, and no mail has carried it yet: `is_waiting` in the words of the database.
WAITING = Q(is_shared=True, is_from_vendor=False, withdrawal__isnull=True, pk__gt=F("answer__assessment__sent_up_to"))


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


def check_can_send_comments(by: Actor) -> None:
    """A reviewer, after the end too: what was written while it was open may still reach the vendor."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer writes to the vendor."))


def check_can_withdraw(by: Actor, assessment: Assessment, comment: AnswerComment) -> None:
    """Its writer, as long as it has not left for the vendor."""
    if by.pk is None or comment.by_id != by.pk or comment.is_from_vendor:
        raise NotAllowed(_("Only who wrote a comment withdraws it."))
    if not is_waiting(assessment, comment):
        raise Refused(_("It has left, or was withdrawn already, or is read among ourselves only. It stays."))


def can_withdraw(by: Actor, assessment: Assessment, comment: AnswerComment) -> bool:
    return passes(check_can_withdraw, by, assessment, comment)


def is_waiting(assessment: Assessment, comment: AnswerComment) -> bool:
    """Whether it is for the vendor, was not withdrawn, and no mail has carried it yet."""
    is_ours = comment.is_shared and not comment.is_from_vendor
    return is_ours and comment.pk > assessment.sent_up_to and not is_withdrawn(comment)


def is_withdrawn(comment: AnswerComment) -> bool:
    return getattr(comment, "withdrawal", None) is not None


def comments_on(assessment: Assessment) -> QuerySet[AnswerComment]:
    """Every comment on its answers, oldest first, internal ones too: for staff."""
    return AnswerComment.objects.filter(answer__assessment=assessment).select_related("withdrawal")


def seen_by_vendor(assessment: Assessment) -> QuerySet[AnswerComment]:
    """What the vendor reads: its own comments, and those of ours that have left."""
    has_left = Q(is_from_vendor=True) | Q(pk__lte=assessment.sent_up_to)
    return comments_on(assessment).filter(has_left, is_shared=True, withdrawal__isnull=True)


def waiting_to_leave(assessment: Assessment) -> QuerySet[AnswerComment]:
    """Shared comments of ours that no mail has carried yet and nobody withdrew, with their questions."""
    return comments_on(assessment).filter(WAITING).select_related("answer__question")


def left_at_the_end(assessments: QuerySet[Assessment]) -> list[tuple[Assessment, int]]:
    """Those of them that have ended with comments for the vendor that no mail has carried, each with how many."""
    ended = {each.pk: each for each in assessments.filter(state__in=ENDED)}
    waiting = AnswerComment.objects.filter(WAITING, answer__assessment__in=ended)
    counts = Counter(waiting.values_list("answer__assessment", flat=True)) if ended else Counter()
    return [(ended[pk], count) for pk, count in counts.items()]


def threads_for_us(assessment: Assessment, answers: Iterable[Answer], reader: Actor) -> Threads:
    """Every thread by the answer's key, what we ask next at its end.

    reader  who looks at them, and may withdraw what is theirs
    """
    threads: Threads = {}
    for each in comments_on(assessment):
        remark = Remark(
            each,
            is_waiting=is_waiting(assessment, each),
            is_withdrawn=is_withdrawn(each),
            may_withdraw=can_withdraw(reader, assessment, each),
        )
        threads.setdefault(each.answer_id, []).append(remark)
    for answer in answers:
        _add_question(threads, answer)
    return threads


def threads_for_vendor(assessment: Assessment, answers: Iterable[Answer]) -> Threads:
    """What the vendor reads of the threads, by the answer's key; what we ask once the question is back with it."""
    threads: Threads = {}
    for each in seen_by_vendor(assessment):
        threads.setdefault(each.answer_id, []).append(Remark(each))
    for answer in answers:
        if answer.verdict == Verdict.SENT_BACK and answer.is_with_vendor:
            _add_question(threads, answer)
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
    is_still_here = answer.verdict == Verdict.SENT_BACK and not answer.is_with_vendor
    threads[answer.pk] = [*thread, Remark(comment, is_waiting=is_still_here)]
