"""Mail that leaves, and whether the mail server answers."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a mail is. `sending` holds a lease; all but the first two are final."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not delivered")
    LAPSED = "lapsed", _("Too late to send")
    CANCELLED = "cancelled", _("No longer needed")


class OutgoingEmailQuerySet(models.QuerySet["OutgoingEmail"]):
    def waiting(self) -> "OutgoingEmailQuerySet":
        return self.filter(state__in=[State.QUEUED, State.SENDING])

    def due(self, now: datetime) -> "OutgoingEmailQuerySet":
        """Whose time has come, or whose sender died holding the lease."""
        return self.filter(Q(state=State.QUEUED, next_try_at__lte=now) | Q(state=State.SENDING, lease_until__lte=now))

    def undelivered(self) -> "OutgoingEmailQuerySet":
        """Given up, and not sent again since."""
        return self.filter(state__in=[State.FAILED, State.LAPSED], sent_again__isnull=True)


class OutgoingEmail(models.Model):
    """One mail to one person. People and subjects stand as plain columns; a link or code stands sealed, until sent.

    Where the secret belongs, `text` and `html` hold a placeholder, so staff may read them.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=120, help_text=_("The template it was made from."))
    about = models.CharField(max_length=80, help_text=_("What it is about, for example report-request:12."))
    vendor_id = models.BigIntegerField(null=True)

    to_email = models.EmailField()
    to_name = models.CharField(max_length=160, blank=True)
    recipient_id = models.BigIntegerField(null=True)
    reply_to = models.CharField(max_length=420, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    carries_secret = models.BooleanField(default=False)
    sealed_secret = models.BinaryField(null=True)

    not_before = models.DateTimeField(null=True)
    not_after = models.DateTimeField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    break_offs = models.PositiveSmallIntegerField(
        default=0, help_text=_("How often sending ended without our knowing whether the mail arrived.")
    )
    next_try_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=400, blank=True)

    queued_at = models.DateTimeField()
    queued_by = models.CharField(max_length=160)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text=_("When it failed, lapsed or was cancelled."))
    resend_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="sent_again")

    objects = OutgoingEmailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_try_at"], name="mail_to_send", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="mail_being_sent", condition=Q(state="sending")),
            models.Index(fields=["not_after"], name="mail_with_secret", condition=Q(sealed_secret__isnull=False)),
            models.Index(fields=["-closed_at"], name="mail_undelivered", condition=Q(state__in=["failed", "lapsed"])),
            models.Index(fields=["about"], name="mail_about"),
            models.Index(fields=["vendor_id", "-id"], name="mail_of_a_vendor"),
        ]
        constraints = [
            models.CheckConstraint(
                name="only_a_mail_that_waits_keeps_its_secret",
                condition=Q(sealed_secret__isnull=True) | Q(state__in=["queued", "sending"]),
            ),
            models.CheckConstraint(
                name="a_mail_being_sent_has_a_lease",
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_sent_mail_says_when",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.to_email})"


class MailOutage(models.Model):
    """The mail server does not answer: one row while that lasts. The whole queue waits for `next_try_at`."""

    since = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=400)

    def __str__(self) -> str:
        return f"No answer since {self.since:%Y-%m-%d %H:%M}"
