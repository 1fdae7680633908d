"""Which colleague at the vendor answers what."""

from textwrap import shorten

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.assessments import Assessment
from procurement.questionnaires.models.questions import Question
from procurement.questionnaires.models.versions import Section
from vendors.contacts.models import Contact


class Assignment(models.Model):
    """A section, or one question, that a contact of the vendor asked a colleague to answer. Everybody may still answer
    everything.

    due_on  when the colleague is asked to be done; null: when the whole is due
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="assignments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("by"), null=True, blank=True)
    assigned_by = models.CharField(max_length=160)
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["due_on"], name="assignments_by_due_date", condition=Q(due_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "section"], name="one_colleague_per_section"),
            models.UniqueConstraint(fields=["assessment", "question"], name="one_colleague_per_question"),
            models.CheckConstraint(
                name="either_a_section_or_a_question_is_given",
                condition=Q(section__isnull=False) ^ Q(question__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.contact}"

    @property
    def title(self) -> str:
        """What was given: the section, or the question by its reference and first words."""
        return self.section.title if self.section else shorten(str(self.question), 100, placeholder=" …")
