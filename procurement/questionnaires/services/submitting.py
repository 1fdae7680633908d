"""The vendor hands its answers over: a named person stands for them, and from then on they are read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import access, emails, queries
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Answer, AnswerImport, Assessment, Section, State, Verdict
from procurement.questionnaires.services.locking import locked
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused


@transaction.atomic
def submit(*, assessment: Assessment, signer_name: str, signer_title: str, by: Actor, now: datetime) -> Assessment:
    """Hand the answers over, or hand them over again after some were sent back. Whoever sent it is told.

    signer_name, signer_title  who states that the answers are true, as they write it themselves

    Raises NotAllowed for whoever is no contact of the vendor or sees only what they were given; Refused when it is not
    the vendor's turn, while an answer is missing, or without name and title.
    """
    assessment = locked(assessment)
    access.check_can_answer(by, assessment)
    access.check_sees_all(by, assessment)
    name, title = printable(signer_name), printable(signer_title)
    for field, typed in (("signer_name", name), ("signer_title", title)):
        if not typed:
            raise Refused(_("Write the name and job title of whoever stands for the answers."), field=field)
    answers = queries.answers_of(assessment)
    _check_nothing_is_missing(answers)
    assessment.signer_name, assessment.signer_title = name, title
    assessment.handed_over_by, assessment.brought_in = "", []
    again = _move_to_us(assessment, by=by, now=now)
    emails.submitted(assessment, again=again, by=by, now=now)
    sentence = _("%(version)s submitted, signed by %(signer)s")
    told = {"version": assessment.version, "signer": f"{name}, {title}"}
    _record_whole(assessment, answers, "questionnaire.submitted", sentence % told, by=by, now=now)
    return assessment


@transaction.atomic
def take_as_handed_over(*, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Take what a reviewer brought in as the vendor's answer, where no contact comes to hand it over. Nobody signs: the
    file and where it came from stand in the signer's place. Whoever sent it is told, unless they do this.

    Raises NotAllowed for whoever is no reviewer; Refused when it is not the vendor's turn, while an answer is missing
    or one was written by a contact, who alone hands that over, or when nothing of what the vendor was asked came with a
    file that a reviewer brought in.
    """
    assessment = locked(assessment)
    access.check_can_take_as_handed_over(by, assessment)
    answers = queries.answers_of(assessment)
    files = check_can_be_taken(answers)
    assessment.signer_name = assessment.signer_title = ""
    assessment.handed_over_by = by.label
    named = [each.provenance for each in files]
    assessment.brought_in = [each for at, each in enumerate(named) if each not in named[:at]]
    again = _move_to_us(assessment, by=by, now=now)
    if assessment.sent_by_id != by.pk:
        emails.submitted(assessment, again=again, by=by, now=now)
    sentence = _("%(version)s taken as handed over, without a signature. %(attribution)s")
    told = {"version": assessment.version, "attribution": assessment.attribution}
    _record_whole(assessment, answers, "questionnaire.taken_as_handed_over", sentence % told, by=by, now=now)
    return assessment


def check_can_be_taken(answers: list[Answer]) -> list[AnswerImport]:
    """Whether these, all of an assessment, can be taken as handed over: the files that a reviewer brought in and that
    some of what the vendor was asked came with. Raises Refused with what to do first."""
    files = queries.brought_files(answers)
    if not files:
        raise Refused(_("No answer came with a file that we brought in. Bring one in first, or let a contact submit."))
    to_do = _("Bring in another file, or have a contact of the vendor answer the rest and submit.")
    _check_nothing_is_missing(answers, to_do=to_do)
    theirs = [each.question.ref for each in queries.written_by_contacts(answers)]
    if theirs:
        raise Refused(
            _(
                "A contact has written an answer and not handed it over: %(refs)s. Take what the file says there too, "
                "or let the contact submit."
            )
            % {"refs": ", ".join(theirs[:10]) + (" …" if len(theirs) > 10 else "")}
        )
    return files


def _move_to_us(assessment: Assessment, *, by: Actor, now: datetime) -> bool:
    """From now on the answers are read; who stands for them is set already. Whether some had been sent back before."""
    again = assessment.state == State.CLARIFICATION
    to = State.IN_REVIEW if again else State.SUBMITTED
    check_can_move(assessment.state, to)
    assessment.state = to
    assessment.submitted_at = now
    named = ["signer_name", "signer_title", "handed_over_by", "brought_in"]
    assessment.save(update_fields=["state", "submitted_at", *named])
    assessment.answers.filter(verdict=Verdict.SENT_BACK).update(verdict=Verdict.OPEN)
    assessment.answers.update(is_with_vendor=False)
    emails.call_back(assessment, by=by, now=now)
    return again


@transaction.atomic
def submit_section(*, assessment: Assessment, section: Section, by: Actor, now: datetime) -> Assessment:
    """Hand one section over before the whole, with everything inside it. It can be read from then on, and judged once
    all is submitted; until then it can be taken back.

    Raises NotAllowed; Refused after the first submission, while an answer of the section is missing, and when it was
    handed over already.
    """
    assessment = locked(assessment)
    access.check_can_submit_section(by, assessment)
    access.check_sees_section(by, assessment, section)
    answers = queries.answers_of(assessment)
    inside = queries.answers_in(answers, section)
    if not any(answer.is_with_vendor for answer in inside):
        raise Refused(_("This section is handed over already."))
    _check_nothing_is_missing(inside)
    assessment.answers.filter(pk__in=[answer.pk for answer in inside]).update(is_with_vendor=False)
    emails.section_submitted(assessment, section, by=by, now=now)
    _record_section(
        assessment,
        "questionnaire.section_submitted",
        _("%(version)s: section handed over, %(section)s"),
        section,
        by=by,
        now=now,
    )
    return assessment


@transaction.atomic
def take_section_back(*, assessment: Assessment, section: Section, by: Actor, now: datetime) -> Assessment:
    """Change a section that was handed over, as long as the whole is not submitted. Raises NotAllowed, Refused."""
    assessment = locked(assessment)
    access.check_can_submit_section(by, assessment)
    access.check_sees_section(by, assessment, section)
    inside = queries.answers_in(queries.answers_of(assessment), section)
    if all(answer.is_with_vendor for answer in inside):
        raise Refused(_("This section is still yours to answer."))
    assessment.answers.filter(pk__in=[answer.pk for answer in inside]).update(is_with_vendor=True)
    _record_section(
        assessment,
        "questionnaire.section_taken_back",
        _("%(version)s: section taken back, %(section)s"),
        section,
        by=by,
        now=now,
    )
    return assessment


def _check_nothing_is_missing(answers: list[Answer], *, to_do: str = "") -> None:
    """Raises Refused with how many are missing and what to do: `to_do`, else to answer them."""
    missing = len(queries.missing_in(answers))
    if not missing:
        return
    still_open = ngettext("One question is still open.", "%(count)s questions are still open.", missing)
    to_do = to_do or ngettext("Answer it first.", "Answer them first.", missing)
    raise Refused(f"{still_open % {'count': missing}} {to_do}")


def _record_whole(
    assessment: Assessment, answers: list[Answer], verb: str, sentence: str, *, by: Actor, now: datetime
) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence,
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"answers": {answer.question.ref: answer.revision for answer in answers if answer.is_asked}},
    )


def _record_section(
    assessment: Assessment, verb: str, sentence: str, section: Section, *, by: Actor, now: datetime
) -> None:
    ledger.record(
        by=by,
        verb=verb,
        sentence=sentence % {"version": assessment.version, "section": section.title},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
    )
