"""What we and the vendor say to each other about an answer, and what we say among ourselves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.answers import Answer
from vendors.ledger.append_only import AppendOnly


class AnswerComment(models.Model):
    """One comment in the thread of an answer. Never changed, never deleted: the database refuses.

    is_shared       for the vendor too; else among ourselves, and nothing of it ever reaches the vendor
    is_from_vendor  written by a contact, and shared by that
    is_question     what we asked when the answer was sent back; it left with that mail

    A shared comment of ours leaves with the next mail to the vendor: `Assessment.sent_up_to` says which have left.
    Until then its writer may withdraw it.
    """

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="thread")
    text = models.TextField(_("comment"))
    is_shared = models.BooleanField(default=False)
    is_from_vendor = models.BooleanField(default=False)
    is_question = models.BooleanField(default=False)
    by = models.CharField(max_length=160)
    by_id = models.BigIntegerField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="a_comment_on_an_answer_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="what_the_vendor_says_or_is_asked_is_shared",
                condition=Q(is_shared=True) | Q(is_from_vendor=False, is_question=False),
            ),
            AppendOnly(name="comments_on_answers_are_append_only"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class CommentWithdrawal(models.Model):
    """A shared comment of ours that its writer, `by`, took back before it left: it never reaches the vendor."""

    comment = models.OneToOneField(AnswerComment, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.CharField(max_length=160)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [AppendOnly(name="withdrawals_of_comments_are_append_only")]

    def __str__(self) -> str:
        return f"{self.comment}: {self.by}"
