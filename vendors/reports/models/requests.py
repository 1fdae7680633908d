"""What we asked a vendor to send, for which period, by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.contacts.models import Contact
from vendors.directory.models import Vendor


class Asked(models.TextChoices):
    """What is asked for."""

    SOC2_TYPE2 = "soc2_type2", _("SOC 2 Type II report")
    SUCCESSOR_DATE = "successor_date", _("Date of the next report")


class ReportRequestQuerySet(models.QuerySet["ReportRequest"]):
    def open(self) -> "ReportRequestQuerySet":
        return self.filter(answered_at__isnull=True, cancelled_at__isnull=True)


class ReportRequest(models.Model):
    """One request to one vendor, open until a report (or the asked date) arrives, or until it is cancelled."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="report_requests")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="report_requests"
    )
    what = models.CharField(_("what"), max_length=16, choices=Asked, default=Asked.SOC2_TYPE2)
    system = models.CharField(_("service or system"), max_length=160, blank=True)
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period until"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    message = models.TextField(_("message"), blank=True)

    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Whom the contact may ask; empty when the renewal scan asked."),
    )
    requested_at = models.DateTimeField()
    not_ready_until = models.DateField(_("not ready until"), null=True, blank=True)
    not_ready_note = models.CharField(_("note"), max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["vendor"],
                name="requests_open",
                condition=Q(answered_at__isnull=True, cancelled_at__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="a_request_is_answered_or_cancelled_not_both",
                condition=Q(answered_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.vendor}"

    @property
    def asks_for_report(self) -> bool:
        """Whether a file answers it, and not a date."""
        return self.what == Asked.SOC2_TYPE2

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.cancelled_at is None
