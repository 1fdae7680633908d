"""Last year's accepted answers come back as "unchanged?": offered when a questionnaire is sent, confirmed by the
vendor."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import access, queries, values
from procurement.questionnaires.carrying import Asked, found_again
from procurement.questionnaires.companions import still_fitting
from procurement.questionnaires.last_year import LastYear, last_year_of
from procurement.questionnaires.models import Answer, Assessment, Carried, Question, Section, Verdict
from procurement.questionnaires.services.answering import begin, keep
from procurement.questionnaires.services.locking import locked, locked_answer
from procurement.questionnaires.services.settling import settle
from vendors.ledger import services as ledger
from vendors.ndas.access import check_nda_in_force
from vendors.people.actors import Actor, Refused


def carry(assessment: Assessment) -> None:
    """Put last year's accepted answers beside the questions, while the questionnaire is made. Only of the same
    questionnaire, vendor and engagement; of each question the newest."""
    earlier = _newest_accepted(assessment)
    if not earlier:
        return
    answers = queries.answers_of(assessment)
    then = [_asked(each.question) for each in earlier.values()]
    again = found_again([_asked(each.question) for each in answers], then)
    Carried.objects.bulk_create(
        Carried(answer=answer, earlier=earlier[match.key], how=match.how.value)
        for answer in answers
        if (match := again.get(answer.question.key)) and _fits(answer.question, earlier[match.key])
    )


@transaction.atomic
def confirm_answer(*, answer: Answer, by: Actor, now: datetime, on: date) -> Answer:
    """Say that last year's answer still holds. It is said anew, with those of its files that are still in date.

    Raises NotAllowed for whoever is no contact of the vendor; Refused when the answer cannot be changed now, there is
    no earlier one or another was given since, it no longer fits the question, or it has files and no NDA is in force.
    """
    answer = locked_answer(answer)
    access.check_can_change(by, answer)
    last_year = last_year_of(answer.assessment, [answer], on).get(answer.pk)
    if last_year is None or not last_year.is_waiting:
        raise Refused(_("%(ref)s has no earlier answer that waits to be confirmed.") % {"ref": answer.question.ref})
    _say_again([last_year], by=by, now=now, on=on)
    settle(answer.assessment, [answer])
    begin(answer.assessment, by=by, now=now)
    return answer


@transaction.atomic
def confirm_section(*, assessment: Assessment, section: Section, by: Actor, now: datetime, on: date) -> int:
    """Say of a whole section that last year's answers still hold. What is critical, reworded, only similar, or leans on
    a file that is out of date stays to be looked at one by one. Returns how many were confirmed.

    Raises NotAllowed for whoever is no contact of the vendor; Refused when nothing can be confirmed so.
    """
    assessment = locked(assessment)
    access.check_can_answer(by, assessment)
    answers = queries.answers_of(assessment)
    last_year = last_year_of(assessment, answers, on)
    confirmed = [
        last_year[answer.pk]
        for answer in queries.answers_in(answers, section)
        if answer.pk in last_year
        and access.can_change(by, answer)
        and last_year[answer.pk].can_be_confirmed_with_others
    ]
    if not confirmed:
        raise Refused(_("Nothing in this section can be confirmed at once. Look at each answer."))
    _say_again(confirmed, by=by, now=now, on=on)
    settle(assessment, [each.answer for each in confirmed])
    begin(assessment, by=by, now=now)
    sentence = ngettext(
        "%(version)s, %(section)s: one earlier answer confirmed",
        "%(version)s, %(section)s: %(count)s earlier answers confirmed at once",
        len(confirmed),
    )
    ledger.record(
        by=by,
        verb="questionnaire.section_confirmed",
        sentence=sentence % {"version": assessment.version, "section": section.title, "count": len(confirmed)},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"answers": [each.answer.question.ref for each in confirmed]},
    )
    return len(confirmed)


def _say_again(confirmed: Sequence[LastYear], *, by: Actor, now: datetime, on: date) -> None:
    for each in confirmed:
        answer, earlier = each.answer, each.earlier
        said = values.read(answer.question, earlier.value, not_applicable=earlier.is_not_applicable)
        answer.value, answer.is_not_applicable, answer.comment = said.value, said.is_not_applicable, earlier.comment
        answer.companions = still_fitting(answer.question, earlier.companions)
        if each.files:
            check_nda_in_force(answer.assessment.vendor, on)
            answer.attachments.add(*each.files)
            answer.files = [*answer.files, *each.files]
        keep(answer, by=by, now=now)


def _newest_accepted(assessment: Assessment) -> dict[str, Answer]:
    """Earlier accepted answers by the key of their question. What was asked of nobody has none."""
    found = Answer.objects.filter(
        assessment__family=assessment.family_id,
        assessment__engagement=assessment.engagement_id,
        assessment__vendor=assessment.vendor_id,
        assessment__cancelled_at__isnull=True,
        verdict=Verdict.ACCEPTED,
        is_visible=True,
        is_covered=False,
        is_whole=True,
    )
    rows = found.exclude(assessment=assessment).select_related("question").order_by("assessment__sent_at", "pk")
    return {answer.question.key: answer for answer in rows}


def _asked(question: Question) -> Asked:
    return Asked(key=question.key, ref=question.ref, text=question.text, kind=question.kind)


def _fits(question: Question, earlier: Answer) -> bool:
    """Whether the earlier answer can be given to the question as it is asked today."""
    try:
        values.read(question, earlier.value, not_applicable=earlier.is_not_applicable)
    except Refused:
        return False
    return True
