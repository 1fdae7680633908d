"""The form of a vendor's record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor, VendorCategory


class VendorForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As people here call it. It stands in lists and memos.")
    )
    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=160,
        required=False,
        help_text=_("As a contract would say it. The contact signs the NDA for this name."),
    )
    domain = forms.CharField(
        label=_("Domain"), max_length=200, required=False, help_text=_("For example quillhaven.example")
    )
    category = forms.ChoiceField(label=_("What it sells"), choices=VendorCategory.choices)
    trust_center_url = forms.URLField(
        label=_("Trust center"),
        required=False,
        assume_scheme="https",
        help_text=_("The page where it publishes reports and certificates."),
    )
    launched_on = forms.DateField(
        label=_("In business since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A young vendor may not have a Type II report yet; the policy asks for this date then."),
    )


def facts_of(vendor: Vendor) -> dict[str, Any]:
    """The record as the form's initial values."""
    return {name: getattr(vendor, name) for name in VendorForm.base_fields}
