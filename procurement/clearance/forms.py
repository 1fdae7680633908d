"""The filters of the SOC 2 list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.policy.labels import DATA_CLASSES
from vendors.directory.models import VendorCategory
from vendors.reports.models import AuditorFirm


class Soc2Filters(forms.Form):
    """What is not one of the choices filters nothing: an address may be typed by hand."""

    report = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Vendor name or domain"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ChoiceField(
        label=_("Product kind"), required=False, choices=[("", _("Any product kind")), *VendorCategory.choices]
    )
    cleared = forms.ChoiceField(
        label=_("Data cleared"), required=False, choices=[("", _("Any data or none")), *DATA_CLASSES]
    )
    auditor = forms.ModelChoiceField(
        label=_("Auditor firm"), required=False, empty_label=_("Any auditor firm"), queryset=AuditorFirm.objects.all()
    )

    def chosen(self) -> dict[str, Any]:
        """The filters that hold a choice of ours."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
