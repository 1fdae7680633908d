"""What we buy, for which data, how much depends on it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.policy import labels
from procurement.policy.terms import DataClass, Vertical
from vendors.directory.models import Vendor


class Engagement(models.Model):
    """One use of one vendor. Two uses of the same vendor may be judged differently."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="engagements")
    title = models.CharField(_("what is bought"), max_length=160)
    description = models.TextField(_("what it is used for"), blank=True)
    data_classes = models.JSONField(_("data the vendor will see"), default=list)
    verticals = models.JSONField(_("regulated vertical"), default=list)
    criticality = models.CharField(_("criticality"), max_length=8, choices=labels.CRITICALITIES)
    uptime_promised = models.BooleanField(_("we promise uptime that depends on it"), default=False)
    suggested_tier = models.PositiveSmallIntegerField(choices=labels.TIERS)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=labels.TIERS)
    tier_reason = models.CharField(_("why another tier"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="engagements", verbose_name=_("business owner")
    )
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="another_tier_needs_a_reason",
                condition=models.Q(tier=models.F("suggested_tier")) | ~models.Q(tier_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor}: {self.title}"

    @property
    def is_above_public(self) -> bool:
        """Whether the vendor sees anything beside public data."""
        return any(DataClass(name).is_above_public for name in self.data_classes)

    def data_class_names(self) -> list[str]:
        names = dict(labels.DATA_CLASSES)
        return [str(names[key]) for key in self.data_classes]

    def vertical_names(self) -> list[str]:
        """As a memo reads them; the form's "none of these" means little without its choices."""
        names = {**dict(labels.VERTICALS), Vertical.GENERAL.value: _("No regulated vertical")}
        return [str(names[key]) for key in self.verticals]
