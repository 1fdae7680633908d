"""One question: how it is answered, what it weighs, when it is asked, which file belongs to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models.versions import Section
from procurement.questionnaires.published import QuestionStays


class Question(models.Model):
    """One question.

    key            the same in every version, so that next year's answer finds this year's
    ref            what people call it: "AC-2"
    options        of a choice, in order; for yes and no only what differs from the usual. Each a dict with `value`,
                   `label`, and where wanted `score` (0 to 1), `severity` and `flag` (raised when it is chosen) and
                   `needs_words` (a comment has to say which or why): see options.py
    shape          what else the kind needs: a number `unit`, `min`, `max`; a table `columns` [{"key", "title"}]
    companions     further fields beside the answer, in order: who owns the control, a description (companions.py)
    allows_na      whether "not applicable" is an answer, with a reason in the comment
    weight         20 critical, 10 usual, 5 minor, 0 not scored
    good_answer    which of yes and no speaks for the vendor
    is_knock_out   its bad answer alone makes the whole a high risk
    evidence_if    the answers that need a file, where `evidence` is "if_answer"
    evidence_kinds        kinds of file that are taken; empty: all
    evidence_max_months   how old the file may be, by its own date; null: any age
    visible_if     a rule over earlier answers and facts (conditions.py); null: always
    criteria       ids of the Trust Services Criteria it touches: ["CC6.1"]
    """

    class Kind(models.TextChoices):
        INFO = "info", _("Text to read, no answer")
        YES_NO = "yes_no", _("Yes, no")
        YES_NO_PARTIAL_NA = "yes_no_partial_na", _("Yes, partial, no, not applicable")
        SINGLE = "single", _("One of a list")
        MULTI = "multi", _("Several of a list")
        SHORT_TEXT = "short_text", _("A line of text")
        LONG_TEXT = "long_text", _("A longer text")
        NUMBER = "number", _("A number")
        DATE = "date", _("A day")
        DATE_RANGE = "date_range", _("From one day to another")
        FILE = "file", _("A file")
        TABLE = "table", _("A table")
        LOCATION = "location", _("Countries")
        CONTACT = "contact", _("A person to reach")

    class Evidence(models.TextChoices):
        NONE = "none", _("No file")
        OPTIONAL = "optional", _("Files, if there are any")
        IF_ANSWER = "if_answer", _("A file with certain answers")
        REQUIRED = "required", _("A file, always")

    class Weight(models.IntegerChoices):
        CRITICAL = 20, _("Critical")
        USUAL = 10, _("Usual")
        MINOR = 5, _("Minor")
        NONE = 0, _("Not scored")

    class Good(models.TextChoices):
        YES = "yes", _("Yes is good")
        NO = "no", _("No is good")

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=80)
    ref = models.CharField(_("reference"), max_length=40)
    text = models.TextField(_("question"))
    help = models.TextField(_("help"), blank=True)
    kind = models.CharField(_("answered by"), max_length=20, choices=Kind, default=Kind.YES_NO_PARTIAL_NA)
    options = models.JSONField(_("choices"), default=list, blank=True)
    shape = models.JSONField(default=dict, blank=True)
    companions = models.JSONField(_("further fields"), default=list, blank=True)
    required = models.BooleanField(_("has to be answered"), default=True)
    allows_na = models.BooleanField(_("may be not applicable"), default=False)
    weight = models.PositiveSmallIntegerField(_("weight"), choices=Weight, default=Weight.USUAL)
    good_answer = models.CharField(_("good answer"), max_length=3, choices=Good, default=Good.YES)
    is_knock_out = models.BooleanField(_("not negotiable"), default=False)
    evidence = models.CharField(_("files"), max_length=10, choices=Evidence, default=Evidence.OPTIONAL)
    evidence_if = models.JSONField(_("answers that need a file"), default=list, blank=True)
    evidence_kinds = models.JSONField(_("kinds of file"), default=list, blank=True)
    evidence_max_months = models.PositiveSmallIntegerField(_("months a file may be old"), null=True, blank=True)
    visible_if = models.JSONField(_("shown if"), null=True, blank=True)
    criteria = models.JSONField(_("criteria"), default=list)
    tags = models.JSONField(_("tags"), default=list, blank=True)
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

    @property
    def is_asked(self) -> bool:
        """Whether it takes an answer; a text to read takes none."""
        return self.kind != self.Kind.INFO

    @property
    def is_critical(self) -> bool:
        """Whether much depends on it: of the highest weight, or not negotiable."""
        return self.weight == self.Weight.CRITICAL or self.is_knock_out

    @property
    def takes_file(self) -> bool:
        return self.evidence != self.Evidence.NONE
