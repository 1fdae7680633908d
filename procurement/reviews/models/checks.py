"""What the policy said when a review was put before an approver."""

from django.db import models

from procurement.policy.models import PolicyVersion
from procurement.reviews.models.review import Review


class RequirementCheck(models.Model):
    """What the policy said about one requirement when the review was put before an approver."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="requirement_checks")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    result = models.CharField(max_length=16)
    reason = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["review_id", "position"]
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="one_check_per_review_and_requirement")]

    def __str__(self) -> str:
        return f"{self.title}: {self.result}"
