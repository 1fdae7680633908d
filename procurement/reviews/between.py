"""Questionnaires and the reviews they are shown with. What is sent after a decision stands with the decided review
until another follows, and belongs to that one from then on."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from procurement.accounts.models import User
from procurement.questionnaires.models import Assessment
from procurement.reviews.models import UNDECIDED, Review, State
from procurement.reviews.queries import as_listed, assessments_of


def assessments_after(review: Review) -> QuerySet[Assessment]:
    """The questionnaires sent since this review was decided, the newest first, as long as no review follows it."""
    found = Assessment.objects.filter(engagement=review.engagement_id, sent_at__gt=review.state_since)
    if not review.is_decided or hasattr(review, "successor"):
        found = found.none()
    return as_listed(found)


def assessment_shown_with(review: Review, pk: int) -> Assessment | None:
    """The questionnaire on the pages of this review: one of its own, or one that was sent since it was decided."""
    return assessments_of(review).filter(pk=pk).first() or assessments_after(review).filter(pk=pk).first()


def with_review(assessments: QuerySet[Assessment]) -> QuerySet[Any]:
    """Each with `review_pk`: the review it is shown with, as `assessment_shown_with` finds it."""
    of_engagement = Review.objects.filter(engagement=OuterRef("engagement")).order_by("pk")
    before_it_ended = Q(state_since__gte=OuterRef("sent_at"))
    not_withdrawn_early = ~Q(state=State.WITHDRAWN) | Q(requested_at__lte=OuterRef("sent_at"))
    during = of_engagement.filter(Q(state__in=UNDECIDED) | before_it_ended & not_withdrawn_early)
    decided = of_engagement.exclude(state=State.WITHDRAWN).order_by("-pk")
    return assessments.annotate(
        review_pk=Coalesce(Subquery(during.values("pk")[:1]), Subquery(decided.values("pk")[:1]))
    )


def review_of(assessment: Assessment) -> Review | None:
    """The review it is shown with; None where it belongs to none."""
    shown_with = with_review(Assessment.objects.filter(pk=assessment.pk)).values("review_pk")
    return Review.objects.filter(pk__in=shown_with).first()


def newest_reviews() -> QuerySet[Review]:
    """Of every use of a vendor the newest review that was not withdrawn: the one a questionnaire is sent with."""
    newest = Review.objects.exclude(state=State.WITHDRAWN).filter(engagement=OuterRef("engagement")).order_by("-pk")
    return Review.objects.filter(pk=Subquery(newest.values("pk")[:1]))


def answers_without_review(sender: User) -> list[tuple[Review, Assessment]]:
    """Questionnaires that this person sent after a decision and that are handed over, each with the decided review:
    they wait for one that follows."""
    undecided = Review.objects.undecided().values("engagement")
    waiting = Assessment.objects.with_us().filter(sent_by=sender).exclude(engagement__in=undecided)
    rows = list(waiting.order_by("submitted_at"))
    decided = newest_reviews().filter(engagement__in=[each.engagement_id for each in rows]).select_related("vendor")
    by_engagement = {review.engagement_id: review for review in decided}
    return [(by_engagement[each.engagement_id], each) for each in rows]
