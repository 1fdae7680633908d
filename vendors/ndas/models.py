"""NDA texts and the agreements under them. Nothing here is overwritten by a newer version."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.vault.models import StoredFile


class NdaText(models.Model):
    """One issued version of our own NDA, issued by a named signatory of ours. Never edited after issue."""

    version = models.PositiveIntegerField(unique=True)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(
        _("text"), help_text=_("Paragraphs are parted by an empty line; a line starting with # is a heading.")
    )
    draft = models.TextField(help_text=_("The text as typed, before its square brackets were filled in."))
    sha256 = models.CharField(max_length=64)
    signatory_name = models.CharField(_("signatory's name"), max_length=120)
    signatory_title = models.CharField(_("signatory's title"), max_length=120)
    organisation = models.CharField(max_length=160)
    term_months = models.PositiveSmallIntegerField(_("term in months"), default=36)
    survival_months = models.PositiveSmallIntegerField(_("duties survive for, in months"), default=24)
    destroy_days = models.PositiveSmallIntegerField(_("return or destroy within, in days"), default=30)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Paper(models.TextChoices):
    """Whose text binds, and how it was accepted."""

    OURS = "ours", _("Our text, accepted in the portal")
    TRUST_CENTER = "trust_center", _("Vendor's text, accepted on its trust center")
    SIGNED = "signed", _("Vendor's text, signed on paper or by e-signature")
    MUTUAL = "mutual", _("Mutual agreement, signed elsewhere")
    CONTRACT = "contract", _("Confidentiality clause of a contract")


class NdaQuerySet(models.QuerySet["Nda"]):
    def in_force_on(self, day: date) -> "NdaQuerySet":
        """Begun, not run out, and not ended early: an agreement holds through the day before it was ended."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            Q(ended_on__isnull=True) | Q(ended_on__gt=day),
            starts_on__lte=day,
        )

    def without_certificate(self) -> "NdaQuerySet":
        """Accepted in the portal, with a certificate still to be made."""
        return self.filter(paper=Paper.OURS, certificate__isnull=True)


class Nda(models.Model):
    """An agreement in which a report may be held. Dates are whole days, `ends_on` is the last day in force."""

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="ndas")
    paper = models.CharField(_("whose text"), max_length=12, choices=Paper)
    text = models.ForeignKey(NdaText, on_delete=models.PROTECT, null=True, blank=True, related_name="ndas")
    text_sha256 = models.CharField(max_length=64, blank=True)
    text_address = models.URLField(_("where the text stands"), blank=True)
    text_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("name of the agreement"), max_length=160)

    starts_on = models.DateField(_("in force from"))
    ends_on = models.DateField(_("in force until"), null=True, blank=True)
    survival_months = models.PositiveSmallIntegerField(_("duties survive for, in months"), null=True, blank=True)
    destroy_days = models.PositiveSmallIntegerField(_("return or destroy within, in days"), null=True, blank=True)
    survives_until = models.DateField(_("duties survive until"), null=True, blank=True)
    destroy_by = models.DateField(_("return or destroy by"), null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    accepted_at = models.DateTimeField()
    signer_name = models.CharField(_("signed by"), max_length=120)
    signer_title = models.CharField(_("title"), max_length=120, blank=True)
    signer_email = models.EmailField(blank=True)
    signs_for = models.CharField(_("signs for"), max_length=160)
    signer_address = models.GenericIPAddressField(null=True, blank=True)
    signer_browser = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=120, blank=True, help_text=_("Who recorded an agreement made elsewhere."))
    certificate = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    certificate_pending_because = models.CharField(max_length=300, blank=True)

    objects = NdaQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="ndas_by_end",
                condition=Q(ends_on__isnull=False, ended_on__isnull=True),
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="our_text_is_named_by_version_and_hash",
                condition=~Q(paper="ours") | (Q(text__isnull=False) & ~Q(text_sha256="")),
            ),
            models.CheckConstraint(
                name="an_nda_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_force_on(self, day: date) -> bool:
        """Begun, not run out, and not ended early, as the query of the same name."""
        return (
            self.starts_on <= day
            and (self.ends_on is None or day <= self.ends_on)
            and (self.ended_on is None or day < self.ended_on)
        )

    @property
    def is_ours(self) -> bool:
        return self.paper == Paper.OURS
