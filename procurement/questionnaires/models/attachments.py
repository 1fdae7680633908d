"""A file that the vendor sent beside its answers. One file may stand beside many answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.vault.models import StoredFile


class Attachment(models.Model):
    """One file with what it is and which day it speaks of.

    as_of  the document's own date, which is not the day it was sent: the last day of a test, the date of an approval
    """

    class Kind(models.TextChoices):
        SOC2_REPORT = "soc2_report", _("SOC 2 report")
        ISO_CERTIFICATE = "iso_certificate", _("ISO certificate")
        PENETRATION_TEST = "penetration_test", _("Letter on a penetration test")
        POLICY = "policy", _("Policy")
        SCREENSHOT = "screenshot", _("Screenshot")
        OTHER = "other", _("Something else")

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what it is"), max_length=20, choices=Kind, default=Kind.OTHER)
    as_of = models.DateField(_("date of the document"), null=True, blank=True)
    sent_by = models.CharField(max_length=160)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name
