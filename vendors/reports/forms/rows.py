"""Rows of a report as formsets: exceptions, user entity controls, subservice organizations."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.reports import labels
from vendors.reports.facts import CuecRow, ExceptionRow, RecordedFacts, Row, SubserviceRow
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Criterion, Page, Text

MOST_ROWS = 300


class RowForm(forms.Form):
    """One row. A row on file that comes back empty, or marked for removal, is removed."""

    shape: type[Row]

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def row(self) -> Row | None:
        """The row as typed; None when it is empty or to be removed."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        says_something = any(value for name, value in values.items() if name != "pk")
        if self.cleaned_data.get("DELETE") or not says_something:
            return None
        return self.shape(**values)


class ExceptionForm(RowForm):
    shape = ExceptionRow

    criterion = Criterion()
    control = forms.CharField(label=_("Control"), max_length=60, required=False)
    sample = forms.CharField(label=_("Sample"), max_length=60, required=False, help_text=_("For example 2 of 25"))
    page = Page()
    description = Text(label=_("What the auditor found"), required=False)
    response = Text(label=_("Management's response"), required=False)


class CuecForm(RowForm):
    shape = CuecRow

    reference = forms.CharField(label=_("Reference"), max_length=30, required=False)
    criterion = Criterion()
    page = Page()
    text = Text(label=_("User entity control"), required=False)


class SubserviceForm(RowForm):
    shape = SubserviceRow

    name = forms.CharField(label=_("Organization"), max_length=160, required=False)
    service = forms.CharField(label=_("What it does"), max_length=200, required=False)
    method = forms.ChoiceField(
        label=_("Method"),
        choices=[("", _("Not read yet")), *labels.METHODS],
        required=False,
        error_messages=ONE_OF_THE_LIST,
    )
    page = Page()


class Rows(forms.BaseFormSet):
    """The rows of one section."""

    def rows(self) -> tuple[list[int], tuple[Row, ...]]:
        """The rows that say something, and the number of the form each came from."""
        numbered = [(number, form.row()) for number, form in enumerate(self.forms)]
        kept = [(number, row) for number, row in numbered if row is not None]
        return [number for number, _row in kept], tuple(row for _number, row in kept)


FORMS: dict[str, type[RowForm]] = {
    "exceptions": ExceptionForm,
    "cuecs": CuecForm,
    "subservice": SubserviceForm,
}


def rows_of(
    listed: str, facts: RecordedFacts, data: Mapping[str, Any] | None = None, *, one_more: bool = False
) -> Rows:
    """The formset of one section: bound to `data`, or showing the rows on file and an empty one to begin with.

    `one_more` adds an empty row to what was typed, for browsers without JavaScript.
    """
    on_file: tuple[Row, ...] = getattr(facts, listed)
    says_none: bool = getattr(facts, f"states_no_{listed}")
    formset: Any = forms.formset_factory(
        FORMS[listed],
        formset=Rows,
        extra=0 if on_file or says_none else 1,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        can_delete=True,
    )
    known = {"prefix": listed, "initial": [asdict(row) for row in on_file]}
    if data is None:
        unbound: Rows = formset(**known)
        return unbound
    if one_more:
        total = f"{listed}-TOTAL_FORMS"
        typed = str(data.get(total, ""))
        count = int(typed) if typed.isdecimal() else 0
        data = {**_single_values(data), total: str(min(count + 1, MOST_ROWS))}
    bound: Rows = formset(data, **known)
    return bound


def _single_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, without repeats: no field of a row is sent twice."""
    return {name: data[name] for name in data}
