"""One row per reminder that fell due: the claim that lets it go out once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReminderState(models.TextChoices):
    SENT = "sent", _("Queued")
    SUPERSEDED = "superseded", _("Superseded by a later one")
    HELD = "held", _("Held")
    DROPPED = "dropped", _("Dropped")


class ReminderDue(models.Model):
    """Unique per subject, anchor date, milestone and recipient: inserting it is the claim.

    `anchor` is the date the milestone was counted from; moving that date opens a new series. `note` says why it was
    held, dropped or never sent; `released_at` is set when an administrator let a held one go.
    """

    subject_type = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    vendor_id = models.BigIntegerField()
    anchor = models.DateField()
    milestone = models.CharField(max_length=40)
    recipient = models.EmailField()
    due_on = models.DateField()
    claimed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReminderState)
    reason = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=400, blank=True)
    email_id = models.BigIntegerField(null=True, blank=True)
    scan_day = models.DateField(help_text=_("The day the scan that claimed it worked for."))
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "anchor", "milestone", "recipient"],
                name="a_reminder_goes_out_once",
            )
        ]
        indexes = [
            models.Index(fields=["vendor_id", "-due_on"]),
            models.Index(fields=["due_on"], name="reminders_held", condition=models.Q(state="held")),
            models.Index(
                fields=["scan_day"],
                name="reminders_sent_by_a_scan",
                condition=models.Q(state="sent", released_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} for {self.subject_type} {self.subject_id}"
