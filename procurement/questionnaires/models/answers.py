"""What the vendor says to each question, every earlier wording of it, and our word on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.assessments import Assessment
from procurement.questionnaires.models.versions import Question
from vendors.ledger.append_only import AppendOnly
from vendors.vault.models import StoredFile


class Value(models.TextChoices):
    YES = "yes", _("Yes")
    PARTIAL = "partial", _("Partial")
    NO = "no", _("No")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class Verdict(models.TextChoices):
    """Our word on an answer."""

    OPEN = "open", _("Not judged yet")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")


class Answer(models.Model):
    """The answer to one question of one assessment; a row for each question from the moment it is sent.

    revision           counts every change; whoever saves names the one they saw
    note               what we asked when we sent it back
    returned_revision  the revision that was sent back last, so that "changed" and the earlier answer can be shown
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(_("answer"), max_length=14, choices=Value, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    answered_by = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    note = models.TextField(_("what we ask"), blank=True)
    returned_revision = models.PositiveIntegerField(null=True, blank=True)
    judged_by = models.CharField(max_length=120, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assessment_id", "question__section__position", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="one_answer_per_question"),
            models.CheckConstraint(name="what_is_sent_back_says_why", condition=~Q(verdict="sent_back") | ~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"{self.question.ref}: {self.get_value_display()}"

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing: everything but a plain Yes needs a sentence."""
        return self.value == Value.YES or bool(self.value and self.comment)

    @property
    def is_plain_yes(self) -> bool:
        """An accepted Yes needs no reader's attention."""
        return self.value == Value.YES and self.verdict == Verdict.ACCEPTED

    @property
    def is_changed(self) -> bool:
        """Whether it was answered anew after it was sent back."""
        return self.returned_revision is not None and self.revision > self.returned_revision


class AnswerRevision(models.Model):
    """What an answer said at one revision. Never changed, never deleted: the database refuses."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    value = models.CharField(max_length=14, choices=Value, blank=True)
    comment = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.CharField(max_length=160)
    by_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["answer_id", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "revision"], name="one_row_per_revision"),
            AppendOnly(name="answer_revisions_are_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}, revision {self.revision}"
