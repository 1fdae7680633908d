"""The filter bars of the lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from procurement.accounts.models import User
from vendors.directory.models import VendorCategory


class VendorFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Vendor name or domain"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=[("", _("Any category")), *VendorCategory.choices]
    )


class ReviewFilters(forms.Form):
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Vendor, service or number"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    reviewer = forms.ChoiceField(label=_("Reviewer"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_reviewer=True).values_list("pk", "name")
        self.fields["reviewer"].choices = [  # type: ignore[attr-defined]
            ("", _("Any reviewer")),
            ("none", _("Nobody yet")),
            *((str(pk), name) for pk, name in people),
        ]
