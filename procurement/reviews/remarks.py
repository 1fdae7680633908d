"""The comments under a review or a finding, and what this person may do there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from procurement.reviews import access
from procurement.reviews.forms.comments import CommentForm
from procurement.reviews.models import Comment, Finding, Review
from vendors.people.actors import Actor


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One comment, and whether whoever reads it may withdraw it."""

    comment: Comment
    may_withdraw: bool


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """What the part `_comments.html` shows. `form` is None for whoever only reads; `address` takes it."""

    rows: list[Remark]
    form: CommentForm | None
    address: str
    all_shared: bool


def remarks_on_review(review: Review, user: Actor) -> Remarks:
    only_shared = access.reads_only_status(user, review)
    return Remarks(
        rows=_rows(access.comments_on_review(user, review), user),
        form=CommentForm(may_share=not only_shared) if access.can_comment(user, review) else None,
        address=reverse("reviews:comment", args=[review.pk]),
        all_shared=only_shared,
    )


def remarks_on_finding(finding: Finding, user: Actor) -> Remarks:
    return Remarks(
        rows=_rows(finding.comments.select_related("author"), user),
        form=CommentForm(may_share=False) if access.can_comment_on_finding(user, finding) else None,
        address=reverse("reviews:comment_on_finding", args=[finding.pk]),
        all_shared=False,
    )


def _rows(comments: Iterable[Comment], user: Actor) -> list[Remark]:
    return [Remark(comment=each, may_withdraw=access.can_withdraw_comment(user, each)) for each in comments]
