"""Who reads the answers to a questionnaire: whoever reads the evidence of the review it is shown with."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from procurement.questionnaires.models import Answer, Assessment
from procurement.reviews.access.reach import evidence_visible_to, reads_only_status, review_for
from procurement.reviews.between import assessment_shown_with, with_review
from procurement.reviews.models import Review
from vendors.people.actors import Actor


def assessments_visible_to(user: Actor) -> QuerySet[Any]:
    """Every questionnaire whose answers this person may read, each with `review_pk`."""
    return with_review(Assessment.objects.all()).filter(review_pk__in=evidence_visible_to(user).values("pk"))


def assessment_in_review(user: Actor, review_pk: int, pk: int) -> tuple[Review, Assessment]:
    """A review and a questionnaire that is shown with it, for those who read its evidence. Http404 otherwise."""
    review = review_for(user, review_pk)
    assessment = assessment_shown_with(review, pk)
    if assessment is None or reads_only_status(user, review):
        raise Http404
    assessment.vendor = review.vendor
    return review, assessment


def assessment_with_review(user: Actor, pk: int) -> tuple[Review, Assessment]:
    """The same by the questionnaire alone."""
    found = assessments_visible_to(user).filter(pk=pk).values_list("review_pk", flat=True).first()
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
