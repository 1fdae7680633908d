"""Whom to ask, what they are asked, and what is said when many are cancelled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.decisions.validity import StandingName
from procurement.policy import labels
from procurement.policy.terms import Criticality
from vendors.directory.models import VendorCategory
from vendors.reports.forms.fields import Day, Text
from vendors.templatetags.meanings import meaning_of

CRITICALITIES = {
    Criticality.LOW.value: _("Low"),
    Criticality.MEDIUM.value: _("Medium"),
    Criticality.HIGH.value: _("High"),
    Criticality.CRITICAL.value: _("Critical"),
}


class CandidateFilters(forms.Form):
    """What narrows the list of vendors down; each filter lives in the address."""

    q = forms.CharField(label=_("Vendor"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=[("", _("Any tier")), *labels.TIERS])
    data_class = forms.ChoiceField(label=_("Data"), required=False, choices=[("", _("Any data")), *labels.DATA_CLASSES])
    criticality = forms.ChoiceField(
        label=_("Criticality"), required=False, choices=[("", _("Any criticality")), *CRITICALITIES.items()]
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("Any category")), *VendorCategory.choices]
    )
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    asked = forms.ChoiceField(
        label=_("Asked before"),
        required=False,
        choices=[("", _("Asked before or not")), ("never", _("Not asked this version yet"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standings = [(name.value, meaning_of(name.value).word) for name in StandingName]
        self.fields["standing"].choices = [("", _("Any standing")), *standings]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The filters that are set to something of ours; what an address makes up is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CampaignForm(forms.Form):
    """What all of them are asked; beside it the vendors are ticked."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give it a name that you will find again.")},
        help_text=_("For your lists. Vendors do not read it."),
    )
    due_on = Day(label=_("Due"))
    message = Text(
        label=_("Message"), required=False, max_length=2000, rows=4, help_text=_("Stands in the mail of every vendor.")
    )
    leans_on_report = forms.BooleanField(
        label=_("Leave out what the accepted report answers"),
        required=False,
        initial=True,
        help_text=_("Where a review is worked on. Between two reviews everything is asked."),
    )
    wants_second_reviewer = forms.BooleanField(
        label=_("A second reviewer accepts critical answers too"),
        required=False,
    )
    only_theirs = forms.BooleanField(
        label=_("Colleagues of a contact see only what is theirs"),
        required=False,
        help_text=_("Each contact sees the whole, gives sections and questions to colleagues, and submits it."),
    )


class ManyDueForm(forms.Form):
    due_on = Day(label=_("Due"), help_text=_("Each contact is told. Reminders follow the new date."))


class ChaseForm(forms.Form):
    """Nothing to type: the vendors alone are chosen."""


class RecipientFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(label=_("Vendor or use"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
