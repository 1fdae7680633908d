"""The choices of a question: their names, what each scores, what it raises."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.models import Question
from procurement.questionnaires.options import NO, PARTIAL, SEVERITIES, YES
from procurement.questionnaires.question_check import LONGEST
from vendors.reports.forms.fields import ONE_OF_THE_LIST

SPARE_ROWS = 2
MOST_OPTIONS = 250
LONGEST_LABEL = 300
_SEVERITY_NAMES = {
    "info": _("For information"),
    "low": _("Low"),
    "medium": _("Medium"),
    "high": _("High"),
    "critical": _("Critical"),
}
_SEVERITIES = [("", _("raises no flag")), *((each, _SEVERITY_NAMES[each]) for each in SEVERITIES)]
_AS_USUAL, _NEEDED, _NOT_NEEDED = "", "yes", "no"


class _Worth(forms.Form):
    """What an answer scores and raises."""

    score = forms.DecimalField(
        label=_("Score, 0 to 100"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"min": 0, "max": 100, "step": "any"}),
        error_messages={
            "invalid": _("Write a number from 0 to 100."),
            "min_value": _("Write a number from 0 to 100."),
            "max_value": _("Write a number from 0 to 100."),
        },
    )
    severity = forms.ChoiceField(label=_("Flag"), choices=_SEVERITIES, required=False, error_messages=ONE_OF_THE_LIST)
    flag = forms.CharField(label=_("What the flag says"), required=False, max_length=LONGEST_LABEL)

    def worth(self) -> dict[str, Any]:
        """As an option keeps it; what is empty is left out."""
        typed = self.cleaned_data
        score = {} if typed["score"] is None else {"score": float(typed["score"] / 100)}
        return score | {name: typed[name] for name in ("severity", "flag") if typed[name]}


class OptionForm(_Worth):
    """One choice of a list. A row without a name is no choice."""

    value = forms.CharField(required=False, max_length=LONGEST["key"], widget=forms.HiddenInput)
    label = forms.CharField(label=_("Choice"), required=False, max_length=LONGEST_LABEL)
    needs_words = forms.BooleanField(label=_("Asks for a sentence"), required=False)
    field_order = ("value", "label", "score", "severity", "flag", "needs_words")


class UsualForm(_Worth):
    """Yes, partial or no: only what differs from the usual is kept."""

    label = forms.CharField(label=_("Called"), required=False, max_length=LONGEST_LABEL)
    needs_words = forms.ChoiceField(
        label=_("Sentence in the comment"),
        choices=[(_AS_USUAL, _("as usual")), (_NEEDED, _("needed")), (_NOT_NEEDED, _("not needed"))],
        required=False,
        error_messages=ONE_OF_THE_LIST,
    )

    def option(self, value: str) -> dict[str, Any] | None:
        """What differs from the usual; None when nothing does."""
        own = self.worth()
        if self.cleaned_data["label"].strip():
            own["label"] = self.cleaned_data["label"].strip()
        if self.cleaned_data["needs_words"]:
            own["needs_words"] = self.cleaned_data["needs_words"] == _NEEDED
        return {"value": value, **own} if own else None


class OptionRows(forms.BaseFormSet):
    """The choices of a list in their order."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label, form.fields["DELETE"].label = _("Place"), _("Remove")

    def options(self) -> list[dict[str, Any]]:
        """As the question keeps them. A new choice gets a value for programs, made of its name."""
        kept = [form for form in self.ordered_forms if form.cleaned_data["label"].strip()]
        taken = {form.cleaned_data["value"] for form in kept}
        found = []
        for form in kept:
            typed = form.cleaned_data
            value = typed["value"] or free_value(typed["label"], taken)
            taken.add(value)
            words = {"needs_words": True} if typed["needs_words"] else {}
            found.append({"value": value, "label": typed["label"], "score": None, **form.worth(), **words})
        return found


def option_rows(question: Question, data: Mapping[str, Any] | None) -> OptionRows:
    """The rows of a list; for a kind without one they are empty."""
    has_list = question.kind in (Question.Kind.SINGLE, Question.Kind.MULTI)
    rows: type[OptionRows] = forms.formset_factory(  # type: ignore[assignment]
        OptionForm,
        formset=OptionRows,
        extra=SPARE_ROWS if has_list and question.options else SPARE_ROWS * 2,
        max_num=MOST_OPTIONS,
        validate_max=True,
        can_delete=True,
        can_order=True,
    )
    return rows(data, prefix="option", initial=[_standing(each) for each in question.options] if has_list else [])


def usual_forms(question: Question, data: Mapping[str, Any] | None) -> dict[str, UsualForm]:
    """Yes, partial and no by their value, for questions that are answered so."""
    own = {each["value"]: each for each in question.options} if question.kind in _YES_OR_NO else {}
    return {
        value: UsualForm(data, prefix=f"usual-{value}", initial=_usual_standing(own.get(value, {})))
        for value in (YES, PARTIAL, NO)
    }


_YES_OR_NO = (Question.Kind.YES_NO, Question.Kind.YES_NO_PARTIAL_NA)


def _standing(option: Mapping[str, Any]) -> dict[str, Any]:
    score = option.get("score")
    return {**option, "score": None if score is None else _percent(score)}


def _usual_standing(option: Mapping[str, Any]) -> dict[str, Any]:
    needs = option.get("needs_words")
    return _standing(option) | {"needs_words": _AS_USUAL if needs is None else _NEEDED if needs else _NOT_NEEDED}


def _percent(score: float) -> Decimal:
    return (Decimal(str(score)) * 100).normalize() + 0


def free_value(label: str, taken: set[str], *, most: int = LONGEST["key"], usual: str = "choice") -> str:
    """A value for programs that is not taken yet, made of a name; at most `most` characters."""
    wished = slugify(label)[: most - 4].strip("-") or usual
    value, number = wished, 2
    while value in taken:
        value, number = f"{wished}-{number}", number + 1
    return value
