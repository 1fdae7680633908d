"""A questionnaire, its versions, and what a version asks. What is published never changes; the database holds it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.published import QuestionStays, SectionStays, VersionStays


class Questionnaire(models.Model):
    """A family of versions. `key` names it for programs."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """One version: a draft can be edited, a published one can be sent, a retired one is kept for what was sent.

    title   as it was called when this version was published
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
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

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


class Section(models.Model):
    """Questions that belong together, in the order of `position`."""

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_section_per_position"),
            SectionStays(name="a_published_section_stays"),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question.

    key       the same in every version, so that next year's answer finds this year's
    ref       what people call it: "AC-2"
    criteria  ids of the Trust Services Criteria it touches: ["CC6.1"]
    """

    class Kind(models.TextChoices):
        YES_NO_PARTIAL_NA = "yes_no_partial_na", _("Yes, partial, no, not applicable")

    class Evidence(models.TextChoices):
        NONE = "none", _("No file")
        OPTIONAL = "optional", _("One file, if there is one")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    ref = models.CharField(_("reference"), max_length=12)
    text = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.YES_NO_PARTIAL_NA)
    evidence = models.CharField(max_length=10, choices=Evidence, default=Evidence.OPTIONAL)
    criteria = models.JSONField(_("criteria"), default=list)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="one_question_per_position"),
            models.UniqueConstraint(fields=["section", "key"], name="one_question_per_key"),
            QuestionStays(name="a_published_question_stays"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"
