"""Who may draft, submit, decide, and read memos: never on what one reviewed or asked for (DESIGN.md, "Who uses it")."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.decisions.models import Condition, Decision, Memo
from procurement.decisions.queries import superseding_memo
from procurement.reviews import access as reviews_access
from procurement.reviews.models import Review, State
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def decisions_visible_to(user: Actor) -> QuerySet[Decision]:
    """Decisions taken on reviews this person may see; drafts only for those who see a review's evidence."""
    drafts = Q(review__in=reviews_access.evidence_visible_to(user))
    taken = ~Q(outcome="") & Q(review__in=reviews_access.reviews_visible_to(user))
    return Decision.objects.filter(drafts | taken)


def memos_visible_to(user: Actor) -> QuerySet[Memo]:
    """The memos of reviews this person may see."""
    visible = reviews_access.reviews_visible_to(user)
    return Memo.objects.select_related("decision__review", "pdf").filter(decision__review__in=visible)


def memo_for(user: Actor, number: str) -> Memo:
    """The memo of a review this person may see; 404 for missing and foreign alike."""
    memo = memos_visible_to(user).filter(number=number).first()
    if memo is None:
        raise Http404
    return memo


def check_can_draft(by: Actor, review: Review) -> None:
    """Only the assigned reviewer writes the draft, and only while the review is being read."""
    if Role.REVIEWER not in by.roles or review.reviewer_id != by.pk:
        raise NotAllowed(_("Only the assigned reviewer drafts the decision."))
    if review.state not in {State.COLLECTING, State.IN_REVIEW, State.REMEDIATION}:
        raise Refused(_("The decision can be drafted while the review is being read, not now."))


def can_draft(by: Actor, review: Review) -> bool:
    return passes(check_can_draft, by, review)


def check_can_decide(by: Actor, review: Review) -> None:
    """The approver it was put before: not the requester, not the reviewer, not the business owner."""
    if Role.APPROVER not in by.roles:
        raise NotAllowed(_("Only an approver decides."))
    if by.pk in {review.requested_by_id, review.engagement.owner_id}:
        raise NotAllowed(_("You asked for this review, so somebody else has to decide it."))
    if by.pk == review.reviewer_id or _drafted_by(review, by):
        raise NotAllowed(_("You reviewed this, so somebody else has to decide it."))
    if review.approver_id != by.pk:
        raise NotAllowed(_("This review was put before another approver."))
    if review.state != State.AWAITING_APPROVAL:
        raise Refused(_("This review does not wait for a decision. Open it again to see where it stands."))


def can_decide(by: Actor, review: Review) -> bool:
    return passes(check_can_decide, by, review)


def check_can_take_back(by: Actor, review: Review) -> None:
    """The reviewer may take back what waits for an approver."""
    if review.reviewer_id != by.pk or Role.REVIEWER not in by.roles:
        raise NotAllowed(_("Only the assigned reviewer takes the review back."))
    if review.state != State.AWAITING_APPROVAL:
        raise Refused(_("This review does not wait for a decision."))


def can_take_back(by: Actor, review: Review) -> bool:
    return passes(check_can_take_back, by, review)


def check_can_meet(by: Actor, condition: Condition) -> None:
    """A condition is marked as met by its owner or the reviewer, once, for a decision that was taken."""
    review = condition.decision.review
    if by.pk not in {condition.owner_id, review.reviewer_id}:
        raise NotAllowed(_("Only the owner of the condition or the reviewer marks it as met."))
    if condition.met_on is not None:
        raise Refused(_("This condition is marked as met already."))
    if not condition.decision.outcome:
        raise Refused(_("The decision is not taken yet."))


def can_meet(by: Actor, condition: Condition) -> bool:
    return passes(check_can_meet, by, condition)


def check_can_revoke(by: Actor, decision: Decision) -> None:
    """An approver who did not ask for the review ends an approval; whoever it was put before may be away."""
    if Role.APPROVER not in by.roles:
        raise NotAllowed(_("Only an approver revokes an approval."))
    if reviews_access.asked_for(by, decision.review):
        raise NotAllowed(_("You asked for this review, so another approver has to revoke its approval."))
    if not decision.is_approval:
        raise Refused(_("There is no approval to revoke."))
    if decision.revoked_on is not None:
        raise Refused(_("This approval is revoked already."))
    newer = superseding_memo(Memo.objects.all(), decision)
    if newer is not None:
        raise Refused(_("%(memo)s has superseded this approval.") % {"memo": newer.number})


def can_revoke(by: Actor, decision: Decision) -> bool:
    return passes(check_can_revoke, by, decision)


def check_can_mail_memo(by: Actor) -> None:
    """Reviewers and approvers send a memo's link to whoever asked; an auditor sends nothing."""
    if not by.roles & {Role.REVIEWER, Role.APPROVER}:
        raise NotAllowed(_("Only a reviewer or an approver mails a memo."))


def can_mail_memo(by: Actor) -> bool:
    return passes(check_can_mail_memo, by)


def check_can_export(by: Actor, memos: Collection[Memo]) -> None:
    """Whoever may read a memo may take it along."""
    ids = [memo.pk for memo in memos]
    if memos_visible_to(by).filter(pk__in=ids).count() != len(ids):
        raise NotAllowed(_("One of these memos is not yours to read."))


def can_export(by: Actor, memos: Collection[Memo]) -> bool:
    return passes(check_can_export, by, memos)


def check_can_print(by: Actor) -> None:
    """Reviewers and approvers ask for a PDF that is still missing; an auditor changes nothing."""
    if not by.roles & {Role.REVIEWER, Role.APPROVER}:
        raise NotAllowed(_("Only a reviewer or an approver has the PDF made."))


def can_print(by: Actor) -> bool:
    return passes(check_can_print, by)


def approvers_for(review: Review) -> list[tuple[int, str]]:
    """Whom the review may be put before: approvers who neither asked for it nor worked on it."""
    people = reviews_access.approvers_for(review)
    return [(person.pk, f"{person.name}, {person.title}" if person.title else person.name) for person in people]


def _drafted_by(review: Review, by: Actor) -> bool:
    return Decision.objects.filter(review=review, drafted_by_id=by.pk).exists()
