"""One counter per series, for example MEMO-2026."""

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series. Its row is the lock."""

    name = models.CharField(max_length=12, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"
