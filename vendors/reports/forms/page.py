"""Everything the facts page sends at once: the facts, their rows, and what is wrong with them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField

from vendors.reports.facts import RecordedFacts, recorded_facts
from vendors.reports.forms.facts import FactsForm, initial_facts
from vendors.reports.forms.rows import FORMS, Rows, rows_of
from vendors.reports.models import Report
from vendors.reports.possible import ImpossibleFacts


class FactsPage:
    """The forms of one report. `data` is what was sent; None shows what is on file."""

    def __init__(self, report: Report, data: Mapping[str, Any] | None = None, *, one_more: str | None = None) -> None:
        on_file = recorded_facts(report)
        self.form = FactsForm(data, initial=initial_facts(on_file, report.auditor))
        self.rows: dict[str, Rows] = {
            listed: rows_of(listed, on_file, data, one_more=listed == one_more) for listed in FORMS
        }
        self._numbers: dict[str, list[int]] = {}

    def is_valid(self) -> bool:
        """Whether every value could be read; whether they can be true is the service's question."""
        formsets = [formset.is_valid() for formset in self.rows.values()]
        return self.form.is_valid() and all(formsets)

    def facts(self) -> RecordedFacts:
        """What was typed, for `services.record_facts`. Only after `is_valid`."""
        listed: dict[str, Any] = {}
        for name, formset in self.rows.items():
            self._numbers[name], listed[name] = formset.rows()
        return RecordedFacts(**self.form.columns(), **listed)

    def show(self, impossible: ImpossibleFacts) -> None:
        """Put each sentence beside the field it is about, once: one page field may stand for two facts."""
        for name, sentence in impossible.sentences.items():
            listed, _dot, rest = name.partition(".")
            if rest:
                number, _dot, field = rest.partition(".")
                form = self.rows[listed].forms[self._numbers[listed][int(number)]]
                form.add_error(field, sentence)
            else:
                field_of_form = self.form.field_for(name)
                if sentence not in self.form.errors.get(field_of_form or NON_FIELD_ERRORS, []):
                    self.form.add_error(field_of_form, sentence)

    @property
    def fields_with_errors(self) -> list[BoundField]:
        """Every field that wants another look, in the order of the page."""
        forms = [self.form, *(form for formset in self.rows.values() for form in formset.forms)]
        return [form[name] for form in forms for name in form.errors if name in form.fields]

    @property
    def count_errors(self) -> int:
        """How many fields, and sentences of their own, want another look."""
        return len(self.fields_with_errors) + len(self.form.non_field_errors())
