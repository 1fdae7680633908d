"""What people say to each other about a review or one of its findings."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.reviews.models.findings import Finding
from procurement.reviews.models.review import Review


class Comment(models.Model):
    """One remark, never shown to a vendor's contact and never changed. Whoever wrote it may withdraw it.

    finding  the finding of the review it is about; None: the review itself
    shared   also for whoever asked for the review; a remark on a finding never is
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField(_("comment"), blank=True)
    shared = models.BooleanField(_("share it with the requester"), default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_withdrawn_comment_holds_no_text",
                condition=(Q(withdrawn_at__isnull=True) & ~Q(text="")) | Q(withdrawn_at__isnull=False, text=""),
            ),
            models.CheckConstraint(
                name="a_comment_on_a_finding_is_internal",
                condition=Q(finding__isnull=True) | Q(shared=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
