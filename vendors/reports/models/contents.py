"""What a report holds besides its facts: exceptions, what is left to us, whom the vendor leans on."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.reports import labels
from vendors.reports.models.reports import Report


class Cited(models.Model):
    """A row that may have been taken from a reading.

    `citation` is `vendors.reports.citations.Citation` as JSON: the words it was taken from, by whom, from which
    reading. Empty for what a person typed.
    """

    citation = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    @property
    def quote(self) -> str:
        """The report's own words, where the row was taken from a reading."""
        return str(self.citation.get("quote", ""))

    @property
    def cited(self) -> dict[str, dict[str, Any]]:
        """Fields that were taken from a place of their own: name → page, quote and box there."""
        parts: dict[str, dict[str, Any]] = self.citation.get("parts", {})
        return parts


class ReportException(Cited):
    """A deviation the auditor noted while testing. An unqualified report may carry some."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="exceptions")
    criterion = models.CharField(_("criterion"), max_length=8)
    control = models.CharField(_("control"), max_length=60, blank=True)
    description = models.TextField(_("what the auditor found"))
    sample = models.CharField(_("sample"), max_length=60, blank=True, help_text=_("For example 2 of 25"))
    response = models.TextField(_("management's response"), blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.description[:60]}"


class Cuec(Cited):
    """A complementary user entity control: what the report leaves to us."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="cuecs")
    reference = models.CharField(_("reference"), max_length=30, blank=True)
    text = models.TextField(_("user entity control"))
    criterion = models.CharField(_("criterion"), max_length=8, blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class SubserviceOrganization(Cited):
    """Whom the vendor leans on, and whether their controls were examined (inclusive) or left out (carve-out)."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="subservice_organizations")
    name = models.CharField(_("subservice organization"), max_length=160)
    service = models.CharField(_("what it does"), max_length=200, blank=True)
    method = models.CharField(_("method"), max_length=10, choices=labels.METHODS)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
