"""A reviewer's own word on what an answer is worth."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.answers import Answer
from vendors.ledger.append_only import AppendOnly


class Rating(models.Model):
    """What a reviewer says an answer is worth. Never changed, never deleted: the newest counts, the database refuses.

    revision  of the answer that was rated; when the vendor changes it, the rating is history
    score     from 0 to 100
    before    what it counted as until then; null: nobody had rated it
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="ratings")
    revision = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField(_("score"))
    before = models.PositiveSmallIntegerField(_("score before"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    by = models.CharField(max_length=120)
    by_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["answer_id", "pk"]
        constraints = [
            models.CheckConstraint(name="a_rating_is_from_0_to_100", condition=Q(score__lte=100)),
            models.CheckConstraint(name="a_rating_says_why", condition=~Q(reason="")),
            AppendOnly(name="ratings_are_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.score}"
