"""A questionnaire, its versions and their sections. What is published never changes; the database holds it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.published import SectionStays, VersionStays


class Questionnaire(models.Model):
    """A family of versions. `key` names it for programs.

    purpose  for whoever chooses what to send: when this one is the right one
    """

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(_("when to send it"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title


class VersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    def published(self) -> "VersionQuerySet":
        """What can be sent: neither draft nor retired."""
        return self.filter(state=QuestionnaireVersion.State.PUBLISHED)


class QuestionnaireVersion(models.Model):
    """One version: a draft can be edited, a published one can be sent, a retired one is kept for what was sent.

    title   as it was called when this version was published
    format  of the content its hash was made of (`content.version_content`)
    sha256  of its whole content (`content.version_sha256`); empty while it is a draft
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    intro = models.TextField(_("what the vendor reads first"), blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    format = models.PositiveSmallIntegerField(default=2)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["questionnaire_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
            models.CheckConstraint(
                name="a_published_version_has_hash_and_time",
                condition=Q(state="draft", sha256="", published_at__isnull=True)
                | (~Q(state="draft") & ~Q(sha256="") & Q(published_at__isnull=False)),
            ),
            VersionStays(name="a_published_version_stays"),
        ]

    def __str__(self) -> str:
        return _("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    def get_absolute_url(self) -> str:
        """Its page for staff."""
        return reverse("questionnaires:version", args=[self.pk])


class Section(models.Model):
    """Questions that belong together. `position` counts through the whole version, a part right after its parent.

    visible_if  a rule (conditions.py) that holds for everything in it, parts included; null: always
    """

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("what the vendor reads first"), blank=True)
    visible_if = models.JSONField(_("shown if"), null=True, blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_section_per_position"),
            SectionStays(name="a_published_section_stays"),
        ]

    def __str__(self) -> str:
        return self.title
