"""Decisions, their conditions and the memos that prove them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models import Review
from vendors.vault.models import StoredFile


class Risk(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    APPROVED_WITH_CONDITIONS = "approved_with_conditions", _("Approved with conditions")
    REJECTED = "rejected", _("Rejected")


class Decision(models.Model):
    """Drafted by the reviewer, frozen when it is put before an approver, decided once.

    `frozen` is the memo's content as submitted and `frozen_sha256` its hash: the approve form carries it.
    Returning the review empties both; the ledger keeps what happened.
    """

    review = models.OneToOneField(Review, on_delete=models.CASCADE, related_name="decision")
    summary = models.TextField(_("summary"), help_text=_("Two or three sentences an executive can act on."))
    residual_risk = models.CharField(_("residual risk"), max_length=8, choices=Risk)
    residual_note = models.TextField(_("what weighs against"), blank=True)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafted_decisions")
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField(null=True, blank=True)
    frozen_sha256 = models.CharField(max_length=64, blank=True)

    outcome = models.CharField(max_length=24, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    valid_until = models.DateField(null=True, blank=True)
    valid_because = models.CharField(max_length=200, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    # What the approval rests on beside report and NDA: it ends, or is suspended, with each of them.
    exempted = models.JSONField(
        default=list, blank=True, help_text=_("Requirements passed by a waiver or a risk acceptance.")
    )
    evidence_kinds = models.JSONField(
        default=list, blank=True, help_text=_("Kinds of paper that requirements were met by.")
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_because = models.CharField(_("why it is revoked"), max_length=400, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="outcome_person_and_time_are_set_together",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="never_decided_by_whoever_drafted",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="frozen_content_has_its_hash",
                condition=Q(submitted_at__isnull=True, frozen__isnull=True, frozen_sha256="")
                | (Q(submitted_at__isnull=False, frozen__isnull=False) & ~Q(frozen_sha256="")),
            ),
            models.CheckConstraint(
                name="an_approval_has_an_end",
                condition=~Q(outcome__in=["approved", "approved_with_conditions"]) | Q(valid_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_revoked_approval_names_who_when_and_why",
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True, revoked_because="")
                | (Q(revoked_on__isnull=False, revoked_by__isnull=False) & ~Q(revoked_because="")),
            ),
        ]
        # Only approvals have an end. The condition names no value: SQLite holds none against a query's parameters.
        indexes = [
            models.Index(
                fields=["valid_until"],
                name="approvals_by_end",
                condition=Q(valid_until__isnull=False, revoked_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Decision on {self.review}"

    @property
    def is_approval(self) -> bool:
        return self.outcome in {Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS}


class Condition(models.Model):
    """What must be done, by whom and by when. Overdue, it suspends the approval."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="conditions")
    text = models.TextField(_("condition"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conditions", verbose_name=_("owner")
    )
    due_on = models.DateField(_("due"))
    met_on = models.DateField(null=True, blank=True)
    met_by = models.CharField(max_length=120, blank=True)
    met_note = models.CharField(_("how it was met"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["due_on"], name="conditions_open", condition=Q(met_on__isnull=True))]

    def __str__(self) -> str:
        return self.text[:80]


class Memo(models.Model):
    """The approval memo: number, frozen content, its SHA-256, and the PDF made once from it."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="memo")
    number = models.CharField(max_length=16, unique=True)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    pdf = models.OneToOneField(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="memo")
    pdf_pending_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("decisions:memo", args=[self.number])
