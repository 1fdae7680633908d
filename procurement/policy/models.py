"""The versioned policy: rows an administrator can change, never edited once issued."""

from django.db import models


class PolicyVersion(models.Model):
    """One issued version. `rows` is what `procurement.policy.evaluation.Policy` is made from."""

    number = models.PositiveIntegerField(unique=True)
    rows = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Policy version {self.number}"
