"""What the vendor says to each question, every earlier wording of it, and our word on it."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.answer_imports import AnswerImport
from procurement.questionnaires.models.assessments import Assessment
from procurement.questionnaires.models.attachments import Attachment
from procurement.questionnaires.models.questions import Question
from vendors.ledger.append_only import AppendOnly


class Verdict(models.TextChoices):
    """Our word on an answer."""

    OPEN = "open", _("Not judged yet")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")


class Answer(models.Model):
    """The answer to one question of one assessment; a row for each question from the moment it is sent.

    value              what was said, in the JSON that values.py describes for each kind; null: nothing yet
    is_not_applicable  said instead of a value; the comment gives the reason
    companions         what was said in the further fields of the question: {key: text}
    revision           counts every change; whoever saves names the one they saw
    is_visible         whether its conditions hold; what was said before stays parked while they do not
    is_covered         whether the accepted report stands in for it: the vendor is not asked
    is_whole           whether nothing is missing: value, words and file as the question wants them
    is_with_vendor     whether the vendor may change it now
    answered_by        whoever gave it; where `brought_with` is set, the reviewer who took the file in
    brought_with       the file that a reviewer brought in and that it came with, as it stands; null: a contact gave it
    note               what we asked when we sent it back
    seconded_by        the second reviewer who accepts it too; any later word on the answer clears it
    returned_revision  the revision that was sent back last, so that "changed" and the earlier answer can be shown

    `is_visible` and `is_whole` follow from the answers; `services.settling` writes them in every act that changes one.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("answer"), null=True, blank=True)
    is_not_applicable = models.BooleanField(_("not applicable"), default=False)
    comment = models.TextField(_("comment"), blank=True)
    companions = models.JSONField(default=dict, blank=True)
    attachments = models.ManyToManyField(Attachment, related_name="answers", blank=True)
    revision = models.PositiveIntegerField(default=0)
    is_visible = models.BooleanField(default=True)
    is_covered = models.BooleanField(default=False)
    is_whole = models.BooleanField(default=False)
    is_with_vendor = models.BooleanField(default=True)
    answered_by = models.CharField(max_length=160, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    brought_with = models.ForeignKey(AnswerImport, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    note = models.TextField(_("what we ask"), blank=True)
    returned_revision = models.PositiveIntegerField(null=True, blank=True)
    judged_by = models.CharField(max_length=120, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    seconded_by = models.CharField(max_length=120, blank=True)
    seconded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["assessment_id", "question__section__position", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="one_answer_per_question"),
            models.CheckConstraint(name="what_is_sent_back_says_why", condition=~Q(verdict="sent_back") | ~Q(note="")),
            models.CheckConstraint(
                name="what_is_not_applicable_has_no_value",
                condition=Q(is_not_applicable=False) | Q(value__isnull=True),
            ),
            models.CheckConstraint(
                name="what_is_seconded_is_accepted_and_says_who",
                condition=Q(seconded_by="", seconded_at__isnull=True)
                | (~Q(seconded_by="") & Q(seconded_at__isnull=False, verdict="accepted")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question.ref}: {self.value}"

    @cached_property
    def files(self) -> list[Attachment]:
        """What stands beside it, in order. `queries.answers_of` reads those of all answers at once."""
        return list(self.attachments.select_related("file"))

    @property
    def is_given(self) -> bool:
        """Whether anything stands in it."""
        return self.value is not None or self.is_not_applicable

    @property
    def speaker(self) -> str:
        """Who says it, as everybody is told: a contact by name, what a reviewer brought in with file and source."""
        return self.brought_with.attribution if self.brought_with else self.answered_by

    @property
    def is_asked(self) -> bool:
        """Whether the vendor is asked: its conditions hold and no report answers it."""
        return self.is_visible and not self.is_covered

    @property
    def is_by_report(self) -> bool:
        """Whether it would be asked, and the report answers it."""
        return self.is_visible and self.is_covered

    @property
    def is_untouched(self) -> bool:
        """Whether the vendor has said nothing to it, in no way."""
        return not self.revision and not self.is_given and not self.comment and not self.companions

    @property
    def is_plain_yes(self) -> bool:
        """An accepted Yes, or the No that is hoped for, needs no reader's attention."""
        is_yes_or_no = self.question.kind in (Question.Kind.YES_NO, Question.Kind.YES_NO_PARTIAL_NA)
        return is_yes_or_no and self.value == self.question.good_answer and self.verdict == Verdict.ACCEPTED

    @property
    def is_changed(self) -> bool:
        """Whether it was answered anew after it was sent back."""
        return self.returned_revision is not None and self.revision > self.returned_revision

    @property
    def is_kept_back(self) -> bool:
        """Whether what it says is the vendor's own so far: all of it until it is handed over, and what is said anew
        after it was sent back until it is handed back."""
        return self.is_with_vendor and (self.returned_revision is None or self.is_changed)


class AnswerRevision(models.Model):
    """What an answer said at one revision. Never changed, never deleted: the database refuses.

    files   the files beside it then: [{"attachment", "name", "sha256"}]
    source  the workbook it came with; null: given in the portal
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    value = models.JSONField(null=True, blank=True)
    is_not_applicable = models.BooleanField(default=False)
    comment = models.TextField(blank=True)
    companions = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)
    by = models.CharField(max_length=160)
    by_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    source = models.ForeignKey(AnswerImport, on_delete=models.PROTECT, null=True, blank=True, related_name="revisions")

    class Meta:
        ordering = ["answer_id", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["answer", "revision"], name="one_row_per_revision"),
            AppendOnly(name="answer_revisions_are_append_only"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}, revision {self.revision}"
