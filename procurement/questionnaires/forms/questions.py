"""One question of a draft, as a person writes it: words, kind, what belongs to the kind, worth, files, condition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.forms.companions import companion_rows
from procurement.questionnaires.forms.options import option_rows, usual_forms
from procurement.questionnaires.forms.rules import RuleForm, answer_names, read_answers
from procurement.questionnaires.models import Attachment, Question, Section
from procurement.questionnaires.options import NOT_APPLICABLE
from procurement.questionnaires.question_check import LONGEST, LONGEST_TAG, OLDEST_MONTHS
from vendors.reports.criteria import DESCRIPTIONS
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Text

Kind = Question.Kind
_LISTS = (Kind.SINGLE, Kind.MULTI)
_YES_OR_NO = (Kind.YES_NO, Kind.YES_NO_PARTIAL_NA)
LONGEST_UNIT = 40
# Fields that stand in the form as the question keeps them.
_AS_TYPED = (
    *("ref", "text", "help", "kind", "required", "allows_na", "weight", "good_answer", "is_knock_out"),
    *("evidence_kinds", "evidence_max_months", "criteria"),
)


class QuestionForm(forms.Form):
    """What every question has, and the few fields of single kinds."""

    ref = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST["ref"],
        help_text=_("What people call it, for example AC-2."),
        error_messages={"required": _("Give it a reference, for example AC-2.")},
    )
    section = forms.TypedChoiceField(label=_("Section"), coerce=int, error_messages=ONE_OF_THE_LIST)
    text = Text(
        label=_("Question"),
        max_length=LONGEST["text"],
        rows=3,
        error_messages={"required": _("Write what is asked.")},
    )
    help = Text(label=_("Help"), max_length=LONGEST["help"], required=False, rows=2)
    kind = forms.ChoiceField(label=_("Answered by"), choices=Kind.choices, error_messages=ONE_OF_THE_LIST)
    unit = forms.CharField(label=_("Unit"), max_length=LONGEST_UNIT, required=False, help_text=_("For example days."))
    min = forms.FloatField(label=_("At least"), required=False, error_messages={"invalid": _("Write a number.")})
    max = forms.FloatField(label=_("At most"), required=False, error_messages={"invalid": _("Write a number.")})
    columns = Text(label=_("Columns of the table"), required=False, rows=4, help_text=_("One title a line."))
    required = forms.BooleanField(label=_("Has to be answered"), required=False)
    allows_na = forms.BooleanField(label=_("May be not applicable, with a reason"), required=False)
    weight = forms.TypedChoiceField(
        label=_("Weight"), choices=Question.Weight.choices, coerce=int, error_messages=ONE_OF_THE_LIST
    )
    good_answer = forms.ChoiceField(
        label=_("Good answer"), choices=Question.Good.choices, error_messages=ONE_OF_THE_LIST
    )
    is_knock_out = forms.BooleanField(
        label=_("Not negotiable"), required=False, help_text=_("Its bad answer alone makes the whole a high risk.")
    )
    evidence = forms.ChoiceField(label=_("Files"), choices=Question.Evidence.choices, error_messages=ONE_OF_THE_LIST)
    evidence_if = forms.CharField(
        label=_("Answers that need a file"),
        required=False,
        max_length=2000,
        help_text=_("As they are called, parted by commas: Yes, Partial"),
    )
    evidence_kinds = forms.MultipleChoiceField(
        label=_("Kinds of file that are taken"),
        choices=Attachment.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
        error_messages=ONE_OF_THE_LIST,
    )
    evidence_max_months = forms.IntegerField(
        label=_("Months a file may be old"),
        required=False,
        min_value=1,
        max_value=OLDEST_MONTHS,
        error_messages={
            "invalid": _("Write a number of months."),
            "min_value": _("From 1 to 120 months."),
            "max_value": _("From 1 to 120 months."),
        },
    )
    criteria = forms.MultipleChoiceField(
        label=_("Trust Services Criteria it touches"),
        choices=[(id, f"{id} {words}") for id, words in DESCRIPTIONS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_OF_THE_LIST,
    )
    tags = forms.CharField(label=_("Tags"), required=False, max_length=400, help_text=_("Parted by commas."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, sections: Sequence[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.fields["section"]
        assert isinstance(section, forms.ChoiceField)
        section.choices = [(each.pk, each.title) for each in sections]

    def clean_tags(self) -> list[str]:
        tags = [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError(_("A tag has at most %(most)s characters."), params={"most": LONGEST_TAG})
        return list(dict.fromkeys(tags))


class QuestionSheet:
    """The form of one question with its choices and its condition. Fits where a form is shown and checked."""

    def __init__(
        self,
        question: Question,
        *,
        sections: Sequence[Section],
        earlier: Sequence[Question],
        seen: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """`question` as it stands, new ones with their section; `earlier` what its condition may ask."""
        self.question = question
        self.form = QuestionForm(sections, data, initial=_standing(question) | {"seen": seen})
        self.options = option_rows(question, data)
        self.usual = usual_forms(question, data)
        self.companions = companion_rows(question, data)
        self.rule = RuleForm(earlier, question.visible_if, data)

    @property
    def usual_rows(self) -> list[tuple[str, Any]]:
        """Yes, partial and no with their forms."""
        names = {"yes": _t("Yes"), "partial": _t("Partial"), "no": _t("No")}
        return [(names[value], form) for value, form in self.usual.items()]

    def is_valid(self) -> bool:
        """All parts are asked, so that each shows its sentence."""
        parts = [each.is_valid() for each in (self.form, self.options, self.companions, self.rule)]
        parts += [form.is_valid() for form in self.usual.values()]
        return all(parts) and self._names_answers()

    def asked(self) -> dict[str, Any]:
        """The fields of the question. Only after `is_valid`."""
        typed = self.form.cleaned_data
        return {
            **{name: typed[name] for name in (*_AS_TYPED, "tags")},
            "criteria": _as_before(self.question.criteria, typed["criteria"]),
            "options": self._options(),
            "shape": self._shape(),
            "companions": [] if typed["kind"] == Kind.INFO else self.companions.companions(),
            "evidence": Question.Evidence.NONE if typed["kind"] == Kind.INFO else typed["evidence"],
            "evidence_if": self._read_evidence_if()[0] if typed["evidence"] == Question.Evidence.IF_ANSWER else [],
            "visible_if": self.rule.rule(),
        }

    def _names_answers(self) -> bool:
        strange = self._read_evidence_if()[1]
        if strange and self.form.cleaned_data["evidence"] == Question.Evidence.IF_ANSWER:
            sentence = _t("“%(word)s” is no answer to this question.") % {"word": strange[0]}
            self.form.add_error("evidence_if", sentence)
            return False
        return True

    def _read_evidence_if(self) -> tuple[list[str], list[str]]:
        typed = self.form.cleaned_data
        as_typed = Question(kind=typed["kind"], options=self._options(), allows_na=typed["allows_na"])
        return read_answers(typed["evidence_if"], answer_names(as_typed))

    def _options(self) -> list[dict[str, Any]]:
        kind = self.form.cleaned_data["kind"]
        if kind in _LISTS:
            return self.options.options()
        if kind in _YES_OR_NO:
            values = [value for value in self.usual if value != "partial" or kind == Kind.YES_NO_PARTIAL_NA]
            # What "not applicable" is called came with a file and has no field of its own.
            called = {"value", "label"} if kind == Kind.YES_NO_PARTIAL_NA else set()
            kept = [each for each in self.question.options if each["value"] == NOT_APPLICABLE and set(each) == called]
            return [*(own for value in values if (own := self.usual[value].option(value))), *kept]
        return []

    def _shape(self) -> dict[str, Any]:
        typed = self.form.cleaned_data
        if typed["kind"] == Kind.NUMBER:
            ends = {end: _plain(typed[end]) for end in ("min", "max") if typed[end] is not None}
            return ({"unit": typed["unit"]} if typed["unit"] else {}) | ends
        if typed["kind"] == Kind.TABLE:
            return {"columns": self._columns(typed["columns"])}
        return {}

    def _columns(self, text: str) -> list[dict[str, str]]:
        """A column that is called as before keeps its key, so that next year's rows find this year's."""
        known = {column["title"]: column["key"] for column in self.question.shape.get("columns", [])}
        found: dict[str, str] = {}
        for title in filter(None, map(str.strip, text.splitlines())):
            wished = known.get(title) or slugify(title)[:60] or "column"
            key, number = wished, 2
            while key in found:
                key, number = f"{wished}-{number}", number + 1
            found[key] = title
        return [{"key": key, "title": title} for key, title in found.items()]


def _as_before(before: Sequence[str], ticked: Sequence[str]) -> list[str]:
    """What is ticked, in the order it stood; new ones behind."""
    kept = [each for each in before if each in ticked]
    return kept + [each for each in ticked if each not in kept]


def _standing(question: Question) -> dict[str, Any]:
    names = answer_names(question)
    shape = question.shape
    return {
        **{name: getattr(question, name) for name in (*_AS_TYPED, "evidence")},
        "section": question.section_id,
        "unit": shape.get("unit", ""),
        "min": shape.get("min"),
        "max": shape.get("max"),
        "columns": "\n".join(column["title"] for column in shape.get("columns", [])),
        "evidence_if": ", ".join(names.get(value, value) for value in question.evidence_if),
        "tags": ", ".join(question.tags),
    }


def _plain(number: float) -> int | float:
    return int(number) if number.is_integer() else number
