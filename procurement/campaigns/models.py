"""One version sent to many vendors, and what became of each."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models import Assessment, QuestionnaireVersion
from procurement.reviews.models import Review


class Campaign(models.Model):
    """What is asked of all of them. Its state follows from its recipients and is never stored.

    leans_on_report, wants_second_reviewer, only_theirs
                 as of a single assessment; the first holds where a review is worked on
    created_by   in whose name each is sent: what this person may not send is not sent
    """

    title = models.CharField(_("title"), max_length=120)
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="campaigns")
    due_on = models.DateField(_("due"))
    message = models.TextField(_("message"), blank=True)
    leans_on_report = models.BooleanField(default=False)
    wants_second_reviewer = models.BooleanField(default=False)
    only_theirs = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])


class CampaignRecipient(models.Model):
    """One use of one vendor, by the review it is sent with.

    why  the sentence for a person, when it could not be sent
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not sent")
        LEFT_OUT = "left_out", _("Left out")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    why = models.CharField(max_length=400, blank=True)
    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, null=True, blank=True, related_name="recipient"
    )

    class Meta:
        ordering = ["campaign_id", "pk"]
        indexes = [
            models.Index(fields=["campaign"], name="campaign_to_send", condition=Q(state="queued")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "review"], name="one_recipient_per_review"),
            models.CheckConstraint(
                name="a_recipient_it_was_sent_to_has_an_assessment",
                condition=Q(state="sent", assessment__isnull=False) | ~Q(state="sent") & Q(assessment__isnull=True),
            ),
            models.CheckConstraint(
                name="a_recipient_it_was_not_sent_to_says_why", condition=~Q(state="failed") | ~Q(why="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.review}"
