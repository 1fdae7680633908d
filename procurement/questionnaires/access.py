"""Who asks, who answers, who judges. A contact reaches its own vendor's; staff reach one through its review.

That the assigned reviewer alone acts, and only while the review is worked on, is asked above, by `reviews`.
"""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.lifecycle import check_can_move, takes_answer
from procurement.questionnaires.models import (
    Answer,
    AnswerImport,
    Assessment,
    Attachment,
    ImportJob,
    ImportProfile,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    Section,
    State,
    VersionQuerySet,
)
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes

# They see what is asked of vendors, in every version.
READERS = frozenset({Role.REVIEWER, Role.ADMINISTRATOR, Role.AUDITOR})


def assessment_for(user: Actor, pk: int) -> Assessment:
    """The assessment, for contacts of its vendor. Raises Http404 for "not there" and "not yours" alike."""
    reach = user.contact.vendor_id if user.kind == Kind.CONTACT and user.contact else 0
    found = (
        Assessment.objects.select_related("vendor", "version", "contact__user", "sent_by")
        .filter(pk=pk, vendor=reach)
        .first()
    )
    if found is None:
        raise Http404
    return found


def answer_for(user: Actor, assessment_pk: int, pk: int) -> Answer:
    """An answer with its assessment and question, for contacts of its vendor; Http404 otherwise."""
    assessment = assessment_for(user, assessment_pk)
    answer = assessment.answers.select_related("question").prefetch_related("attachments__file").filter(pk=pk).first()
    if answer is None:
        raise Http404
    answer.assessment = assessment
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
    """A file that the contact's vendor has sent with some answer; Http404 otherwise."""
    reach = user.contact.vendor_id if user.kind == Kind.CONTACT and user.contact else 0
    found = Attachment.objects.select_related("file").filter(pk=pk, vendor=reach).first()
    if found is None:
        raise Http404
    return found


