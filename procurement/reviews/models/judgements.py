"""What we say about rows of the report, for one engagement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models.review import Review
from vendors.reports.models import Cuec, ReportException


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
