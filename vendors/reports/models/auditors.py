"""The CPA firms that sign reports: checked once, reused over vendors."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class AuditorFirm(models.Model):
    """A service auditor. A check looks up its licence and its last peer review."""

    name = models.CharField(_("auditor firm"), max_length=160)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)
    check_note = models.CharField(_("licence and peer review"), max_length=400, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="one_auditor_firm_per_name")]

    def __str__(self) -> str:
        return self.name
