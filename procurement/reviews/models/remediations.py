"""What a modified opinion opens."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models.review import Review
from vendors.reports.models import Report


class Remediation(models.Model):
    """Opened by itself for a modified opinion; blocks the decision until another person closes it."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="remediations")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remediations")
    reason = models.CharField(max_length=400)
    opened_at = models.DateTimeField()
    plan = models.TextField(_("what is done about it"), blank=True)
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="asked_remediations",
        verbose_name=_("who is asked to close it"),
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closing_note = models.TextField(_("why it may be closed"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_remediation_names_who_when_and_why",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closing_note="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(closing_note="")),
            ),
            models.UniqueConstraint(fields=["review", "report"], name="one_remediation_per_review_and_report"),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
