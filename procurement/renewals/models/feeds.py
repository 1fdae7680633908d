"""A person's calendar feed: an address that only they know. What is kept of it is a hash."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class CalendarFeed(models.Model):
    """The token is shown once. A feed ends when it is revoked, or when its owner may not sign in any more."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(revoked_at__isnull=True), name="one_feed_a_person")
        ]

    def __str__(self) -> str:
        return f"Calendar feed of {self.owner}"
