"""Who reads the answers to a questionnaire: whoever reads the evidence of the review it was sent for."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404

from procurement.questionnaires.models import Answer, Assessment
from procurement.reviews.access.reach import evidence_visible_to, reads_only_status, review_for
from procurement.reviews.models import Review
from procurement.reviews.queries import assessments_of, going_on_at
from vendors.people.actors import Actor


def assessments_visible_to(user: Actor) -> QuerySet[Any]:
    """Every questionnaire whose answers this person may read, each with `review_id`."""
    theirs = evidence_visible_to(user).filter(going_on_at(OuterRef("sent_at")), engagement=OuterRef("engagement"))
    found = Assessment.objects.annotate(review_id=Subquery(theirs.order_by("-pk").values("pk")[:1]))
    return found.filter(review_id__isnull=False)


def assessment_in_review(user: Actor, review_pk: int, pk: int) -> tuple[Review, Assessment]:
    """A review and one of its questionnaires, for those who read its evidence. Http404 otherwise."""
    review = review_for(user, review_pk)
    assessment = assessments_of(review).filter(pk=pk).first()
    if assessment is None or reads_only_status(user, review):
        raise Http404
    assessment.vendor = review.vendor
    return review, assessment


def assessment_with_review(user: Actor, pk: int) -> tuple[Review, Assessment]:
    """The same by the questionnaire alone."""
    found = assessments_visible_to(user).filter(pk=pk).values_list("review_id", flat=True).first()
    if found is None:
        raise Http404
    return assessment_in_review(user, found, pk)


def answer_with_review(user: Actor, pk: int) -> tuple[Review, Answer]:
    """One answer with its questionnaire and review, as `assessment_with_review`."""
    answer = Answer.objects.select_related("question").filter(pk=pk).first()
    if answer is None:
        raise Http404
    review, answer.assessment = assessment_with_review(user, answer.assessment_id)
    return review, answer
