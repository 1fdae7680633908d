"""Who changes an answer, puts a file beside it, brings a workbook of answers, and rates it."""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.access.assessments import (
    assessment_for,
    check_can_answer,
    check_can_bring_answers,
    check_can_judge,
    vendor_of,
)
from procurement.questionnaires.access.seeing import check_can_see, check_sees, files_seen_by, seen_keys
from procurement.questionnaires.lifecycle import takes_answer
from procurement.questionnaires.models import (
    Answer,
    AnswerImport,
    Assessment,
    Attachment,
    State,
)
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, passes


def answer_for(user: Actor, assessment_pk: int, pk: int) -> Answer:
    """An answer with its assessment and question, for contacts of its vendor who see it; Http404 otherwise. Nothing
    else is read with it: every pause in typing begins here."""
    of_vendor = Answer.objects.filter(assessment=assessment_pk, assessment__vendor=vendor_of(user))
    answer = of_vendor.select_related("assessment", "question").filter(pk=pk).order_by("pk").first()
    if answer is None:
        raise Http404
    check_sees(user, answer.assessment, [answer.pk])
    return answer


def attachment_of(answer: Answer, pk: int) -> Attachment:
    """A file that stands beside this answer now; Http404 for any other."""
    found = answer.attachments.select_related("file").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def attachment_beside(assessment: Assessment, pk: int) -> Attachment:
    """A file that stands beside some answer of this assessment now; Http404 for any other."""
    found = Attachment.objects.select_related("file").filter(pk=pk, answers__assessment=assessment).first()
    if found is None:
        raise Http404
    return found


def attachment_for(user: Actor, pk: int) -> Attachment:
    """A file that the contact's vendor has sent with some answer that this contact sees; Http404 otherwise."""
    found = files_seen_by(user, Attachment.objects.filter(pk=pk, vendor=vendor_of(user))).select_related("file").first()
    if found is None:
        raise Http404
    return found


def check_can_change(by: Actor, answer: Answer) -> None:
    """One answer: not when its section was handed over, and not while others were sent back and it was not; and none
    that this contact does not see."""
    check_can_answer(by, answer.assessment)
    check_can_see(by, answer)
    _check_takes_answer(answer)


def can_change(by: Actor, answer: Answer) -> bool:
    return passes(check_can_change, by, answer)


def check_can_bring(by: Actor, answer: Answer) -> None:
    """One answer out of a file: as `check_can_change` for a contact, and for a reviewer who brings in the vendor's."""
    check_can_bring_answers(by, answer.assessment)
    check_can_see(by, answer)
    _check_takes_answer(answer)


def _check_takes_answer(answer: Answer) -> None:
    if takes_answer(answer.assessment, answer):
        return
    if answer.is_covered:
        raise Refused(_("%(ref)s is answered by your report, so it is not asked.") % {"ref": answer.question.ref})
    if answer.assessment.state == State.CLARIFICATION:
        raise Refused(_("%(ref)s was not sent back, so its answer stays.") % {"ref": answer.question.ref})
    raise Refused(
        _("%(ref)s was handed over with its section. Take the section back first.") % {"ref": answer.question.ref}
    )


def check_can_correct(by: Actor, answer: Answer) -> None:
    """Say something else than the report does: a contact of the vendor, while it waits for the vendor."""
    check_can_answer(by, answer.assessment)
    if not answer.is_by_report:
        raise Refused(_("%(ref)s is not answered by your report.") % {"ref": answer.question.ref})


def can_correct(by: Actor, answer: Answer) -> bool:
    return passes(check_can_correct, by, answer)


def check_can_attach(by: Actor, answer: Answer) -> None:
    """A file goes with an answer where the question takes one. The NDA is asked by the act."""
    check_can_change(by, answer)
    if not answer.question.takes_file:
        raise Refused(_("%(ref)s takes no file. Say it in words.") % {"ref": answer.question.ref})


def can_attach(by: Actor, answer: Answer) -> bool:
    return passes(check_can_attach, by, answer)


def check_can_rate(by: Actor, answer: Answer) -> None:
    """A reviewer rates what is answered and counts, while the questionnaire waits for us."""
    check_can_judge(by, answer.assessment)
    ref = answer.question.ref
    if not answer.is_asked:
        raise Refused(_("%(ref)s is not asked, so it has no score.") % {"ref": ref})
    if not answer.question.weight:
        raise Refused(_("%(ref)s weighs nothing, so it has no score.") % {"ref": ref})
    if answer.is_not_applicable or not answer.is_whole:
        raise Refused(_("%(ref)s has no answer to rate.") % {"ref": ref})


def can_rate(by: Actor, answer: Answer) -> bool:
    return passes(check_can_rate, by, answer)


def answer_import_for(user: Actor, assessment_pk: int, pk: int) -> AnswerImport:
    """A file of answers that a contact brought for this assessment, for contacts of its vendor; Http404 otherwise, and
    for a file that holds more than this contact sees."""
    assessment = assessment_for(user, assessment_pk)
    found = assessment.answer_imports.of_contacts().filter(pk=pk).first()
    if found is None or not can_see_file(user, assessment, found):
        raise Http404
    found.assessment = assessment
    return found


def brought_file_of(assessment: Assessment, pk: int) -> AnswerImport:
    """A file that a reviewer brought in for this assessment; Http404 for any other: what a contact looks through is the
    vendor's own."""
    found = assessment.answer_imports.brought_in().filter(pk=pk).first()
    if found is None:
        raise Http404
    found.assessment = assessment
    return found


def can_see_file(user: Actor, assessment: Assessment, job: AnswerImport) -> bool:
    """Whoever sees only what is theirs sees the files that they brought themselves."""
    return seen_keys(user, assessment) is None or (user.pk is not None and job.begun_by_id == user.pk)


def is_of_their_side(user: Actor, job: AnswerImport) -> bool:
    """Whether the file came from the side this person is on: a contact's from the vendor, a reviewer's from us."""
    return job.is_brought_in != (user.kind == Kind.CONTACT)


def _check_is_of_their_side(by: Actor, job: AnswerImport) -> None:
    if not is_of_their_side(by, job):
        raise NotAllowed(_("Whoever brought the file decides about it: the vendor's contacts, or our reviewers."))


def check_can_decide(by: Actor, job: AnswerImport) -> None:
    """What is done with a file of answers: once, while the vendor may answer, by the side that brought it."""
    check_can_bring_answers(by, job.assessment)
    _check_is_of_their_side(by, job)
    if job.state != AnswerImport.State.OPEN:
        raise Refused(_("This file is decided already: %(state)s.") % {"state": job.get_state_display().lower()})


def can_decide(by: Actor, job: AnswerImport) -> bool:
    return passes(check_can_decide, by, job)


def check_can_undo(by: Actor, job: AnswerImport) -> None:
    """What came with a file is taken back while the vendor may answer, by the side that brought it. Whether an answer
    was changed since is asked by the act."""
    check_can_bring_answers(by, job.assessment)
    _check_is_of_their_side(by, job)
    if job.state != AnswerImport.State.APPLIED:
        raise Refused(_("Nothing of this file was taken in, so there is nothing to undo."))


def can_undo(by: Actor, job: AnswerImport) -> bool:
    return passes(check_can_undo, by, job)
