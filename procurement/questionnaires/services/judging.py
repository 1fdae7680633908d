"""Our word on answers: accept, send back with a note, return what was sent back in one mail, complete.

`reviews` asks whether this reviewer may: its acts of the same names call these.
"""

from collections.abc import Iterable
from datetime import date, datetime
from textwrap import shorten

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import access, emails, queries, threads
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Answer, AnswerComment, Assessment, State, Verdict
from procurement.questionnaires.services.commenting import mark_as_left
from procurement.questionnaires.services.locking import locked
from procurement.questionnaires.wording import in_words
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused
from vendors.reports.wording import day_in_words


@transaction.atomic
def accept_answer(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """The answer will do. Raises NotAllowed for whoever is no reviewer; Refused unless it waits for us."""
    answer = _being_judged(answer, by)
    answer.verdict = Verdict.ACCEPTED
    _say(answer, by=by, now=now)
    _record(answer, "answer.accepted", _("%(ref)s accepted: %(value)s"), by=by, now=now)
    return answer


@transaction.atomic
def accept_answers(*, assessment: Assessment, answers: Iterable[Answer], by: Actor, now: datetime) -> list[Answer]:
    """These answers will do, in one act. Which of them nobody flagged is asked above, by `reviews`.

    Raises NotAllowed for whoever is no reviewer; Refused unless they wait for us, or when none of them does.
    """
    assessment = locked(assessment)
    access.check_can_judge(by, assessment)
    wanted = [each.pk for each in answers]
    waiting = assessment.answers.filter(pk__in=wanted, is_visible=True, is_covered=False, is_whole=True)
    accepted = list(waiting.filter(verdict=Verdict.OPEN).select_related("question"))
    if not accepted:
        raise Refused(_("No answer can be accepted without reading it. Judge those that are left one by one."))
    _begin_reading(assessment)
    assessment.answers.filter(pk__in=[each.pk for each in accepted]).update(
        verdict=Verdict.ACCEPTED, judged_by=by.label[:120], judged_at=now, seconded_by="", seconded_at=None
    )
    sentence = ngettext(
        "%(version)s: one answer that nobody flagged accepted at once",
        "%(version)s: %(count)s answers that nobody flagged accepted at once",
        len(accepted),
    )
    ledger.record(
        by=by,
        verb="answers.accepted",
        sentence=sentence % {"version": assessment.version, "count": len(accepted)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"revisions": {each.question.ref: each.revision for each in accepted}},
    )
    return accepted


@transaction.atomic
def second_answer(*, answer: Answer, by: Actor, now: datetime) -> Answer:
    """A second reviewer accepts a critical answer too. `reviews` asks that it is another person.

    Raises NotAllowed for whoever is no reviewer; Refused unless it waits for us, is critical and accepted, and waits
    for a second word.
    """
    answer = _being_judged(answer, by)
    if not queries.to_second(answer.assessment).filter(pk=answer.pk).exists():
        raise Refused(_("%(ref)s does not wait for a second reviewer.") % {"ref": answer.question.ref})
    answer.seconded_by, answer.seconded_at = by.label[:120], now
    answer.save(update_fields=["seconded_by", "seconded_at"])
    _record(answer, "answer.seconded", _("%(ref)s accepted by a second reviewer: %(value)s"), by=by, now=now)
    return answer


@transaction.atomic
def send_back_answer(*, answer: Answer, note: str, by: Actor, now: datetime) -> Answer:
    """Ask about the answer. It leaves with the others when the questionnaire is returned; until then nothing is mailed.

    Raises NotAllowed for whoever is no reviewer; Refused without a note, or unless it waits for us.
    """
    answer = _being_judged(answer, by)
    if not note.strip():
        raise Refused(_("Say what you want to know. The vendor reads it."), field="note")
    answer.verdict = Verdict.SENT_BACK
    answer.note = note.strip()
    answer.returned_revision = answer.revision
    _say(answer, by=by, now=now)
    _record(answer, "answer.sent_back", _("%(ref)s asked about: %(note)s"), by=by, now=now)
    return answer


@transaction.atomic
def return_to_vendor(*, assessment: Assessment, due_on: date, by: Actor, now: datetime, on: date) -> Assessment:
    """Everything that was sent back goes to the contact in one mail, with a new due date and the shared comments that
    have not left yet. What we ask stands in the threads from now on.

    Raises NotAllowed for whoever is no reviewer; Refused when nothing was sent back, for a day that has passed, or
    unless it waits for us.
    """
    assessment = locked(assessment)
    access.check_can_judge(by, assessment)
    asked = list(queries.sent_back_of(assessment))
    if not asked:
        raise Refused(_("Nothing is sent back. Send an answer back first."))
    if due_on < on:
        raise Refused(_("The due date has passed. Choose today or a later day."), field="due_on")
    check_can_move(assessment.state, State.CLARIFICATION)
    assessment.state, assessment.due_on = State.CLARIFICATION, due_on
    assessment.save(update_fields=["state", "due_on"])
    assessment.answers.filter(verdict=Verdict.SENT_BACK).update(is_with_vendor=True)
    comments = list(threads.waiting_to_leave(assessment))
    emails.returned(assessment, asked, comments, by=by, now=now)
    for contact, theirs in queries.people_to_tell(assessment, comments).items():
        if contact != assessment.contact:
            emails.commented(assessment, contact, theirs, by=by, now=now)
    _put_into_threads(asked, now=now)
    mark_as_left(assessment)
    sentence = ngettext(
        "%(version)s: one question sent back, due %(due)s",
        "%(version)s: %(count)s questions sent back, due %(due)s",
        len(asked),
    )
    ledger.record(
        by=by,
        verb="questionnaire.returned",
        sentence=sentence % {"version": assessment.version, "count": len(asked), "due": day_in_words(due_on)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"asked": {answer.question.ref: answer.note for answer in asked}, "due_on": due_on},
    )
    return assessment


@transaction.atomic
def complete(*, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Every answer is accepted: done. Raises NotAllowed for whoever is no reviewer; Refused while one is not,
    or while a critical one waits for a second reviewer where that was asked for."""
    assessment = locked(assessment)
    access.check_can_judge(by, assessment)
    left = queries.to_accept(assessment).count()
    if left:
        sentence = ngettext("One answer is not accepted yet.", "%(count)s answers are not accepted yet.", left)
        raise Refused(sentence % {"count": left})
    left = queries.to_second(assessment).count()
    if left:
        sentence = ngettext(
            "One critical answer waits for a second reviewer.",
            "%(count)s critical answers wait for a second reviewer.",
            left,
        )
        raise Refused(sentence % {"count": left})
    check_can_move(assessment.state, State.COMPLETE)
    assessment.state = State.COMPLETE
    assessment.completed_at, assessment.completed_by = now, by.label
    assessment.save(update_fields=["state", "completed_at", "completed_by"])
    ledger.record(
        by=by,
        verb="questionnaire.completed",
        sentence=_("%(version)s complete: every answer is accepted") % {"version": assessment.version},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )
    return assessment


def _put_into_threads(asked: list[Answer], *, now: datetime) -> None:
    """What we ask, as a comment of whoever asked it: an answer keeps its newest question only."""
    AnswerComment.objects.bulk_create(
        AnswerComment(
            answer=answer,
            text=answer.note,
            is_shared=True,
            is_question=True,
            by=answer.judged_by,
            at=answer.judged_at or now,
        )
        for answer in asked
    )


def _being_judged(answer: Answer, by: Actor) -> Answer:
    """The answer, locked; the first word on one of them moves the assessment on."""
    assessment = locked(answer.assessment)
    answer = assessment.answers.select_related("question").get(pk=answer.pk)
    answer.assessment = assessment
    access.check_can_judge(by, assessment)
    if not answer.is_visible:
        raise Refused(_("%(ref)s is not asked: its condition does not hold.") % {"ref": answer.question.ref})
    if answer.is_covered:
        raise Refused(_("%(ref)s is answered by the report. Ask it first.") % {"ref": answer.question.ref})
    _begin_reading(assessment)
    return answer


def _begin_reading(assessment: Assessment) -> None:
    if assessment.state == State.SUBMITTED:
        check_can_move(assessment.state, State.IN_REVIEW)
        assessment.state = State.IN_REVIEW
        assessment.save(update_fields=["state"])


def _say(answer: Answer, *, by: Actor, now: datetime) -> None:
    answer.judged_by, answer.judged_at = by.label[:120], now
    answer.seconded_by, answer.seconded_at = "", None
    fields = ["verdict", "note", "returned_revision", "judged_by", "judged_at", "seconded_by", "seconded_at"]
    answer.save(update_fields=fields)


def _record(answer: Answer, verb: str, sentence: str, *, by: Actor, now: datetime) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"ref": answer.question.ref, "value": _said(answer), "note": answer.note},
        at=now,
        vendor_id=answer.assessment.vendor_id,
        subject=("assessment", answer.assessment_id),
        details={"revision": answer.revision},
    )


def _said(answer: Answer) -> str:
    """The answer in one short line."""
    words = in_words(answer.question, answer.value, is_not_applicable=answer.is_not_applicable)
    return shorten(words or _("a file"), 120, placeholder=" …")
