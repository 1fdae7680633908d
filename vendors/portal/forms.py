"""Forms at the door: one field, one button."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.portal.codes import DIGITS


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=_("Your work e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        help_text=_("The one the invitation came to."),
    )
    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "size": DIGITS,
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Type the six digits from the mail.")},
    )
