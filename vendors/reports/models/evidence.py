"""Papers on the vendor's file beside its SOC reports."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.reports import labels
from vendors.vault.models import StoredFile


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def on_file(self) -> "EvidenceQuerySet":
        """Those nobody has withdrawn, in date or not."""
        return self.filter(withdrawn_at__isnull=True)

    def holding(self, on: date) -> "EvidenceQuerySet":
        """Those that count on that day: dated by then, not run out, not withdrawn."""
        return self.on_file().filter(Q(until__isnull=True) | Q(until__gte=on), dated_on__lte=on)


class Evidence(models.Model):
    """One paper: an agreement, an authorization, a certificate, a test. Withdrawn, it stays on record.

    confidential  held under the NDA: opened only while one is in force. Papers of general use need none.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=24, choices=labels.EVIDENCE_KINDS)
    title = models.CharField(_("title"), max_length=160)
    issuer = models.CharField(_("issued by"), max_length=160)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    dated_on = models.DateField(_("dated"))
    until = models.DateField(_("until"), null=True, blank=True)
    confidential = models.BooleanField(_("held under the NDA"), default=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-dated_on", "-pk"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                name="withdrawn_evidence_names_who_when_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_because="")),
            ),
            models.CheckConstraint(
                name="evidence_ends_after_it_is_dated",
                condition=Q(until__isnull=True) | Q(until__gte=models.F("dated_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def holds_on(self, day: date) -> bool:
        """Whether it counts on that day, as `EvidenceQuerySet.holding`."""
        return self.withdrawn_at is None and self.dated_on <= day and (self.until is None or day <= self.until)
