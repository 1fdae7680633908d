"""Which colleague at the vendor answers which section."""

from django.db import models

from procurement.questionnaires.models.assessments import Assessment
from procurement.questionnaires.models.versions import Section
from vendors.contacts.models import Contact


class Assignment(models.Model):
    """A section that one contact of the vendor asked a colleague to answer. Everybody may still answer everything."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="assignments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.CharField(max_length=160)
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section"], name="one_colleague_per_section"),
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.contact}"
