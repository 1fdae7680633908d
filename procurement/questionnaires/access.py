"""Who asks, who answers, who judges. A contact reaches its own vendor's; staff reach one through its review.

That the assigned reviewer alone acts, and only while the review is worked on, is asked above, by `reviews`.
"""

from django.http import Http404
from django.utils.translation import gettext as _

from procurement.questionnaires.lifecycle import check_can_move, takes_answer
from procurement.questionnaires.models import Answer, Assessment, Question, State
from vendors.people.actors import Actor, Kind, NotAllowed, Refused, Role, passes


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
    answer = assessment.answers.select_related("question", "file").filter(pk=pk).first()
    if answer is None:
        raise Http404
    answer.assessment = assessment
    return answer


def check_can_send(by: Actor) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer sends a questionnaire."))


def can_send(by: Actor) -> bool:
    return passes(check_can_send, by)


def check_can_answer(by: Actor, assessment: Assessment) -> None:
    """A contact of the vendor, while it waits for the vendor."""
    if by.contact is None or by.contact.vendor_id != assessment.vendor_id:
        raise NotAllowed(_("Only a contact of the vendor answers its questionnaire."))
    if assessment.state == State.CANCELLED:
        raise Refused(_("This questionnaire was cancelled. Nothing is left to answer."))
    if not assessment.waits_for_vendor:
        raise Refused(_("This questionnaire is submitted. We send back what we want to know more about."))


def can_answer(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_answer, by, assessment)


def check_can_change(by: Actor, answer: Answer) -> None:
    """One answer: not when it was accepted or waits for us while others were sent back."""
    check_can_answer(by, answer.assessment)
    if not takes_answer(answer.assessment, answer):
        raise Refused(_("%(ref)s was not sent back, so its answer stays.") % {"ref": answer.question.ref})


def can_change(by: Actor, answer: Answer) -> bool:
    return passes(check_can_change, by, answer)


def check_can_attach(by: Actor, answer: Answer) -> None:
    """A file goes with an answer where the question takes one. The NDA is asked by the act."""
    check_can_change(by, answer)
    if answer.question.evidence == Question.Evidence.NONE:
        raise Refused(_("%(ref)s takes no file. Say it in words.") % {"ref": answer.question.ref})


def can_attach(by: Actor, answer: Answer) -> bool:
    return passes(check_can_attach, by, answer)


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


def check_can_cancel(by: Actor, assessment: Assessment) -> None:
    if Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only a reviewer cancels a questionnaire."))
    check_can_move(assessment.state, State.CANCELLED)


def can_cancel(by: Actor, assessment: Assessment) -> bool:
    return passes(check_can_cancel, by, assessment)
