"""Sign-in codes of the portal's door."""

from datetime import datetime

from django.conf import settings
from django.db import models

TRIES = 5


class SignInCode(models.Model):
    """A code mailed to a contact's address: 10 minutes, one use, bound to the browser that asked for it.

    A row without a user was asked for by an address nobody may come in with: it counts against the limits and
    answers like any other, and no code fits it.

    code_hash     keyed by the browser's own secret, so the six digits cannot be found by trying
    address_hash  of the address it was asked for, for the limits only
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="sign_in_codes",
    )
    code_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64)
    ip = models.GenericIPAddressField(null=True, blank=True)
    invitation = models.ForeignKey(
        "vendors.Invitation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["address_hash", "requested_at"], name="codes_of_an_address"),
            models.Index(fields=["ip", "requested_at"], name="codes_of_a_network_address"),
            models.Index(fields=["requested_at"], name="codes_by_time"),
        ]

    def __str__(self) -> str:
        return f"Code for {self.user_id} of {self.requested_at:%Y-%m-%d %H:%M}"

    def is_live(self, now: datetime) -> bool:
        """Not used, not over, and not tried too often."""
        return self.used_at is None and now < self.expires_at and self.wrong_tries < TRIES
