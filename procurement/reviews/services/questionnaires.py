"""A review's questionnaire: asked, judged and ended by the assigned reviewer while the review is worked on.

`questionnaires` does it; what the review has to say to it is asked here, under the review's lock.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from procurement.accounts.models import User
from procurement.questionnaires import services as questionnaires
from procurement.questionnaires.models import Answer, AnswerComment, Assessment, QuestionnaireVersion, Rating
from procurement.reviews import access
from procurement.reviews.at_once import AtOnce, at_once_of
from procurement.reviews.between import assessment_shown_with
from procurement.reviews.covering import basis_of
from procurement.reviews.models import Review
from procurement.reviews.queries import assessments_of
from procurement.reviews.services.moving import locked, locked_with_use
from vendors.contacts.models import Contact
from vendors.people.actors import Actor, Refused
from vendors.reports import services as reports
from vendors.reports.models import ReportRequest


@transaction.atomic
def send_questionnaires(
    *,
    review: Review,
    versions: Iterable[QuestionnaireVersion],
    due_on: date,
    contact: Contact | None = None,
    message: str = "",
    leans_on_report: bool = False,
    wants_second_reviewer: bool = False,
    only_theirs: bool = False,
    by: User,
    now: datetime,
    on: date,
) -> list[Assessment]:
    """Send several questionnaires at once, each to be answered and judged on its own; all of them or none. The contact
    gets one mail about all.

    Raises NotAllowed for anybody but the assigned reviewer; Refused as `questionnaires.services.send`.
    """
    chosen = list(versions)
    is_one = len(chosen) == 1
    sent = [
        send_questionnaire(
            review=review,
            version=version,
            due_on=due_on,
            contact=contact,
            message=message,
            leans_on_report=leans_on_report,
            wants_second_reviewer=wants_second_reviewer,
            only_theirs=only_theirs,
            is_told=is_one,
            by=by,
            now=now,
            on=on,
        )
        for version in chosen
    ]
    if sent and not is_one:
        questionnaires.tell_of_several(assessments=sent, by=by, now=now, on=on)
    return sent


@transaction.atomic
def send_questionnaire(
    *,
    review: Review,
    due_on: date,
    version: QuestionnaireVersion | None = None,
    contact: Contact | None = None,
    message: str = "",
    leans_on_report: bool = False,
    wants_second_reviewer: bool = False,
    only_theirs: bool = False,
    is_told: bool = True,
    by: User,
    now: datetime,
    on: date,
) -> Assessment:
    """Send a questionnaire to the vendor of this review; without a version, the shortest that ships.

    leans_on_report  what the report that the review goes by answers is not asked, now or once there is one

    After an approval it is asked between two reviews, and the one that follows reads the answers.

    Raises NotAllowed for anybody but the assigned reviewer (after an approval: for whoever asked for the review and
    everybody who is no reviewer); Refused as `questionnaires.services.send`.
    """
    review = locked_with_use(review)
    access.check_can_send(by, review)
    if leans_on_report and review.is_decided:
        raise Refused(_("A report answers questions while a review goes by it. This one is decided."))
    return questionnaires.send(
        engagement=review.engagement,
        version=version,
        due_on=due_on,
        contact=contact,
        message=message,
        basis=basis_of(review, on) if leans_on_report else None,
        leans_on_report=leans_on_report,
        wants_second_reviewer=wants_second_reviewer,
        only_theirs=only_theirs,
        is_told=is_told,
        by=by,
        now=now,
        on=on,
    )


@transaction.atomic
def ask_vendor(
    *, review: Review, with_questionnaire: bool, by: User, now: datetime, on: date, **asked: Any
) -> ReportRequest:
    """Ask the vendor for a report and, where wanted, send our questionnaire with it: same contact, same due date.

    asked  what `vendors.reports.services.request_report` takes
    Raises NotAllowed for anybody but the assigned reviewer; Refused as the two acts do, and then neither is done.
    """
    review = locked(review)
    access.check_can_judge(by, review)
    request = reports.request_report(vendor=review.vendor, **asked, by=by, now=now, on=on)
    if with_questionnaire:
        questionnaires.send(
            engagement=review.engagement,
            due_on=request.due_on,
            contact=request.contact,
            basis=basis_of(review, on),
            leans_on_report=True,
            by=by,
            now=now,
            on=on,
        )
    return request


@transaction.atomic
def accept_answer(*, review: Review, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Raises NotAllowed for anybody but the assigned reviewer; Refused unless the answer waits for us."""
    _check_is_judged_here(review, answer.assessment, by)
    return questionnaires.accept_answer(answer=answer, by=by, now=now)


@transaction.atomic
def accept_unflagged(*, review: Review, assessment: Assessment, by: Actor, now: datetime, on: date) -> AtOnce:
    """Accept in one act what is plainly met and nobody flagged or asked about; the rest is named with why it is left.

    A second reviewer's word on critical answers is waited for as after `accept_answer`.

    Raises NotAllowed for anybody but the assigned reviewer; Refused as `questionnaires.services.accept_answers`.
    """
    _check_is_judged_here(review, assessment, by)
    parted = at_once_of(assessment, on)
    questionnaires.accept_answers(assessment=assessment, answers=parted.unflagged, by=by, now=now)
    return parted


