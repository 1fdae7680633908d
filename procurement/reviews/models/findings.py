"""What a review found, who sees to it, and until when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models import Answer
from procurement.reviews.models.review import Review
from vendors.reports.models import ReportException


class Severity(models.TextChoices):
    """How much depends on it, from the least to the most."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> "FindingQuerySet":
        """Those that somebody still has to see to."""
        return self.filter(state=Finding.State.OPEN)


class Finding(models.Model):
    """One thing that is not as it should be, found in a review. It outlives the review: it stays with the engagement.

    source_reference  where it was found, in words: "CC6.2", "CUEC-3", "question A.4"
    answer            the answer that was flagged, where there is one
    exception         the row of the report, where there is one; facts recorded anew take it away, the words stay
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Source(models.TextChoices):
        EXCEPTION = "exception", _("Exception in the report")
        CUEC = "cuec", _("User entity control")
        ANSWER = "answer", _("Answer to a questionnaire")
        OTHER = "other", _("Something else")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("what was found"))
    severity = models.CharField(_("severity"), max_length=8, choices=Severity)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="findings", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"))
    source = models.CharField(_("found in"), max_length=12, choices=Source)
    source_reference = models.CharField(_("where exactly"), max_length=160, blank=True)
    exception = models.ForeignKey(
        ReportException, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings"
    )
    answer = models.ForeignKey(Answer, on_delete=models.SET_NULL, null=True, blank=True, related_name="findings")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_because = models.TextField(blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="one_finding_per_review_and_number"),
            models.CheckConstraint(
                name="an_ended_finding_names_who_when_and_why",
                condition=Q(state="open", ended_at__isnull=True, ended_by="", ended_because="")
                | (~Q(state="open") & Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_because="")),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(state="open"), name="open_findings_by_due_date")]

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:finding", args=[self.pk])

    @property
    def label(self) -> str:
        """F-2, as people call it within its review."""
        return f"F-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def weighs_against(self) -> bool:
        """Whether an approver has to read of it before anything else: critical, and nobody has settled it."""
        return self.is_open and self.severity == Severity.CRITICAL
