"""A workbook of answers that a contact sent back, or that a reviewer brought in, from the moment it is read until it is
taken in or thrown away."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.attribution import brought_in_words
from procurement.questionnaires.models.assessments import Assessment


class AnswerImports(models.QuerySet["AnswerImport"]):
    def brought_in(self) -> "AnswerImports":
        """Those that a reviewer brought in for the vendor."""
        return self.exclude(received_from="")

    def of_contacts(self) -> "AnswerImports":
        """Those that the vendor's contacts sent back themselves."""
        return self.filter(received_from="")


class AnswerImport(models.Model):
    """One file of answers. The file itself is not kept, only what was read of it, until somebody decides.

    origin   what the file says it is, held against its signature
    received_from  where a reviewer who brought it in has it from, as they wrote it; empty: a contact brought it
    reading  what was read (offline.reading.Returned as JSON); emptied when it is decided
    taken    how many answers came of it
    named_files  files that the workbook names and that did not stand beside their answers then:
                 [{"answer": key, "name"}]
    """

    class Origin(models.TextChoices):
        OWN = "own", _("The workbook of this questionnaire")
        ALTERED = "altered", _("A workbook whose hidden sheet was changed")
        OTHER = "other", _("The workbook of another questionnaire")
        FOREIGN = "foreign", _("A questionnaire of another make")

    class State(models.TextChoices):
        OPEN = "open", _("Being looked through")
        APPLIED = "applied", _("Taken in")
        UNDONE = "undone", _("Undone")
        DISCARDED = "discarded", _("Thrown away")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answer_imports")
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(max_length=8, choices=Origin)
    received_from = models.CharField(_("where it came from"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    reading = models.JSONField(default=dict, blank=True)
    taken = models.PositiveIntegerField(default=0)
    named_files = models.JSONField(default=list, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=160)
    begun_by_id = models.BigIntegerField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=160, blank=True)

    objects = AnswerImports.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_decided_answer_import_says_when_and_who",
                condition=Q(state="open", ended_at__isnull=True, ended_by="")
                | (~Q(state="open") & Q(ended_at__isnull=False) & ~Q(ended_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page in the portal. What a reviewer brought in has its page with the review."""
        return reverse("questionnaires:answer_import", args=[self.assessment_id, self.pk])

    @property
    def is_brought_in(self) -> bool:
        """Whether a reviewer brought it in for the vendor."""
        return bool(self.received_from)

    @property
    def provenance(self) -> dict[str, str]:
        """Who brought it in, its name and where it came from, where a reviewer did."""
        return {"by": self.begun_by, "name": self.name, "received_from": self.received_from}

    @property
    def attribution(self) -> str:
        """The same in words: "Brought in by Ines Varga from caiq.xlsx (…)"."""
        return brought_in_words(**self.provenance)
