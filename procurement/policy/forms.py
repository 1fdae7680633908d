"""The form of the next version: each row with its uses, whether it may be waived, and its parameters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.policy import labels
from procurement.policy.queries import in_words
from procurement.policy.rows import NEVER_WAIVED, Policy, PolicyRow
from procurement.policy.wording import LISTS, NUMBERS, data_parameter
from vendors.reports import labels as report_labels

USES: dict[str, tuple[Any, Any]] = {
    "data_classes": (_("Data"), labels.DATA_CLASSES),
    "verticals": (_("Verticals"), labels.VERTICALS),
    "criticalities": (_("Criticality"), labels.CRITICALITIES),
    "tiers": (_("Tiers"), labels.TIERS),
}


class RowForm(forms.Form):
    """One row. A group in which nothing is ticked asks for nothing: the row then holds for all."""

    def __init__(self, data: Any = None, *, row: PolicyRow) -> None:
        super().__init__(data, prefix=row.key)
        self.row = row
        self.title = in_words(row.title)
        if row.key not in NEVER_WAIVED:
            self.fields["waivable"] = forms.BooleanField(
                label=_("An approver may waive it"), required=False, initial=row.waivable
            )
        for name, (label, choices) in USES.items():
            self.fields[name] = _ticks(label, choices, getattr(row.applies_to, name))
        for name, value in row.parameters.items():
            self._add_parameter(name, value)

    def _add_parameter(self, name: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for data in value:
                field = _ticks(data_parameter(data), report_labels.CATEGORIES, value[data])
                self.fields[f"{name}-{data}"] = field
        elif isinstance(value, list):
            choices = report_labels.EVIDENCE_KINDS if name == "evidence" else report_labels.CATEGORIES
            self.fields[name] = _ticks(LISTS[name], choices, value)
        else:
            self.fields[name] = forms.IntegerField(label=NUMBERS[name], min_value=1, max_value=3660, initial=value)

    def numbers(self) -> list[forms.BoundField]:
        """The fields that hold a number, which stand beside each other."""
        return [bound for bound in self if isinstance(bound.field, forms.IntegerField)]

    def ticks(self) -> list[forms.BoundField]:
        return [bound for bound in self if not isinstance(bound.field, forms.IntegerField)]

    def as_row(self) -> dict[str, Any]:
        """The row as plain data, as `Policy.load` reads it. Call after is_valid()."""
        typed = self.cleaned_data
        return {
            "key": self.row.key,
            "title": self.row.title,
            "applies_to": {name: _plain(name, typed[name]) for name in USES if typed[name]},
            "waivable": typed.get("waivable", False),
            "parameters": {name: self._parameter(name, value) for name, value in self.row.parameters.items()},
        }

    def _parameter(self, name: str, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {data: self.cleaned_data[f"{name}-{data}"] for data in value}
        return self.cleaned_data[name]


class VersionForm(forms.Form):
    """Why, and the version the person started from."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Reviewers and auditors read it beside the version."),
        error_messages={"required": _("Say why the policy changes.")},
    )


def row_forms(policy: Policy, data: Any = None) -> list[RowForm]:
    """A form for each row of the policy, in its order."""
    return [RowForm(data, row=row) for row in policy.rows]


def _ticks(label: Any, choices: Any, chosen: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[str(one) for one in chosen],
    )


def _plain(name: str, chosen: list[str]) -> list[Any]:
    return [int(one) for one in chosen] if name == "tiers" else chosen
