"""The vendor's own word on a question that its report answers: "the report says it, but …"."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.models import Answer, Coverage
from procurement.questionnaires.services.answering import Given, begin, keep, put, read_given
from procurement.questionnaires.services.locking import locked_answer
from procurement.questionnaires.services.settling import settle
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused


@transaction.atomic
def correct_covered(*, answer: Answer, given: Given, by: Actor, now: datetime) -> Answer:
    """Answer a question although the report does. From then on the answer is the vendor's, with what the report says
    beside it; no later look at the report takes it away.

    Raises NotAllowed for whoever is no contact of the vendor; Refused when it is not the vendor's turn, when the report
    does not answer the question, without an answer, and without words on what is different.
    """
    answer = locked_answer(answer)
    assessment = answer.assessment
    access.check_can_correct(by, answer)
    put(answer, read_given(answer, given))
    if not answer.is_given:
        raise Refused(_("Choose the answer that is true."), field="value")
    if not answer.comment:
        raise Refused(_("Say what is different from the report."), field="comment")
    answer.is_covered, answer.is_with_vendor = False, True
    answer.save(update_fields=["is_covered", "is_with_vendor"])
    Coverage.objects.filter(answer=answer).update(corrected_by=by.label[:160], corrected_at=now)
    keep(answer, by=by, now=now)
    settle(assessment, [answer])
    begin(assessment, by=by, now=now)
    ledger.record(
        by=by,
        verb="answer.corrects_report",
        sentence=_("%(ref)s: the vendor says something else than its report") % {"ref": answer.question.ref},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"revision": answer.revision},
    )
    return answer
