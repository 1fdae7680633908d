"""The vendor hands its answers over: a named person stands for them, and from then on they are read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procurement.questionnaires import access, emails, queries
from procurement.questionnaires.lifecycle import check_can_move
from procurement.questionnaires.models import Assessment, State, Verdict
from procurement.questionnaires.services.locking import locked
from vendors.ledger import services as ledger
from vendors.ledger.chain import printable
from vendors.people.actors import Actor, Refused


@transaction.atomic
def submit(*, assessment: Assessment, signer_name: str, signer_title: str, by: Actor, now: datetime) -> Assessment:
    """Hand the answers over, or hand them over again after some were sent back. Whoever sent it is told.

    signer_name, signer_title  who states that the answers are true, as they write it themselves

    Raises NotAllowed for whoever is no contact of the vendor; Refused when it is not the vendor's turn, while an answer
    is missing, or without name and title.
    """
    assessment = locked(assessment)
    access.check_can_answer(by, assessment)
    name, title = printable(signer_name), printable(signer_title)
    for field, typed in (("signer_name", name), ("signer_title", title)):
        if not typed:
            raise Refused(_("Write the name and job title of whoever stands for the answers."), field=field)
    answers = queries.answers_of(assessment)
    missing = len(queries.missing_in(answers))
    if missing:
        sentence = ngettext(
            "One question is still open. Answer it first.",
            "%(count)s questions are still open. Answer them first.",
            missing,
        )
        raise Refused(sentence % {"count": missing})
    again = assessment.state == State.CLARIFICATION
    to = State.IN_REVIEW if again else State.SUBMITTED
    check_can_move(assessment.state, to)
    assessment.state = to
    assessment.submitted_at = now
    assessment.signer_name, assessment.signer_title = name, title
    assessment.save(update_fields=["state", "submitted_at", "signer_name", "signer_title"])
    assessment.answers.filter(verdict=Verdict.SENT_BACK).update(verdict=Verdict.OPEN)
    emails.call_back(assessment, by=by, now=now)
    emails.submitted(assessment, again=again, by=by, now=now)
    ledger.record(
        by=by,
        verb="questionnaire.submitted",
        sentence=_("%(version)s submitted, signed by %(signer)s")
        % {"version": assessment.version, "signer": f"{name}, {title}"},
        at=now,
        vendor_id=assessment.vendor_id,
        subject=("assessment", assessment.pk),
        details={"answers": {answer.question.ref: answer.revision for answer in answers}},
    )
    return assessment
