"""Further fields beside an answer: how they are filled in, and how a person writes them into a draft."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.companions import LONG_TEXT, LONGEST, SHORT_TEXT, SINGLE, Companion
from procurement.questionnaires.forms.options import free_value
from procurement.questionnaires.models import Question
from procurement.questionnaires.question_check import LONGEST_COMPANION, LONGEST_COMPANION_KEY, MOST_COMPANIONS
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Text

KINDS = [(SINGLE, _("One of a list")), (SHORT_TEXT, _("A line of text")), (LONG_TEXT, _("A longer text"))]


def name_of(companion: Companion) -> str:
    """Its name in the form of an answer."""
    return f"c-{companion.key}"


def field_of(companion: Companion) -> forms.Field:
    """Its field in the form of an answer."""
    return _FIELDS[companion.kind](companion)


def _choice(companion: Companion) -> forms.Field:
    return forms.ChoiceField(
        label=companion.title,
        choices=[("", _("Choose …")), *((each, each) for each in companion.options)],
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _line(companion: Companion) -> forms.Field:
    return forms.CharField(label=companion.title, required=False, max_length=LONGEST[companion.kind])


def _text(companion: Companion) -> forms.Field:
    return Text(label=companion.title, required=False, max_length=LONGEST[companion.kind], rows=3)


_FIELDS: dict[str, Callable[[Companion], forms.Field]] = {SINGLE: _choice, SHORT_TEXT: _line, LONG_TEXT: _text}


class CompanionForm(forms.Form):
    """One further field of a draft's question. A row without a title is none."""

    key = forms.CharField(required=False, max_length=LONGEST_COMPANION_KEY, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Field"), required=False, max_length=LONGEST_COMPANION)
    kind = forms.ChoiceField(
        label=_("Filled in as"), choices=KINDS, initial=SHORT_TEXT, required=False, error_messages=ONE_OF_THE_LIST
    )
    options = forms.CharField(label=_("Choices, parted by ;"), required=False, max_length=2000)
    required = forms.BooleanField(label=_("Has to be filled in"), required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_list = typed.get("kind") == SINGLE
        if typed.get("title") and is_list != bool(_parted(typed.get("options", ""))):
            sentence = _("Name the choices, parted by ;") if is_list else _("Only a list has choices.")
            self.add_error("options", sentence)
        return typed


class CompanionRows(forms.BaseFormSet):
    """The further fields in their order."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label, form.fields["DELETE"].label = _("Place"), _("Remove")

    def companions(self) -> list[dict[str, Any]]:
        """As the question keeps them. A new field gets a key for programs, made of its title."""
        kept = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data["title"].strip()]
        taken = {typed["key"] for typed in kept}
        found = []
        for typed in kept:
            key = typed["key"] or free_value(typed["title"], taken, most=LONGEST_COMPANION_KEY, usual="field")
            taken.add(key)
            found.append(
                {
                    "key": key,
                    "title": typed["title"].strip(),
                    "kind": typed["kind"] or SHORT_TEXT,
                    "options": _parted(typed["options"]),
                    "required": typed["required"],
                }
            )
        return found


def companion_rows(question: Question, data: Mapping[str, Any] | None) -> CompanionRows:
    """The rows under a question of a draft, and two more to fill in."""
    rows: type[CompanionRows] = forms.formset_factory(  # type: ignore[assignment]
        CompanionForm,
        formset=CompanionRows,
        extra=2,
        max_num=MOST_COMPANIONS,
        validate_max=True,
        can_delete=True,
        can_order=True,
    )
    standing = [{**each, "options": "; ".join(each.get("options", []))} for each in question.companions]
    return rows(data, prefix="companion", initial=standing)


def _parted(text: str) -> list[str]:
    return list(dict.fromkeys(each.strip() for each in text.split(";") if each.strip()))