@transaction.atomic
def second_answer(*, review: Review, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Accept a critical answer as the second reviewer. Raises NotAllowed for the assigned reviewer, whoever asked for
    the review, and everybody who is no reviewer; Refused unless the answer is accepted and waits for a second word."""
    review = locked(review)
    access.check_can_second(by, review)
    _check_is_of(review, answer.assessment)
    return questionnaires.second_answer(answer=answer, by=by, now=now)


@transaction.atomic
def send_back_answer(*, review: Review, answer: Answer, note: str, by: Actor, now: datetime) -> Answer:
    """Raises NotAllowed for anybody but the assigned reviewer; Refused without a note, or unless it waits for us."""
    _check_is_judged_here(review, answer.assessment, by)
    return questionnaires.send_back_answer(answer=answer, note=note, by=by, now=now)


@transaction.atomic
def comment_on_answer(
    *, review: Review, answer: Answer, text: str, is_shared: bool, by: Actor, now: datetime
) -> AnswerComment:
    """Write about an answer. Among ourselves everybody does who reads the answers; to the vendor the assigned reviewer.

    Raises NotAllowed for anybody else; Refused as `questionnaires.services.comment_on_answer`.
    """
    if is_shared:
        _check_is_judged_here(review, answer.assessment, by)
    else:
        review = locked(review)
        access.check_can_comment_on_answers(by, review)
        _check_is_of(review, answer.assessment)
    return questionnaires.comment_on_answer(answer=answer, text=text, is_shared=is_shared, by=by, now=now)


@transaction.atomic
def send_comments(*, review: Review, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Let the shared comments leave, when the questionnaire or the review has ended too. Raises NotAllowed for anybody
    but the assigned reviewer; Refused as `questionnaires.services.send_comments`."""
    review = locked(review)
    access.check_can_send_comments(by, review)
    _check_is_of(review, assessment)
    return questionnaires.send_comments(assessment=assessment, by=by, now=now)


@transaction.atomic
def require_answer(*, review: Review, answer: Answer, by: Actor, now: datetime) -> Answer:
    """Ask what the report answers. Raises NotAllowed for anybody but the assigned reviewer; Refused as
    `questionnaires.services.require_answer`."""
    _check_is_judged_here(review, answer.assessment, by)
    return questionnaires.require_answer(answer=answer, by=by, now=now)


@transaction.atomic
def rate_answer(*, review: Review, answer: Answer, score: int, reason: str, by: Actor, now: datetime) -> Rating:
    """Say what an answer is worth. Raises NotAllowed for anybody but the assigned reviewer; Refused as
    `questionnaires.services.rate_answer`."""
    _check_is_judged_here(review, answer.assessment, by)
    return questionnaires.rate_answer(answer=answer, score=score, reason=reason, by=by, now=now)


@transaction.atomic
def return_questionnaire(
    *, review: Review, assessment: Assessment, due_on: date, by: Actor, now: datetime, on: date
) -> Assessment:
    """What was sent back goes to the contact in one mail. Raises NotAllowed, Refused as
    `questionnaires.services.return_to_vendor`."""
    _check_is_judged_here(review, assessment, by)
    return questionnaires.return_to_vendor(assessment=assessment, due_on=due_on, by=by, now=now, on=on)


@transaction.atomic
def complete_questionnaire(*, review: Review, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Raises NotAllowed for anybody but the assigned reviewer; Refused while an answer is not accepted."""
    _check_is_judged_here(review, assessment, by)
    return questionnaires.complete(assessment=assessment, by=by, now=now)


@transaction.atomic
def cancel_questionnaire(
    *, review: Review, assessment: Assessment, reason: str, by: Actor, now: datetime
) -> Assessment:
    """Raises NotAllowed as `access.check_can_send`; Refused without a reason, or when it is over."""
    check_is_sent_here(review, assessment, by)
    return questionnaires.cancel(assessment=assessment, reason=reason, by=by, now=now)


@transaction.atomic
def chase_questionnaire(*, review: Review, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """Raises NotAllowed as `access.check_can_send`; Refused as `questionnaires.services.chase`."""
    check_is_sent_here(review, assessment, by)
    return questionnaires.chase(assessment=assessment, by=by, now=now)


@transaction.atomic
def change_questionnaire_due(
    *, review: Review, assessment: Assessment, due_on: date, by: Actor, now: datetime, on: date
) -> Assessment:
    """Raises NotAllowed as `access.check_can_send`; Refused as `questionnaires.services.change_due_date`."""
    check_is_sent_here(review, assessment, by)
    return questionnaires.change_due_date(assessment=assessment, due_on=due_on, by=by, now=now, on=on)


def end_questionnaire(*, review: Review, by: Actor, now: datetime) -> None:
    """The review has ended, by a decision or without one: what is still asked is asked no more. Inside that act."""
    reason = _("The review it was part of has ended.")
    questionnaires.end_open(engagement=review.engagement, reason=reason, by=by, now=now)


def _check_is_judged_here(review: Review, assessment: Assessment, by: Actor) -> None:
    review = locked(review)
    access.check_can_judge(by, review)
    _check_is_of(review, assessment)


def check_is_sent_here(review: Review, assessment: Assessment, by: Actor) -> None:
    """Inside an act on what the vendor has: locks the review. Raises NotAllowed as `access.check_can_send`; Refused for
    a questionnaire of another review."""
    review = locked(review)
    access.check_can_send(by, review)
    if assessment_shown_with(review, assessment.pk) is None:
        raise Refused(_("This questionnaire belongs to another review."))


def _check_is_of(review: Review, assessment: Assessment) -> None:
    if not assessments_of(review).filter(pk=assessment.pk).exists():
        raise Refused(_("This questionnaire belongs to another review."))
