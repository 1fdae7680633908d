"""A questionnaire on its way: one version sent to one vendor for one engagement."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.engagements.models import Engagement
from procurement.questionnaires.attribution import brought_in_words
from procurement.questionnaires.models.versions import Questionnaire, QuestionnaireVersion
from vendors.contacts.models import Contact
from vendors.directory.models import Vendor


class State(models.TextChoices):
    """Where it stands; moves are in lifecycle.py."""

    SENT = "sent", _("Sent")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", _("Submitted")
    IN_REVIEW = "in_review", _("Being read")
    CLARIFICATION = "clarification", _("Sent back")
    COMPLETE = "complete", _("Complete")
    CANCELLED = "cancelled", _("Cancelled")


# It waits for the vendor; reminders follow the due date of these.
WITH_THE_VENDOR = (State.SENT, State.IN_PROGRESS, State.CLARIFICATION)
# It waits for us.
WITH_US = (State.SUBMITTED, State.IN_REVIEW)
# Nothing follows; the same questionnaire may be sent again.
ENDED = (State.COMPLETE, State.CANCELLED)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open(self) -> "AssessmentQuerySet":
        """The vendor has to answer: sent, begun, or sent back."""
        return self.filter(state__in=WITH_THE_VENDOR)

    def with_us(self) -> "AssessmentQuerySet":
        """The vendor has answered and we have to read."""
        return self.filter(state__in=WITH_US)


class Assessment(models.Model):
    """One version asked of one vendor. The version is pinned when it is sent and never changes after.

    contact       who got the mail; everybody who speaks for the vendor may answer
    family        the questionnaire of its version: an engagement has one assessment of a family at a time
    facts         what conditions ask beside answers (facts.py), as it stood when it was sent
    leans_on_report  what the accepted report answers is not asked
    wants_second_reviewer  a second reviewer accepts what is critical before it is complete
    only_theirs   colleagues of the contact see what was given to them, and nothing else of it
    told_with     the first of those that one mail told of together, this one among them; null: it had a mail of its own
    sent_up_to    the newest of our shared comments that has left with a mail (`AnswerComment`); 0: none
    sent_by       whom the contact may ask; told when it is submitted
    signer_name, signer_title   who stands for the answers, as typed when they were last submitted
    handed_over_by  the reviewer who took what was brought in as the vendor's answer: then nobody has signed
    brought_in      the files it was taken from: [{"by", "name", "received_from"}]
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="assessments")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="assessments")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="assessments")
    family = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="assessments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments")
    facts = models.JSONField(default=dict, blank=True)
    leans_on_report = models.BooleanField(default=False)
    wants_second_reviewer = models.BooleanField(default=False)
    only_theirs = models.BooleanField(default=False)
    told_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="told_together")
    due_on = models.DateField(_("due"))
    message = models.TextField(_("message"), blank=True)
    sent_up_to = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=14, choices=State, default=State.SENT)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    signer_name = models.CharField(_("name"), max_length=120, blank=True)
    signer_title = models.CharField(_("job title"), max_length=120, blank=True)
    handed_over_by = models.CharField(max_length=160, blank=True)
    brought_in = models.JSONField(default=list, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.CharField(max_length=120, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["due_on"], name="assessments_by_due_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "family"],
                name="one_questionnaire_of_a_family_at_a_time",
                condition=~Q(state__in=["complete", "cancelled"]),
            ),
            models.CheckConstraint(
                name="a_submitted_questionnaire_names_its_signer",
                condition=Q(submitted_at__isnull=True, signer_name="", handed_over_by="")
                | (Q(submitted_at__isnull=False, handed_over_by="") & ~Q(signer_name=""))
                | (Q(submitted_at__isnull=False, signer_name="", signer_title="") & ~Q(handed_over_by="")),
            ),
            models.CheckConstraint(
                name="a_complete_questionnaire_says_when",
                condition=Q(completed_at__isnull=True) ^ Q(state="complete"),
            ),
            models.CheckConstraint(
                name="a_cancelled_questionnaire_says_when",
                condition=Q(cancelled_at__isnull=True) ^ Q(state="cancelled"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.title}, {self.vendor}"

    def get_absolute_url(self) -> str:
        """Its page in the portal. The reviewer's page stands with the review."""
        return reverse("questionnaires:page", args=[self.pk])

    @property
    def attribution(self) -> str:
        """Where nobody signed: who brought the answers in, from which files. Empty where somebody did."""
        return "; ".join(brought_in_words(**each) for each in self.brought_in)

    @property
    def waits_for_vendor(self) -> bool:
        return self.state in WITH_THE_VENDOR

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    def days_late(self, on: date) -> int:
        """By how many days the vendor is late on that day; 0 when it is not, or does not have it."""
        return max(0, (on - self.due_on).days) if self.waits_for_vendor else 0

    @property
    def waits_for_us(self) -> bool:
        return self.state in WITH_US
