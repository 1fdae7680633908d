"""What an accepted report says to a question, so that nobody has to ask what it answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.answers import Answer
from vendors.reports.models import Report


class Coverage(models.Model):
    """The newest word of the report on one question (covering.py). The ledger tells what became of it.

    reason       in words, as the rule gave it; where the question is asked, with what the report notes quoted
    pages        of the report
    required_by  who wants the question asked although the report answers it
    corrected_by  the contact who says something else than the report
    """

    class Level(models.TextChoices):
        FULL = "full", _("Answered by the report")
        PARTIAL = "partial", _("Answered in part by the report")
        NONE = "none", _("Not answered by the report")

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="coverage")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=8, choices=Level)
    reason = models.TextField()
    pages = models.JSONField(default=list, blank=True)
    required_by = models.CharField(max_length=120, blank=True)
    required_at = models.DateTimeField(null=True, blank=True)
    corrected_by = models.CharField(max_length=160, blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "coverage"
        constraints = [
            models.CheckConstraint(
                name="what_is_required_says_who_and_when",
                condition=Q(required_by="", required_at__isnull=True)
                | (~Q(required_by="") & Q(required_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_is_corrected_says_who_and_when",
                condition=Q(corrected_by="", corrected_at__isnull=True)
                | (~Q(corrected_by="") & Q(corrected_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.get_level_display()}"
