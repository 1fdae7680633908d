"""Who sends a questionnaire, who answers it, who judges it; a contact reaches its own vendor's."""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import (
    Assessment,
    Section,
    State,
)
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes


def assessment_for(user: Actor, pk: int) -> Assessment:
    """The assessment, for contacts of its vendor. Raises Http404 for "not there" and "not yours" alike."""
    found = (
        Assessment.objects.select_related("vendor", "version", "contact__user", "sent_by")
        .filter(pk=pk, vendor=vendor_of(user))
        .first()
    )
    if found is None:
        raise Http404
    return found


def vendor_of(user: Actor) -> int:
    """The vendor whose questionnaires this contact reaches, by key; 0 for everybody else."""
    return user.contact.vendor_id if user.kind == Kind.CONTACT and user.contact else 0


def section_for(assessment: Assessment, pk: int) -> Section:
    """A section of what was sent; Http404 for any other."""
    found = Section.objects.filter(version=assessment.version_id, pk=pk).first()
    if found is None:
        raise Http404
    return found


def check_can_list_sent(user: Actor) -> None:
    """What was sent to whom: those who see every review."""
    if not user.roles & {Role.REVIEWER, Role.AUDITOR}:
        raise NotAllowed(_("Sent questionnaires are listed for reviewers and auditors."))


def can_list_sent(user: Actor) -> bool:
    return passes(check_can_list_sent, user)


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


def check_can_bring_answers(by: Actor, assessment: Assessment) -> None:
    """Bring in a file of answers, while it waits for the vendor: a contact of the vendor as they answer, or a reviewer,
    who says where it came from. One answer by itself is a contact's alone."""
    if by.kind == Kind.CONTACT:
        check_can_answer(by, assessment)
        return
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer, or a contact of the vendor, brings in a file of answers."))
    check_is_with_vendor(assessment)


def can_bring_answers(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_bring_answers, by, assessment)


def check_can_take_as_handed_over(by: Actor, assessment: Assessment) -> None:
    """Declare that what was brought in is the vendor's answer: a reviewer, while it waits for the vendor. A contact
    submits, and signs."""
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer takes what was brought in as the vendor's answer."))
    check_is_with_vendor(assessment)


def can_take_as_handed_over(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_take_as_handed_over, by, assessment)


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
