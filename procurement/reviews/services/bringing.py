"""The vendor's own answers, brought in by a reviewer: from its trust center, or as it mailed them.

`questionnaires` reads, compares and keeps; what the review has to say to it is asked here, under the review's lock.
"""

from datetime import datetime

from django.db import transaction

from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import AnswerImport, Assessment
from procurement.questionnaires.services import Choice
from procurement.reviews import access
from procurement.reviews.models import Review
from procurement.reviews.services.questionnaires import check_is_sent_here
from vendors.people.actors import Actor


def bring_in_answers(
    *,
    review: Review,
    assessment: Assessment,
    data: bytes,
    name: str,
    received_from: str,
    by: Actor,
    now: datetime,
) -> AnswerImport:
    """Read a file that the vendor has filled in, and keep what was read until somebody decides. No answer changes yet.

    received_from  where it came from, on one line; everybody reads it beside the answers

    Raises NotAllowed as `access.check_can_send`; Refused as `questionnaires.services.keep_answer_import`.
    """
    access.check_can_send(by, review)
    file = questionnaires.read_answers(assessment=assessment, data=data, name=name, by=by)
    with transaction.atomic():
        check_is_sent_here(review, assessment, by)
        return questionnaires.keep_answer_import(
            assessment=assessment, file=file, received_from=received_from, by=by, now=now
        )


@transaction.atomic
def take_brought_answers(*, review: Review, job: AnswerImport, choice: Choice, by: Actor, now: datetime) -> int:
    """Take in what was chosen of a file, all of it or nothing. Returns how many answers it changed.

    Raises NotAllowed as `access.check_can_send`; ChangedSince, Refused as
    `questionnaires.services.apply_answer_import`.
    """
    check_is_sent_here(review, job.assessment, by)
    return questionnaires.apply_answer_import(job=job, choice=choice, by=by, now=now)


@transaction.atomic
def discard_brought_answers(*, review: Review, job: AnswerImport, by: Actor, now: datetime) -> None:
    """Nothing comes of it. Raises NotAllowed as `access.check_can_send`; Refused when it is decided already."""
    check_is_sent_here(review, job.assessment, by)
    questionnaires.discard_answer_import(job=job, by=by, now=now)


@transaction.atomic
def undo_brought_answers(*, review: Review, job: AnswerImport, by: Actor, now: datetime) -> int:
    """Let each answer say again what it said before the file. Returns how many that were. Raises NotAllowed as
    `access.check_can_send`; ChangedSince, Refused as `questionnaires.services.undo_answer_import`."""
    check_is_sent_here(review, job.assessment, by)
    return questionnaires.undo_answer_import(job=job, by=by, now=now)


@transaction.atomic
def take_as_handed_over(*, review: Review, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Take what was brought in as the vendor's answer, unsigned. Raises NotAllowed as `access.check_can_send`; Refused
    as `questionnaires.services.take_as_handed_over`."""
    check_is_sent_here(review, assessment, by)
    return questionnaires.take_as_handed_over(assessment=assessment, by=by, now=now)
