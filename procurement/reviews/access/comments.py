"""Who may comment, and who reads which comments. Contacts never see any."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from procurement.reviews.access.findings import findings_visible_to
from procurement.reviews.access.moves import asked_for, check_is_assigned
from procurement.reviews.access.reach import reads_only_status, reviews_visible_to
from procurement.reviews.models import Comment, Finding, Review, State
from vendors.people.actors import Actor, NotAllowed, Refused, Role, passes


def comments_on_review(user: Actor, review: Review) -> QuerySet[Comment]:
    """The comments on a review this person may see, oldest first; those shared only for whoever sees its status."""
    found = Comment.objects.filter(review=review, finding=None).select_related("author")
    return found.filter(shared=True) if reads_only_status(user, review) else found


def comment_for(user: Actor, pk: int) -> Comment:
    """A comment this person may read. Http404 for "not there" and "not yours" alike."""
    comment = Comment.objects.select_related("review__engagement", "review__vendor", "finding").filter(pk=pk).first()
    if comment is None or not _reads(user, comment):
        raise Http404
    return comment


def check_can_comment(by: Actor, review: Review) -> None:
    """Everybody in the review: reviewers, the approver it was put before, whoever asked for it. Auditors only read."""
    if by.roles & {Role.REVIEWER, Role.APPROVER} or asked_for(by, review):
        return
    raise NotAllowed(_("Only those who take part in the review comment on it."))


def can_comment(by: Actor, review: Review) -> bool:
    return passes(check_can_comment, by, review)


def check_can_send_comments(by: Actor, review: Review) -> None:
    """Let comments on answers leave for the vendor: the assigned reviewer, also for what is left when the review has
    ended. While it waits for an approver nothing of it moves."""
    check_is_assigned(by, review)
    if review.state == State.AWAITING_APPROVAL:
        raise Refused(_("Nothing of this review can be edited now: %(state)s.") % {"state": review.get_state_display()})


def can_send_comments(by: Actor, review: Review) -> bool:
    return passes(check_can_send_comments, by, review)


def check_can_comment_on_answers(by: Actor, review: Review) -> None:
    """Among ourselves: those in the review who read its answers."""
    check_can_comment(by, review)
    if reads_only_status(by, review):
        raise NotAllowed(_("Only those who read the answers comment on them."))


def can_comment_on_answers(by: Actor, review: Review) -> bool:
    return passes(check_can_comment_on_answers, by, review)


def check_can_comment_on_finding(by: Actor, finding: Finding) -> None:
    """Reviewers, approvers who see it, and its owner."""
    if not by.roles & {Role.REVIEWER, Role.APPROVER} and by.pk != finding.owner_id:
        raise NotAllowed(_("Only a reviewer, an approver or the owner of the finding comments on it."))


def can_comment_on_finding(by: Actor, finding: Finding) -> bool:
    return passes(check_can_comment_on_finding, by, finding)


def check_can_withdraw_comment(by: Actor, comment: Comment) -> None:
    """Only whoever wrote it, once."""
    if comment.author_id != by.pk:
        raise NotAllowed(_("Only whoever wrote a comment withdraws it."))
    if comment.withdrawn_at is not None:
        raise Refused(_("This comment is withdrawn already."))


def can_withdraw_comment(by: Actor, comment: Comment) -> bool:
    return passes(check_can_withdraw_comment, by, comment)


def _reads(user: Actor, comment: Comment) -> bool:
    if comment.finding_id is not None:
        return findings_visible_to(user).filter(pk=comment.finding_id).exists()
    if not reviews_visible_to(user).filter(pk=comment.review_id).exists():
        return False
    return comment.shared or not reads_only_status(user, comment.review)
