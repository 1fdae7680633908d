"""What the reader found in a report: proposals with their grounds, never facts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.reports.models.reports import Report


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("Waiting to be read")
    READ = "read", _("Read")
    UNREADABLE = "unreadable", _("Cannot be read")


class ReportReadingQuerySet(models.QuerySet["ReportReading"]):
    def waiting(self) -> "ReportReadingQuerySet":
        return self.filter(state=ReadingState.WAITING)

    def finished(self) -> "ReportReadingQuerySet":
        return self.exclude(state=ReadingState.WAITING)


class ReportReading(models.Model):
    """One reading of one report by one version of the rules. A person takes facts from it, or does not.

    rules      `vendors.reading.RULES_VERSION` at that time; another version reads again, beside this row
    content    `vendors.reading.contract.as_json`: values, pages, quotes, boxes, notes; empty while it waits
    problem    why nothing was read, as a sentence for people
    set_aside  the proposed rows that a person did not want, and who: {"cuecs.2": "Ines Varga"}
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readings")
    rules = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.WAITING)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    set_aside = models.JSONField(default=dict, blank=True)

    objects = ReportReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-rules"]
        constraints = [
            models.UniqueConstraint(fields=["report", "rules"], name="one_reading_per_report_and_rules"),
            models.CheckConstraint(
                name="a_reading_that_ended_says_when",
                condition=Q(state="waiting", finished_at__isnull=True)
                | (~Q(state="waiting") & Q(finished_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(state="waiting"), name="readings_that_wait")]

    def __str__(self) -> str:
        return f"Reading of {self.report}"
