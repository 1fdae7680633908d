"""Which reports of different vendors share their text: some are made from a template, whoever examined what."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.reports.models.reports import Report


class ReportFingerprint(models.Model):
    """The fingerprints of a report's long parts (`vendors.reading.fingerprints`), from its newest reading.

    rules  of that reading; a newer one replaces the row
    firm   who signed, as read
    texts  by the part's name; empty for a paper without such parts
    """

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="fingerprint")
    rules = models.PositiveIntegerField()
    firm = models.CharField(max_length=160, blank=True)
    texts = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"Fingerprint of {self.report}"


class SharedText(models.Model):
    """So much of one part of a report also stands in a report of another vendor. One row for each direction."""

    class Part(models.TextChoices):
        TESTS = "tests", _("Tests")
        DESCRIPTION = "description", _("System description")
        LETTER = "letter", _("Auditor’s letter")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="shared_texts")
    other = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=11, choices=Part)
    percent = models.PositiveSmallIntegerField()
    same_firm = models.BooleanField()

    class Meta:
        ordering = ["-percent", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "other", "part"], name="one_share_per_two_reports_and_part"),
            models.CheckConstraint(name="a_share_is_of_a_hundred", condition=Q(percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.percent} % shared"