def section_for(assessment: Assessment, pk: int) -> Section:
    """A section of what was sent; Http404 for any other."""
    found = Section.objects.filter(version=assessment.version_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def version_for(user: Actor, pk: int) -> QuestionnaireVersion:
    """A version with its family, for those who read questionnaires; Http404 otherwise."""
    found = QuestionnaireVersion.objects.select_related("questionnaire").filter(pk=pk).first()
    if found is None or not can_read(user):
        raise Http404
    return found


def section_in(version: QuestionnaireVersion, pk: int) -> Section:
    """A section of this version; Http404 for any other."""
    found = version.sections.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.version = version
    return found


def question_in(version: QuestionnaireVersion, pk: int) -> Question:
    """A question of this version; Http404 for any other."""
    found = Question.objects.select_related("section").filter(section__version=version, pk=pk).first()
    if found is None:
        raise Http404
    found.section.version = version
    return found


def check_can_read(user: Actor) -> None:
    if not user.roles & READERS:
        raise NotAllowed(_("Questionnaires are read by those who send, administer and audit them."))


def can_read(user: Actor) -> bool:
    return passes(check_can_read, user)


def questionnaires_visible_to(user: Actor) -> QuerySet[Questionnaire]:
    """Every questionnaire, for those who read them; none for anybody else."""
    return Questionnaire.objects.all() if can_read(user) else Questionnaire.objects.none()


def versions_visible_to(user: Actor) -> VersionQuerySet:
    """Every version, for those who read questionnaires; none for anybody else."""
    return QuestionnaireVersion.objects.all() if can_read(user) else QuestionnaireVersion.objects.none()


def check_can_list_sent(user: Actor) -> None:
    """What was sent to whom: those who see every review."""
    if not user.roles & {Role.REVIEWER, Role.AUDITOR}:
        raise NotAllowed(_("Sent questionnaires are listed for reviewers and auditors."))


def can_list_sent(user: Actor) -> bool:
    return passes(check_can_list_sent, user)


def check_can_draft(by: Actor) -> None:
    """Reviewers and administrators make questionnaires, and whoever runs `manage.py import_questionnaire`; a vendor's
    contact and everybody else only meets them."""
    if by.kind != Kind.SYSTEM and not {Role.REVIEWER, Role.ADMINISTRATOR} & set(by.roles):
        raise NotAllowed(_("Only a reviewer or an administrator makes questionnaires."))


def can_draft(by: Actor) -> bool:
    return passes(check_can_draft, by)


def check_can_edit(by: Actor, version: QuestionnaireVersion) -> None:
    """A draft alone is changed."""
    check_can_draft(by)
    if version.state != QuestionnaireVersion.State.DRAFT:
        raise Refused(_("What is published does not change. Make a new version."))


def can_edit(by: Actor, version: QuestionnaireVersion) -> bool:
    return passes(check_can_edit, by, version)


def import_for(user: Actor, pk: int) -> ImportJob:
    """A file that is looked through or was, for those who make questionnaires; Http404 otherwise."""
    found = ImportJob.objects.select_related("file", "version").filter(pk=pk).first()
    if found is None or not can_draft(user):
        raise Http404
    return found


def profile_for(user: Actor, pk: int) -> ImportProfile:
    """A mapping that was kept, for those who make questionnaires; Http404 otherwise."""
    found = ImportProfile.objects.filter(pk=pk).first()
    if found is None or not can_draft(user):
        raise Http404
    return found


def check_can_import(by: Actor, job: ImportJob) -> None:
    """While it is looked through."""
    check_can_draft(by)
    if job.state != ImportJob.State.OPEN:
        raise Refused(_("This import is finished: %(state)s.") % {"state": job.get_state_display().lower()})


def can_import(by: Actor, job: ImportJob) -> bool:
    return passes(check_can_import, by, job)


def check_can_retire(by: Actor, version: QuestionnaireVersion) -> None:
    check_can_draft(by)
    if version.state != QuestionnaireVersion.State.PUBLISHED:
        raise Refused(_("Only a published version is retired."))


def can_retire(by: Actor, version: QuestionnaireVersion) -> bool:
    return passes(check_can_retire, by, version)


def check_can_send(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer sends a questionnaire."))


def can_send(by: Actor) -> bool:
    return passes(check_can_send, by)


def check_is_with_vendor(assessment: Assessment) -> None:
    """Whether anything waits for the vendor's answer."""
    if assessment.state == State.CANCELLED:
        raise Refused(_("This questionnaire was cancelled. Nothing is left to answer."))
    if not assessment.waits_for_vendor:
        raise Refused(_("This questionnaire is submitted. We send back what we want to know more about."))


def check_can_answer(by: Actor, assessment: Assessment) -> None:
    """A contact of the vendor, while it waits for the vendor."""
    if by.contact is None or by.contact.vendor_id != assessment.vendor_id:
        raise NotAllowed(_("Only a contact of the vendor answers its questionnaire."))
    check_is_with_vendor(assessment)


def can_answer(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_answer, by, assessment)


def check_can_change(by: Actor, answer: Answer) -> None:
    """One answer: not when its section was handed over, and not while others were sent back and it was not."""
    check_can_answer(by, answer.assessment)
    if takes_answer(answer.assessment, answer):
        return
    if answer.is_covered:
        raise Refused(_("%(ref)s is answered by your report, so it is not asked.") % {"ref": answer.question.ref})
    if answer.assessment.state == State.CLARIFICATION:
        raise Refused(_("%(ref)s was not sent back, so its answer stays.") % {"ref": answer.question.ref})
    raise Refused(
        _("%(ref)s was handed over with its section. Take the section back first.") % {"ref": answer.question.ref}
    )


def can_change(by: Actor, answer: Answer) -> bool:
    return passes(check_can_change, by, answer)


def check_can_correct(by: Actor, answer: Answer) -> None:
    """Say something else than the report does: a contact of the vendor, while it waits for the vendor."""
    check_can_answer(by, answer.assessment)
    if not answer.is_by_report:
        raise Refused(_("%(ref)s is not answered by your report.") % {"ref": answer.question.ref})


def can_correct(by: Actor, answer: Answer) -> bool:
    return passes(check_can_correct, by, answer)


def answer_import_for(user: Actor, assessment_pk: int, pk: int) -> AnswerImport:
    """A file of answers that came for this assessment, for contacts of its vendor; Http404 otherwise."""
    assessment = assessment_for(user, assessment_pk)
    found = assessment.answer_imports.filter(pk=pk).first()
    if found is None:
        raise Http404
    found.assessment = assessment
    return found


def check_can_decide(by: Actor, job: AnswerImport) -> None:
    """What is done with a file of answers: once, while the vendor may answer."""
    check_can_answer(by, job.assessment)
    if job.state != AnswerImport.State.OPEN:
        raise Refused(_("This file is decided already: %(state)s.") % {"state": job.get_state_display().lower()})


def can_decide(by: Actor, job: AnswerImport) -> bool:
    return passes(check_can_decide, by, job)


def check_can_undo(by: Actor, job: AnswerImport) -> None:
    """What came with a file is taken back while the vendor may answer. Whether an answer was changed since is asked by
    the act."""
    check_can_answer(by, job.assessment)
    if job.state != AnswerImport.State.APPLIED:
        raise Refused(_("Nothing of this file was taken in, so there is nothing to undo."))


def can_undo(by: Actor, job: AnswerImport) -> bool:
    return passes(check_can_undo, by, job)


def check_can_attach(by: Actor, answer: Answer) -> None:
    """A file goes with an answer where the question takes one. The NDA is asked by the act."""
    check_can_change(by, answer)
    if not answer.question.takes_file:
        raise Refused(_("%(ref)s takes no file. Say it in words.") % {"ref": answer.question.ref})


def can_attach(by: Actor, answer: Answer) -> bool:
    return passes(check_can_attach, by, answer)


def check_can_submit_section(by: Actor, assessment: Assessment) -> None:
    """A section alone: before the whole was submitted for the first time."""
    check_can_answer(by, assessment)
    if assessment.submitted_at is not None:
        raise Refused(_("Answer what was sent back, then submit it as a whole."))


def can_submit_section(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_submit_section, by, assessment)


def check_can_judge(by: Actor, assessment: Assessment) -> None:
    """A reviewer, while it waits for us."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer judges answers."))
    if assessment.waits_for_vendor:
        raise Refused(_("The vendor is answering. Its answers are judged once they are submitted."))
    if not assessment.waits_for_us:
        raise Refused(_("This questionnaire is closed: %(state)s.") % {"state": assessment.get_state_display().lower()})


def can_judge(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_judge, by, assessment)


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


def check_can_require(by: Actor, assessment: Assessment) -> None:
    """Ask what the report answers: a reviewer, until the questionnaire is closed."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer asks what the report answers."))
    if not (assessment.waits_for_vendor or assessment.waits_for_us):
        raise Refused(_("This questionnaire is closed: %(state)s.") % {"state": assessment.get_state_display().lower()})


def can_require(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_require, by, assessment)


def check_can_cancel(by: Actor, assessment: Assessment) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer cancels a questionnaire."))
    check_can_move(assessment.state, State.CANCELLED)


def can_cancel(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_cancel, by, assessment)


def check_can_chase(by: Actor, assessment: Assessment) -> None:
    """Ask once more, or name another day: a reviewer, while the vendor has it."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer asks the vendor once more or moves the due date."))
    if not assessment.waits_for_vendor:
        raise Refused(
            _("It does not wait for the vendor: %(state)s.") % {"state": assessment.get_state_display().lower()}
        )


def can_chase(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_chase, by, assessment)
