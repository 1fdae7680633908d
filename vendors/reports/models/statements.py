"""What the vendor said in writing about the time after a report."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.reports.models.reports import Report
from vendors.reports.models.requests import ReportRequest
from vendors.vault.models import StoredFile


class SuccessorStatementQuerySet(models.QuerySet["SuccessorStatement"]):
    def standing(self) -> "SuccessorStatementQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class SuccessorStatement(models.Model):
    """A dated statement about the time after a report: the next report's period and date, a bridge letter, or both.

    A bridge letter speaks from `bridges_from`, or from the day after the report's period, until `bridges_until`; its
    `file` is the letter itself. What was wrong is withdrawn with a reason, never changed.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="successor_statements")
    request = models.ForeignKey(
        ReportRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="statements"
    )
    period_start = models.DateField(_("next audit period from"), null=True, blank=True)
    period_end = models.DateField(_("next audit period until"), null=True, blank=True)
    expected_on = models.DateField(_("report expected on"), null=True, blank=True)
    stated_on = models.DateField(_("stated on"))
    stated_by = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    bridges_from = models.DateField(_("bridge letter speaks from"), null=True, blank=True)
    bridges_until = models.DateField(_("bridge letter speaks until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=120, blank=True)
    withdrawn_reason = models.CharField(max_length=400, blank=True)

    objects = SuccessorStatementQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_successor_is_named_whole",
                condition=Q(period_start__isnull=True, period_end__isnull=True, expected_on__isnull=True)
                | Q(period_start__isnull=False, period_end__isnull=False, expected_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_statement_names_a_successor_or_bridges",
                condition=Q(expected_on__isnull=False) | Q(bridges_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_bridge_has_its_letter",
                condition=Q(bridges_until__isnull=True, bridges_from__isnull=True)
                | Q(bridges_until__isnull=False, file__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawn_statement_says_by_whom_and_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        if self.expected_on:
            return f"Next report of {self.report.vendor} expected {self.expected_on}"
        return f"Bridge letter of {self.report.vendor} until {self.bridges_until}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None
