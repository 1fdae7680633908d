"""Mails of a review: who gets them, with which facts, and which are called back. The words stand in
templates/procurement/reviews/email/."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from procurement.accounts.models import User
from procurement.questionnaires.models import Answer, Assessment
from procurement.reviews.access import closers_for, reviewers_for
from procurement.reviews.exempting import AnyExemption
from procurement.reviews.models import Comment, Finding, Remediation, Review
from procurement.reviews.waiting import what_comes_next
from vendors.calendar.clock import local_day
from vendors.correspondence import services as correspondence
from vendors.people.actors import Actor
from vendors.reports.models import Report

FOLDER = "procurement/reviews/email"


def about_review(review: Review) -> str:
    """What mails about a review are filed under."""
    return f"review:{review.pk}"


def about_submission(review: Review) -> str:
    """What mails about the decision of a review are filed under; `decisions` files them so."""
    return f"decision:{review.pk}"


def about_remediation(remediation: Remediation) -> str:
    return f"remediation:{remediation.pk}"


def about_exemption(exemption: AnyExemption) -> str:
    """What mails about a proposal are filed under: "waiver:12", "riskacceptance:3"."""
    return f"{exemption._meta.model_name}:{exemption.pk}"


def about_finding(finding: Finding) -> str:
    return f"finding:{finding.pk}"


def about_comment(comment: Comment) -> str:
    return f"comment:{comment.pk}"


def review_waits(review: Review, *, by: Actor, now: datetime) -> None:
    """To every reviewer who may take it: a review waits."""
    _send("review_waits", reviewers_for(review), review, by=by, now=now)


def review_taken(review: Review, *, by: Actor, now: datetime) -> None:
    """To whoever asked and the business owner: who reviews it."""
    _send("review_taken", [review.requested_by, review.engagement.owner], review, by=by, now=now)


def assigned(review: Review, *, note: str, by: Actor, now: datetime) -> None:
    """To the reviewer it was assigned to, with what comes next."""
    next_act = what_comes_next(review, on=local_day(now))
    _send("assigned", [review.reviewer], review, by=by, now=now, note=note, next_act=next_act)


def handed_over(review: Review, *, before: User | None, note: str, by: Actor, now: datetime) -> None:
    """To the new reviewer, and to the one it was taken from."""
    _send("handed_over", [review.reviewer, before], review, by=by, now=now, note=note)


def report_accepted(review: Review, report: Report, *, by: Actor, now: datetime) -> None:
    """To the reviewer of another review of the same vendor: it goes by this report now."""
    _send("report_accepted", [review.reviewer], review, by=by, now=now, report=report)


def questions_opened(
    review: Review, assessment: Assessment, opened: Sequence[Answer], *, by: Actor, now: datetime
) -> None:
    """To the reviewer: questions that the report answered are asked after all."""
    page = reverse("reviews:questionnaire", args=[review.pk, assessment.pk])
    context: dict[str, Any] = {"assessment": assessment, "refs": ", ".join(answer.question.ref for answer in opened)}
    _send("questions_opened", [review.reviewer], review, by=by, now=now, page=page, count=len(opened), **context)


def reopened(review: Review, *, reason: str, by: Actor, now: datetime) -> None:
    """To the reviewer and the approver: a fact changed underneath, so the review is back with the reviewer."""
    _send("reopened", [review.reviewer, review.approver], review, by=by, now=now, reason=reason)


def remediation_opened(remediation: Remediation, *, by: Actor, now: datetime) -> None:
    """To the assigned reviewer, who plans it, and to every other reviewer who may close it."""
    review = remediation.review
    others = closers_for(remediation).filter(is_reviewer=True)
    people = [review.reviewer, *others]
    about = about_remediation(remediation)
    _send("remediation_opened", people, review, by=by, now=now, about=about, remediation=remediation)


def remediation_asked(remediation: Remediation, *, by: Actor, now: datetime) -> None:
    """To whoever is asked to close it."""
    about = about_remediation(remediation)
    _send(
        "remediation_asked",
        [remediation.asked],
        remediation.review,
        by=by,
        now=now,
        about=about,
        remediation=remediation,
    )


def remediation_closed(remediation: Remediation, *, by: Actor, now: datetime) -> None:
    """To the assigned reviewer: the review goes on."""
    review = remediation.review
    _send("remediation_closed", [review.reviewer], review, by=by, now=now, remediation=remediation)


def exemption_asked(exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    """To the approver who is asked to grant a waiver or accept a risk."""
    about = about_exemption(exemption)
    _send("exemption_asked", [exemption.asked], exemption.review, by=by, now=now, about=about, exemption=exemption)


def exemption_answered(exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    """To whoever proposed it and the assigned reviewer: granted or refused, in which words."""
    review = exemption.review
    people = [exemption.proposed_by, review.reviewer]
    _send("exemption_answered", people, review, by=by, now=now, exemption=exemption)


def exemption_revoked(exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    """To the reviewer and whoever granted it; once data may be sent on its strength, to the business owner too."""
    review = exemption.review
    people = [review.reviewer, exemption.granted_by]
    if review.is_decided:
        people += [review.engagement.owner, review.requested_by]
    _send("exemption_revoked", people, review, by=by, now=now, exemption=exemption)


def finding_assigned(finding: Finding, *, before: User | None, by: Actor, now: datetime) -> None:
    """To its owner, and to the one who had it. No mail says what was found: it may quote a report held under NDA."""
    _send_about_finding("finding_assigned", [finding.owner, before], finding, by=by, now=now)


def finding_moved(finding: Finding, *, before: date, by: Actor, now: datetime) -> None:
    """To its owner: another day."""
    _send_about_finding("finding_moved", [finding.owner], finding, by=by, now=now, before=before)


def finding_ended(finding: Finding, *, by: Actor, now: datetime) -> None:
    """To its owner and the reviewer: closed or withdrawn."""
    _send_about_finding("finding_ended", [finding.owner, finding.review.reviewer], finding, by=by, now=now)


def commented(comment: Comment, *, by: Actor, now: datetime) -> None:
    """To the reviewer; of a finding also to its owner, of a shared one also to whoever asked. The text stays here."""
    review, finding = comment.review, comment.finding
    people = [review.reviewer]
    if finding is not None:
        people.append(finding.owner)
    if comment.shared:
        people += [review.requested_by, review.engagement.owner]
    page = finding.get_absolute_url() if finding else f"{review.get_absolute_url()}#comments"
    about = about_comment(comment)
    _send("commented", people, review, by=by, now=now, about=about, page=page, comment=comment, finding=finding)


def withdrawn(review: Review, *, waited_for_approval: bool, by: Actor, now: datetime) -> None:
    """To everybody in it: whoever asked, the business owner, the reviewer, and the approver it waited for."""
    people = [review.requested_by, review.engagement.owner, review.reviewer]
    if waited_for_approval:
        people.append(review.approver)
    _send("withdrawn", people, review, by=by, now=now, reason=review.state_reason)


def call_back_waiting(review: Review, *, by: Actor, now: datetime) -> None:
    """Somebody has taken the review: nobody needs to be told that it waits."""
    correspondence.cancel(about=about_review(review), kind=f"{FOLDER}/review_waits", by=by, now=now)


def call_back_submission(review: Review, *, by: Actor, now: datetime) -> None:
    correspondence.cancel(about=about_submission(review), by=by, now=now)


def call_back_remediation(remediation: Remediation, *, by: Actor, now: datetime) -> None:
    correspondence.cancel(about=about_remediation(remediation), by=by, now=now)


def call_back_exemption(exemption: AnyExemption, *, by: Actor, now: datetime) -> None:
    correspondence.cancel(about=about_exemption(exemption), by=by, now=now)


def call_back_finding(finding: Finding, *, by: Actor, now: datetime) -> None:
    """Its owner has changed or it has ended: what waits to be sent about it is not true any more."""
    correspondence.cancel(about=about_finding(finding), by=by, now=now)


def call_back_comment(comment: Comment, *, by: Actor, now: datetime) -> None:
    correspondence.cancel(about=about_comment(comment), by=by, now=now)


def call_back_all(review: Review, *, by: Actor, now: datetime) -> None:
    """The review has ended: nothing about it is waited for."""
    correspondence.cancel(about=about_review(review), by=by, now=now)
    call_back_submission(review, by=by, now=now)
    for remediation in review.remediations.all():
        call_back_remediation(remediation, by=by, now=now)
    asked: list[AnyExemption] = [*review.waivers.waiting(), *review.risk_acceptances.waiting()]
    for exemption in asked:
        call_back_exemption(exemption, by=by, now=now)


def _send_about_finding(
    name: str, people: Iterable[User | None], finding: Finding, *, by: Actor, now: datetime, **context: Any
) -> None:
    about, page = about_finding(finding), finding.get_absolute_url()
    _send(name, people, finding.review, by=by, now=now, about=about, page=page, finding=finding, **context)


def _send(
    name: str,
    people: Iterable[User | None],
    review: Review,
    *,
    by: Actor,
    now: datetime,
    about: str = "",
    page: str = "",
    **context: Any,
) -> None:
    """One mail to each of these people who is active, once each, and never to whoever did it.

    about  what it is filed under, so that it can be called back; the review where nothing is said
    page   what its button opens; the review's page where nothing is said
    """
    told = {person.pk: person for person in people if person and person.is_active and person.pk != by.pk}
    for person in told.values():
        correspondence.queue_email(
            template=f"{FOLDER}/{name}",
            to=(person.email, person.name),
            recipient_id=person.pk,
            context={
                **context,
                "person": person,
                "review": review,
                "by": by,
                "address": settings.BASE_URL + (page or review.get_absolute_url()),
            },
            about=about or about_review(review),
            vendor_id=review.vendor_id,
            by=by,
            now=now,
        )
