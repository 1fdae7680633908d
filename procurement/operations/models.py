"""The heartbeat: proof that beat asks and a worker answers."""

from django.db import models


class Heartbeat(models.Model):
    """When something that must keep happening happened last. One row for each name."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} at {self.beat_at:%Y-%m-%d %H:%M:%S}"
