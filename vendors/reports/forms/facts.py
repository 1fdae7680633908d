"""The form beside the document: one section a group of facts. A draft may lack anything."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.reports import labels
from vendors.reports.facts import COLUMNS, RecordedFacts
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Criteria, Day, Page, TestedCriteria, Text
from vendors.reports.models import AuditorFirm

# One page field may stand for two facts: where a period is printed, both its days are.
PAGE_FIELDS = {
    "kind_page": ("kind",),
    "service_organization_page": ("service_organization",),
    "system_name_page": ("system_name",),
    "categories_page": ("categories",),
    "criteria_tested_page": ("criteria_tested",),
    "period_page": ("period_start", "period_end"),
    "as_of_page": ("as_of",),
    "report_date_page": ("report_date",),
    "auditor_page": ("auditor",),
    "opinion_page": ("opinion",),
    "states_no_subservice_page": ("states_no_subservice",),
    "states_no_cuecs_page": ("states_no_cuecs",),
    "states_no_exceptions_page": ("states_no_exceptions",),
}
NOT_READ = ("", _("Not read yet"))
CHECK_FIELDS = ("auditor_checked_on", "auditor_check_note")


class FactsForm(forms.Form):
    """Every fact of a report but its rows (exceptions, user entity controls, subservice organizations)."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[NOT_READ, *labels.KINDS], required=False, error_messages=ONE_OF_THE_LIST
    )
    type = forms.ChoiceField(
        label=_("Type"),
        choices=[NOT_READ, *labels.TYPES],
        required=False,
        error_messages=ONE_OF_THE_LIST,
        help_text=_("Type II covers a period and holds tests, Type I one day. A SOC 3 has no type."),
    )
    kind_page = Page(label=_("Kind, page"))
    service_organization = forms.CharField(
        label=_("Service organization"),
        max_length=160,
        required=False,
        help_text=_("As the report prints it."),
    )
    service_organization_page = Page(label=_("Service organization, page"))
    system_name = forms.CharField(
        label=_("System"), max_length=200, required=False, help_text=_("The name of the described system.")
    )
    system_name_page = Page(label=_("System, page"))

    categories = forms.MultipleChoiceField(
        label=_("Categories"),
        choices=labels.CATEGORIES,
        required=False,
        error_messages={"invalid_choice": _("Choose from the five categories.")},
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those in the auditor's scope. The title of the criteria names all five and does not count."),
    )
    categories_page = Page(label=_("Categories, page"))
    criteria_tested = TestedCriteria(
        label=_("Criteria tested"),
        help_text=_("Of a Type II: those with a test, parted by commas or spaces. CC1.1–CC9.2 stands for all between."),
    )
    criteria_tested_page = Page(label=_("Criteria tested, page"))

    period_start = Day(label=_("Audit period from"), required=False)
    period_end = Day(label=_("Audit period until"), required=False)
    period_page = Page(label=_("Period, page"))
    as_of = Day(label=_("As of"), required=False, help_text=_("Type I only: the day it speaks for."))
    as_of_page = Page(label=_("As of, page"))

    auditor = forms.CharField(
        label=_("Auditor firm"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"list": "firms", "autocomplete": "off"}),
        help_text=_("The firm that signed the letter."),
    )
    auditor_page = Page(label=_("Auditor, page"))
    auditor_checked_on = Day(label=_("Firm checked on"), required=False)
    auditor_check_note = forms.CharField(
        label=_("What the check showed"),
        max_length=400,
        required=False,
        help_text=_("Licence of the firm, last peer review, where it was looked up. Kept for its other reports too."),
    )
    report_date = Day(label=_("Report date"), required=False, help_text=_("The date under the auditor's signature."))
    report_date_page = Page(label=_("Report date, page"))

    opinion = forms.ChoiceField(
        label=_("Opinion"),
        choices=[NOT_READ, *labels.OPINIONS],
        required=False,
        error_messages=ONE_OF_THE_LIST,
        help_text=_("From the auditor's letter, never from management's own statement."),
    )
    opinion_page = Page(label=_("Opinion, page"))
    opinion_basis = Text(label=_("Basis for the modified opinion"), required=False, rows=4)
    opinion_criteria = Criteria(label=_("Criteria not met"), help_text=_("For example CC6.2, CC7.1"))
    controls_tested = forms.IntegerField(label=_("Controls tested"), min_value=0, max_value=100_000, required=False)

    states_no_subservice = forms.BooleanField(label=_("The report names none"), required=False)
    states_no_subservice_page = Page(label=_("Where it says so, page"))
    states_no_cuecs = forms.BooleanField(label=_("The report lists none"), required=False)
    states_no_cuecs_page = Page(label=_("Where it says so, page"))
    states_no_exceptions = forms.BooleanField(label=_("The report notes none"), required=False)
    states_no_exceptions_page = Page(label=_("Where it says so, page"))

    def cited_pages(self) -> dict[str, int]:
        """Fact -> page, for every page typed."""
        return {
            fact: self.cleaned_data[name]
            for name, facts in PAGE_FIELDS.items()
            if self.cleaned_data[name] is not None
            for fact in facts
        }

    def columns(self) -> dict[str, Any]:
        """The facts that stand in columns of the report, and the auditor's name."""
        values = {name: self.cleaned_data[name] for name in COLUMNS if name != "pages"}
        return {
            **values,
            "pages": self.cited_pages(),
            "auditor": " ".join(self.cleaned_data["auditor"].split()),
        }

    def clean(self) -> dict[str, Any]:
        """A check of the firm is written down whole, with its firm, or not at all."""
        typed = super().clean() or self.cleaned_data
        if self.check_is_new():
            for name, sentence in (
                ("auditor", _("Give the firm that was checked.")),
                ("auditor_checked_on", _("Give the day on which the firm was checked.")),
                ("auditor_check_note", _("Say what was looked up and what it showed.")),
            ):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return typed

    def check_is_new(self) -> bool:
        """Whether the person wrote down a check of the firm; what the page showed already is none."""
        changed = any(name in self.changed_data for name in CHECK_FIELDS)
        return changed and any(self.cleaned_data.get(name) for name in CHECK_FIELDS)

    def field_for(self, name: str) -> str | None:
        """The field a sentence about this fact belongs to; None when it has none here."""
        if name in self.fields:
            return name
        fact = name.removesuffix("_page")
        return next((field for field, facts in PAGE_FIELDS.items() if fact in facts), None)


def initial_facts(facts: RecordedFacts, firm: AuditorFirm | None) -> dict[str, Any]:
    """The facts as the form shows them."""
    return {
        **{name: getattr(facts, name) for name in COLUMNS if name != "pages"},
        **{name: facts.pages.get(cited[0]) for name, cited in PAGE_FIELDS.items()},
        "auditor": facts.auditor,
        "auditor_checked_on": firm.checked_on if firm else None,
        "auditor_check_note": firm.check_note if firm else "",
    }


def as_typed(facts: RecordedFacts) -> dict[str, str | list[str]]:
    """The facts as the browser would send them, field by field; what is empty is left out."""
    form = FactsForm(initial=initial_facts(facts, None))
    typed: dict[str, str | list[str]] = {}
    for bound in form:
        value = bound.value()
        if value in (None, "", [], False):
            continue
        shown = bound.field.widget.format_value(bound.field.prepare_value(value))
        typed[bound.name] = [str(each) for each in shown] if isinstance(shown, list) else str(shown)
    return typed
