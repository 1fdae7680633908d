"""A row of the policy in words: for which uses it asks, and with which parameters."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from procurement.policy import labels
from procurement.policy.queries import in_words
from procurement.policy.rows import AppliesTo, Policy, PolicyRow
from vendors.reports import labels as report_labels

# What each number of the policy counts, as a label of the form and of the page.
NUMBERS: dict[str, Any] = {
    "current_months": _("Counts for, in months after the period's end"),
    "relief_months": _("Awaiting successor for, in months"),
    "statement_months": _("A statement of the vendor counts for, in months"),
    "unknown_lag_days": _("Days from period to report, when unknown"),
    "type1_months": _("Type I: as of at most so many months ago"),
    "launch_months": _("Type I: at most so many months after the launch"),
    "approval_months": _("An approval holds for, in months at most"),
    "flag_under_months": _("Flagged under, in months"),
    "note_under_months": _("Noted under, in months"),
    "flag_over_months": _("Flagged over, in months"),
    "late_after_days": _("Late after, in days"),
    "months": _("Checked within, in months"),
}
LISTS: dict[str, Any] = {
    "uptime": _("One of these for promised uptime"),
    "evidence": _("Papers asked for"),
}


@dataclass(frozen=True)
class RowInWords:
    title: str
    waivable: bool
    asks_of: str
    parameters: tuple[tuple[str, str], ...]


def rows_in_words(policy: Policy) -> list[RowInWords]:
    return [
        RowInWords(in_words(row.title), row.waivable, _asks_of(row.applies_to), tuple(_parameters(row)))
        for row in policy.rows
    ]


def data_parameter(data: str) -> str:
    """The label of the categories one of which this data class needs."""
    return _now("One of these for %(data)s data") % {"data": str(dict(labels.DATA_CLASSES)[data]).lower()}


def _asks_of(applies_to: AppliesTo) -> str:
    parts = [
        _listed(labels.DATA_CLASSES, applies_to.data_classes),
        _listed(labels.VERTICALS, applies_to.verticals),
        # "High: work stops within a day" is too long here
        ", ".join(word.split(":")[0] for word in _words(labels.CRITICALITIES, applies_to.criticalities)),
        _listed(labels.TIERS, applies_to.tiers),
    ]
    return "; ".join(part for part in parts if part) or _now("every use")


def _parameters(row: PolicyRow) -> Iterable[tuple[str, str]]:
    for name, value in row.parameters.items():
        if isinstance(value, Mapping):
            yield from ((data_parameter(data), _categories(names)) for data, names in value.items() if names)
        elif isinstance(value, list):
            choices = report_labels.EVIDENCE_KINDS if name == "evidence" else report_labels.CATEGORIES
            yield str(LISTS[name]), _listed(choices, value) or _now("none")
        else:
            yield str(NUMBERS[name]), str(value)


def _categories(names: Iterable[str]) -> str:
    return _listed(report_labels.CATEGORIES, names)


def _listed(choices: Iterable[tuple[Any, Any]], chosen: Iterable[Any]) -> str:
    return ", ".join(_words(choices, chosen))


def _words(choices: Iterable[tuple[Any, Any]], chosen: Iterable[Any]) -> list[str]:
    wanted = set(chosen)
    return [str(word) for key, word in choices if key in wanted]
