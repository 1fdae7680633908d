"""The vendor's record."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class VendorCategory(models.TextChoices):
    """What the vendor sells; filters in lists."""

    AI_PROVIDER = "ai_provider", _("AI provider")
    CLOUD = "cloud", _("Cloud infrastructure")
    BUSINESS_SOFTWARE = "business_software", _("Business software")
    DEVELOPMENT = "development", _("Development and operations tools")
    PAYMENTS = "payments", _("Payments and finance")
    SECURITY = "security", _("Security tools")
    SERVICES = "services", _("Professional services")
    OTHER = "other", _("Other")


class VendorQuerySet(models.QuerySet["Vendor"]):
    def in_use(self) -> "VendorQuerySet":
        return self.filter(retired_on__isnull=True)

    def matching(self, words: str) -> "VendorQuerySet":
        """Vendors whose name, legal name or domain holds the words."""
        return self.filter(Q(name__icontains=words) | Q(legal_name__icontains=words) | Q(domain__icontains=words))


class Vendor(models.Model):
    """A company we may send data to: the service organization of its reports."""

    name = models.CharField(_("name"), max_length=120)
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True)
    domain = models.CharField(_("domain"), max_length=120, blank=True, help_text=_("For example quillhaven.example"))
    category = models.CharField(_("category"), max_length=20, choices=VendorCategory, default=VendorCategory.OTHER)
    trust_center_url = models.URLField(_("trust center"), blank=True)
    launched_on = models.DateField(_("in business since"), null=True, blank=True)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=120)
    retired_on = models.DateField(null=True, blank=True)

    objects = VendorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["retired_on"], condition=Q(retired_on__isnull=False), name="vendors_retired")]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="one_vendor_per_name"),
            models.UniqueConstraint(Lower("domain"), condition=~Q(domain=""), name="one_vendor_per_domain"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dashboard:vendor", args=[self.pk])

    @property
    def full_name(self) -> str:
        """The name a contract would use."""
        return self.legal_name or self.name
