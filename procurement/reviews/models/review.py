"""A review of one engagement, and the states it passes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.engagements.models import Engagement
from vendors.directory.models import Vendor
from vendors.reports.models import Report


class State(models.TextChoices):
    """Where a review stands (DESIGN.md, "States of a review"; moves are in lifecycle.py)."""

    DRAFT = "draft", _("Requested")
    COLLECTING = "collecting", _("Collecting")
    IN_REVIEW = "in_review", _("In review")
    REMEDIATION = "remediation", _("Remediation")
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ScopeFit(models.TextChoices):
    """Whether what we buy lies inside the system the report describes."""

    YES = "yes", _("Yes, it lies inside the described system")
    NO = "no", _("No, it lies outside")


class ReviewQuerySet(models.QuerySet["Review"]):
    def undecided(self) -> "ReviewQuerySet":
        return self.filter(state__in=UNDECIDED)


UNDECIDED = [
    State.DRAFT,
    State.COLLECTING,
    State.IN_REVIEW,
    State.REMEDIATION,
    State.AWAITING_APPROVAL,
]


class Review(models.Model):
    """One review of one engagement. It points at its vendor, never the other way round."""

    number = models.CharField(max_length=16, unique=True)
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="reviews")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="reviews")
    predecessor = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successor"
    )
    state = models.CharField(max_length=24, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField()
    state_by = models.CharField(max_length=120, blank=True)
    state_reason = models.CharField(max_length=400, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="requested_reviews"
    )
    requested_at = models.DateTimeField()
    wanted_by = models.DateField(_("wanted by"), null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_reviews"
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviews_to_decide",
        help_text=_("Whom it was last put before."),
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")

    scope_fit = models.CharField(_("scope fit"), max_length=4, choices=ScopeFit, blank=True)
    scope_page = models.PositiveIntegerField(_("page of the system description"), null=True, blank=True)
    scope_ours = models.TextField(_("what stays ours"), blank=True)

    revision = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "-requested_at"]),
            # All that the lists ask of every review to count them, and the vendors under review.
            models.Index(fields=["state", "vendor", "reviewer", "requested_by", "approver"], name="reviews_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.vendor}"

    def get_absolute_url(self) -> str:
        return reverse("dashboard:review", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.state in {State.APPROVED, State.APPROVED_WITH_CONDITIONS, State.REJECTED}
