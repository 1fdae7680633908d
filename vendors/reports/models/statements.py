"""What the vendor said in writing about its next report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.reports.models.reports import Report
from vendors.reports.models.requests import ReportRequest
from vendors.vault.models import StoredFile


class SuccessorStatement(models.Model):
    """A dated statement that names the next report's period and date; a bridge letter may say more.

    `bridges_until` is the last day a bridge letter speaks for, where the file is one.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="successor_statements")
    request = models.ForeignKey(
        ReportRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    period_start = models.DateField(_("next audit period from"))
    period_end = models.DateField(_("next audit period until"))
    expected_on = models.DateField(_("report expected on"))
    stated_on = models.DateField(_("stated on"))
    stated_by = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bridges_until = models.DateField(_("bridge letter speaks until"), null=True, blank=True)

    class Meta:
        ordering = ["-stated_on", "-pk"]

    def __str__(self) -> str:
        return f"Next report of {self.report.vendor} expected {self.expected_on}"
