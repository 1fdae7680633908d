"""The versioned plan: how many days before and after a date somebody is reminded of it, by subject and tier."""

from django.db import models


class ReminderPlan(models.Model):
    """One issued version; never edited. `rows` is what `procurement.renewals.rhythms.Plan` is made from.

    While no row is written the plan that ships counts, as version 1.
    """

    number = models.PositiveIntegerField(unique=True)
    rows = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)
    note = models.CharField(max_length=300)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Reminder plan, version {self.number}"
