"""One answer, in the fields its kind of question needs."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from procurement.questionnaires.companions import companions_of, read_companions
from procurement.questionnaires.countries import country_name
from procurement.questionnaires.forms.companions import field_of, name_of
from procurement.questionnaires.models import Answer, Question
from procurement.questionnaires.options import (
    NOT_APPLICABLE,
    is_from_a_list,
    is_yes_or_no,
    na_label,
    options_of,
    takes_na,
)
from procurement.questionnaires.services import Given
from procurement.questionnaires.values import CONTACT_PARTS, LONGEST_LINE, LONGEST_TEXT, MOST_ROWS, read
from vendors.people.actors import Refused
from vendors.reports.forms.fields import Text

Kind = Question.Kind
Fields = dict[str, forms.Field]
SPARE_ROWS = 2
_CELL = re.compile(r"r(\d{1,3})-([-\w]+)")


class AnswerForm(forms.Form):
    """One answer. `revision` is what the person saw, so that a late save does not write over somebody else's.

    What the fields hold is read by `values.read`, which programs meet too; its sentence stands beside the first field.
    """

    comment = Text(
        label=_("Comment"),
        required=False,
        max_length=4000,
        rows=2,
        error_messages={"max_length": _("At most %(limit_value)s characters. Put the rest into a PDF.")},
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, answer: Answer, data: Mapping[str, Any] | None = None, *, mine: Given | None = None) -> None:
        """`mine` stands in the fields instead of what is kept, at the kept revision."""
        self.answer = answer
        self.question = answer.question
        shown = mine or answer
        standing = {"comment": shown.comment, "revision": answer.revision, "na": shown.is_not_applicable}
        standing |= {f"c-{key}": text for key, text in (shown.companions or answer.companions).items()}
        standing |= _standing(self.question, shown.value, is_not_applicable=shown.is_not_applicable)
        super().__init__(data, prefix=f"a{answer.pk}", initial=standing)
        own = _fields(self.question, standing, self._sent_rows())
        if self.has_na_box:
            own["na"] = forms.BooleanField(label=_("Does not apply to this service"), required=False)
        self.companions = companions_of(self.question)
        self.fields = {**own, **self.fields, **{name_of(each): field_of(each) for each in self.companions}}
        self.said_names = [name for name in own if name != "na"]

    @property
    def has_na_box(self) -> bool:
        """Whether "not applicable" is a box of its own; for yes, partial and no it is one of the choices."""
        return takes_na(self.question) and self.question.kind != Kind.YES_NO_PARTIAL_NA

    @property
    def is_choice(self) -> bool:
        """Whether it is answered from a list."""
        return is_from_a_list(self.question)

    @cached_property
    def boxes(self) -> dict[str, Any]:
        """The choices as plain data, for a template that has hundreds of them: Django renders a template for each."""
        bound = self["value"]
        chosen = bound.value() or []
        chosen = set(chosen if isinstance(chosen, list) else [chosen])
        return {
            "type": "checkbox" if self.question.kind == Kind.MULTI else "radio",
            "name": bound.html_name,
            "invalid": bool(bound.errors),
            "choices": [
                {"id": f"{bound.auto_id}_{number}", "value": value, "label": label, "is_chosen": value in chosen}
                for number, (value, label) in enumerate(getattr(bound.field, "choices", []))
            ],
        }

    @property
    def few(self) -> bool:
        """Whether the choices stand in one line."""
        return is_yes_or_no(self.question)

    @property
    def said(self) -> list[forms.BoundField]:
        """The fields of the answer itself, without comment and box."""
        return [self[name] for name in self.said_names]

    @property
    def beside(self) -> list[forms.BoundField]:
        """The further fields of the question."""
        return [self[name_of(each)] for each in self.companions]

    @property
    def columns(self) -> list[dict[str, str]]:
        """Of a table."""
        columns: list[dict[str, str]] = self.question.shape.get("columns", [])
        return columns

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """Of a table: its cells, row by row."""
        width = len(self.columns)
        return [self.said[start : start + width] for start in range(0, len(self.said), width)]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors:
            try:
                read(self.question, self._value(typed), not_applicable=bool(typed.get("na")))
            except Refused as refusal:
                self.add_error(self.said_names[0] if self.said_names else "comment", str(refusal))
            self._read_beside(typed)
        return typed

    def _read_beside(self, typed: Mapping[str, Any]) -> None:
        try:
            read_companions(self.question, self._beside(typed))
        except Refused as refusal:
            self.add_error(refusal.field, str(refusal))

    @property
    def _shows_beside(self) -> bool:
        """Whether the form that was sent had the further fields in it."""
        return any(self.add_prefix(name_of(each)) in self.data for each in self.companions)

    def _beside(self, typed: Mapping[str, Any]) -> dict[str, str]:
        return {each.key: typed.get(name_of(each), "") for each in self.companions}

    def given(self) -> Given:
        """What was said. Only after `is_valid`."""
        typed = self.cleaned_data
        return Given(
            answer_id=self.answer.pk,
            revision=typed["revision"],
            value=self._value(typed),
            comment=typed["comment"],
            is_not_applicable=bool(typed.get("na")),
            companions=self._beside(typed) if self._shows_beside else None,
        )

    def _value(self, typed: Mapping[str, Any]) -> Any:
        kind = self.question.kind
        if kind == Kind.DATE_RANGE:
            return {"from": typed.get("from", ""), "to": typed.get("to", "")}
        if kind == Kind.CONTACT:
            return {part: typed.get(part, "") for part in CONTACT_PARTS}
        if kind == Kind.TABLE:
            rows: dict[int, dict[str, str]] = {}
            for name in self.said_names:
                row, key = _cell(name)
                rows.setdefault(row, {})[key] = typed.get(name, "")
            return [row for row in rows.values() if any(row.values())]
        return typed.get("value", "")

    def _sent_rows(self) -> int:
        """How many rows of a table were sent: a script may have added some."""
        if self.question.kind != Kind.TABLE or not self.is_bound:
            return 0
        start = len(f"{self.prefix}-")
        found = [_CELL.fullmatch(name[start:]) for name in self.data if name.startswith(f"{self.prefix}-r")]
        return min(max((int(cell[1]) + 1 for cell in found if cell), default=0), MOST_ROWS + 1)


def _fields(question: Question, standing: Mapping[str, Any], sent_rows: int) -> Fields:
    if question.kind == Kind.TABLE:
        return _table(question, standing, sent_rows)
    make = _FIELDS.get(Kind(question.kind))
    return make(question) if make else {}


def _one_choice(question: Question) -> Fields:
    choices = [(option.value, option.label) for option in options_of(question)]
    if question.kind == Kind.YES_NO_PARTIAL_NA:
        choices.append((NOT_APPLICABLE, na_label(question)))
    return {
        "value": forms.ChoiceField(
            label=_("Answer"),
            choices=choices,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose one of the answers.")},
        )
    }


def _several_choices(question: Question) -> Fields:
    return {
        "value": forms.MultipleChoiceField(
            label=_("Answer"),
            choices=[(option.value, option.label) for option in options_of(question)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose from the list.")},
        )
    }


def _line(_question: Question) -> Fields:
    return {"value": forms.CharField(label=_("Answer"), required=False, max_length=LONGEST_LINE)}


def _long_text(_question: Question) -> Fields:
    return {"value": Text(label=_("Answer"), required=False, max_length=LONGEST_TEXT, rows=4)}


def _number(question: Question) -> Fields:
    unit = question.shape.get("unit", "")
    field = forms.CharField(
        label=_("Answer in %(unit)s") % {"unit": unit} if unit else _("Answer"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    return {"value": field}


def _day_field(label: Any) -> forms.CharField:
    """Read by `values.read`, so that forms and programs are told the same."""
    return forms.CharField(label=label, required=False, max_length=20, widget=forms.DateInput(attrs={"type": "date"}))


def _contact(_question: Question) -> Fields:
    labels = {"name": _("Name"), "email": _("E-mail"), "role": _("Role"), "phone": _("Phone (optional)")}
    types = {"email": "email", "phone": "tel"}
    return {
        part: forms.CharField(
            label=labels[part],
            required=False,
            max_length=LONGEST_LINE,
            widget=forms.TextInput(attrs={"type": types.get(part, "text"), "autocomplete": "off"}),
        )
        for part in CONTACT_PARTS
    }


def _countries(_question: Question) -> Fields:
    field = forms.CharField(
        label=_("Countries, parted by commas"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "countries"}),
    )
    return {"value": field}


def _table(question: Question, standing: Mapping[str, Any], sent_rows: int) -> Fields:
    filled = {_cell(name)[0] for name in standing if _CELL.fullmatch(name)}
    count = max(sent_rows, len(filled) + SPARE_ROWS)
    fields: Fields = {}
    for row in range(min(count, MOST_ROWS + 1)):
        for column in question.shape.get("columns", []):
            label = _("%(column)s, row %(row)s") % {"column": column["title"], "row": row + 1}
            fields[f"r{row}-{column['key']}"] = forms.CharField(
                label=label, required=False, max_length=500, widget=forms.TextInput(attrs={"aria-label": label})
            )
    return fields


def _standing(question: Question, value: Any, *, is_not_applicable: bool) -> dict[str, Any]:
    """What stands in the fields for this value; what somebody typed may be of another shape than what is kept."""
    if is_not_applicable:
        return {"value": NOT_APPLICABLE} if question.kind == Kind.YES_NO_PARTIAL_NA else {}
    if isinstance(value, Mapping):
        return dict(value)
    if question.kind == Kind.TABLE and isinstance(value, list):
        return {f"r{row}-{key}": text for row, cells in enumerate(value) for key, text in cells.items()}
    if question.kind == Kind.LOCATION and isinstance(value, list):
        return {"value": ", ".join(country_name(code) for code in value)}
    return {"value": value}


def _cell(name: str) -> tuple[int, str]:
    row, _dash, key = name[1:].partition("-")
    return int(row), key


_FIELDS: dict[Question.Kind, Callable[[Question], Fields]] = {
    Kind.YES_NO: _one_choice,
    Kind.YES_NO_PARTIAL_NA: _one_choice,
    Kind.SINGLE: _one_choice,
    Kind.MULTI: _several_choices,
    Kind.SHORT_TEXT: _line,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _number,
    Kind.DATE: lambda _question: {"value": _day_field(_("Answer"))},
    Kind.DATE_RANGE: lambda _question: {"from": _day_field(_("First day")), "to": _day_field(_("Last day"))},
    Kind.LOCATION: _countries,
    Kind.CONTACT: _contact,
}
