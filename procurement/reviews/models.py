"""Reviews and what is judged in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.engagements.models import Engagement
from procurement.policy.models import PolicyVersion
from vendors.directory.models import Vendor
from vendors.reports.models import Cuec, Report, ReportException


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
        indexes = [models.Index(fields=["state", "-requested_at"])]

    def __str__(self) -> str:
        return f"{self.number}: {self.vendor}"

    def get_absolute_url(self) -> str:
        return reverse("dashboard:review", args=[self.pk])

    @property
    def is_decided(self) -> bool:
        return self.state in {State.APPROVED, State.APPROVED_WITH_CONDITIONS, State.REJECTED}


class ExceptionJudgement(models.Model):
    """Our decision on one exception of the report, for this engagement."""

    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        COMPENSATED = "compensated", _("Compensated by a control of ours")
        CONDITION = "condition", _("Answered by a condition")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="exception_judgements")
    exception = models.ForeignKey(ReportException, on_delete=models.CASCADE, related_name="judgements")
    decision = models.CharField(_("our decision"), max_length=12, choices=Decision)
    reason = models.CharField(_("why"), max_length=300)
    decided_by = models.CharField(max_length=120)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["exception_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "exception"], name="one_judgement_per_review_and_exception")
        ]

    def __str__(self) -> str:
        return f"{self.exception}: {self.get_decision_display()}"


class CuecStatus(models.Model):
    """Our status of one user entity control, for this engagement: which control of ours, whose, in what state."""

    class Status(models.TextChoices):
        IN_PLACE = "in_place", _("In place")
        PLANNED = "planned", _("Planned")
        NOT_APPLICABLE = "not_applicable", _("Does not apply to our use")

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="cuec_statuses")
    cuec = models.ForeignKey(Cuec, on_delete=models.CASCADE, related_name="statuses")
    owner = models.CharField(_("owner"), max_length=120)
    our_control = models.CharField(_("our control"), max_length=160, blank=True)
    status = models.CharField(_("state"), max_length=14, choices=Status)
    set_by = models.CharField(max_length=120)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["cuec_id"]
        constraints = [models.UniqueConstraint(fields=["review", "cuec"], name="one_status_per_review_and_cuec")]

    def __str__(self) -> str:
        return f"{self.cuec}: {self.owner}"


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


class RequirementCheck(models.Model):
    """What the policy said about one requirement when the review was put before an approver."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="requirement_checks")
    policy = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    result = models.CharField(max_length=16)
    reason = models.TextField()
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["review_id", "position"]
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="one_check_per_review_and_requirement")]

    def __str__(self) -> str:
        return f"{self.title}: {self.result}"
