"""A file on its way to becoming a draft, and mappings that are kept for the next file of the same make."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.versions import QuestionnaireVersion
from vendors.vault.models import StoredFile


class ImportJob(models.Model):
    """One file that somebody looks through. No question is saved before the draft is made.

    layout   what was guessed and decided (importing.layout.Layout as JSON)
    reading  what was read by it (importing.draft.Draft as JSON)
    kinds    how a question is answered, where a person said otherwise than the file: {"sheet": {"row": kind}}
    content  of a file in our own format, taken as it is; null for every other
    """

    class State(models.TextChoices):
        OPEN = "open", _("Being looked through")
        MADE = "made", _("A draft was made")
        DISCARDED = "discarded", _("Discarded")

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    layout = models.JSONField(default=dict, blank=True)
    reading = models.JSONField(default=dict, blank=True)
    kinds = models.JSONField(default=dict, blank=True)
    content = models.JSONField(null=True, blank=True)
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="imports"
    )
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="only_a_finished_import_has_a_version", condition=Q(version__isnull=True) | Q(state="made")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("questionnaires:import_job", args=[self.pk])


class ImportProfile(models.Model):
    """How the columns of one make of file are read: heads and what they mean, never a question's text.

    content  importing.profiles.Profile as JSON
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    content = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
