"""The form that asks for a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from procurement.policy import labels
from vendors.reports.forms.fields import Day, Text

# The criticality's labels end in what it means: "High: work stops within a day".
AS_SUGGESTED = ("", _("As suggested"))


class PersonChoice(forms.ModelChoiceField):
    """A colleague, by name and title."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.title}" if obj.title else str(obj.name)


class ReviewRequestForm(forms.Form):
    """What is bought, which data the vendor will see, how much depends on it. Only a reviewer names another owner."""

    vendor_name = forms.CharField(
        label=_("Vendor"),
        max_length=120,
        help_text=_("The company, as people here call it."),
        widget=forms.TextInput(attrs={"list": "known-vendors", "autocomplete": "off"}),
        error_messages={"required": _("Give the vendor's name.")},
    )
    vendor_domain = forms.CharField(
        label=_("Its domain"),
        max_length=200,
        required=False,
        help_text=_(
            "For example quillhaven.example. It finds a vendor on file, and tells companies of one name apart."
        ),
    )
    title = forms.CharField(
        label=_("What is bought"),
        max_length=160,
        help_text=_("The product or service, for example “Payroll service”."),
        error_messages={"required": _("Say what is bought, for example “Payroll service”.")},
    )
    description = Text(
        label=_("What it is used for"),
        rows=3,
        required=False,
        help_text=_("Who uses it, for what, and how many people the data is about."),
    )
    data_classes = forms.MultipleChoiceField(
        label=_("Data the vendor will see"),
        choices=labels.DATA_CLASSES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick every kind. What is ticked here is what a decision can clear."),
        error_messages={"required": _("Tick the data the vendor will see. Public is one of them.")},
    )
    verticals = forms.MultipleChoiceField(
        label=_("Regulated vertical the data comes from"),
        choices=labels.VERTICALS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    criticality = forms.ChoiceField(
        label=_("If the service stops"),
        choices=labels.CRITICALITIES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how hard an outage hits us.")},
    )
    uptime_promised = forms.BooleanField(
        label=_("We promise our own customers uptime that depends on it"), required=False
    )
    wanted_by = Day(
        label=_("Wanted by"), required=False, help_text=_("The day you need the decision. Six weeks are usual.")
    )
    tier = forms.TypedChoiceField(
        label=_("Tier"),
        choices=[AS_SUGGESTED, *labels.TIERS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    tier_reason = forms.CharField(
        label=_("Why another tier"),
        max_length=300,
        required=False,
        help_text=_("Needed when you choose another tier than the suggested one. The memo prints it."),
    )
    owner = PersonChoice(
        label=_("Business owner"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Me"),
        help_text=_("Who answers for this service and is told before its approval ends."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by.is_reviewer:
            self.fields["owner"].queryset = (  # type: ignore[attr-defined]
                User.objects.filter(kind=by.kind, is_active=True).exclude(pk=by.pk)
            )
        else:
            del self.fields["owner"]


class TierForm(forms.Form):
    """The part of the request the suggested tier follows from."""

    data_classes = forms.MultipleChoiceField(choices=labels.DATA_CLASSES)
    verticals = forms.MultipleChoiceField(choices=labels.VERTICALS, required=False)
    criticality = forms.ChoiceField(choices=labels.CRITICALITIES)


class NextReviewForm(forms.Form):
    """Asking for the review that follows a decision."""

    wanted_by = Day(label=_("Wanted by"), required=False, help_text=_("The day you need the decision."))
