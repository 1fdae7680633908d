"""A reviewer rates an answer: words that have no score of their own, or a score that says too much or too little."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.questionnaires import access
from procurement.questionnaires.models import Answer, Rating
from procurement.questionnaires.scores import standing_worth
from procurement.questionnaires.services.locking import locked_answer
from vendors.ledger import services as ledger
from vendors.people.actors import Actor, Refused

MOST = 100


@transaction.atomic
def rate_answer(*, answer: Answer, score: int, reason: str, by: Actor, now: datetime) -> Rating:
    """Say what the answer is worth, from 0 to 100. What it counted as before is kept beside it.

    Raises NotAllowed for whoever is no reviewer; Refused unless it waits for us, for a score that is none, without a
    reason, and for what is not asked, weighs nothing, is open or does not apply.
    """
    answer = locked_answer(answer)
    access.check_can_rate(by, answer)
    if not 0 <= score <= MOST:
        raise Refused(_("A score is a whole number from 0 to 100."), field="score")
    if not reason.strip():
        raise Refused(_("Say why. The memo prints it."), field="reason")
    before = standing_worth(answer)
    rating = Rating.objects.create(
        answer=answer,
        revision=answer.revision,
        score=score,
        before=before,
        reason=reason.strip(),
        by=by.label[:120],
        by_id=by.pk,
        at=now,
    )
    ledger.record(
        by=by,
        verb="answer.rated",
        sentence=_("%(ref)s rated %(score)s of 100: %(reason)s")
        % {"ref": answer.question.ref, "score": score, "reason": rating.reason},
        at=now,
        vendor_id=answer.assessment.vendor_id,
        subject=("assessment", answer.assessment_id),
        details={"score": score, "before": before, "revision": answer.revision},
    )
    return rating
