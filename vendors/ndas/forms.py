"""Forms of NDAs: issuing our text, accepting it, recording a vendor's, ending one."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vendors.ndas import starter
from vendors.ndas.models import NdaText, Paper
from vendors.vault.validation import FileRefused, check_pdf

LONGEST_TERM, LONGEST_SURVIVAL, LONGEST_DESTROY = 120, 240, 365


class IssueForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=160)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "An empty line parts paragraphs, a line that starts with # is a heading. Words in square brackets, "
            "for example [term_months], are filled in when you issue."
        ),
    )
    signatory_name = forms.CharField(
        label=_("Signatory's name"),
        max_length=120,
        help_text=_("Who of ours has agreed to this text in advance. The certificate shows it."),
    )
    signatory_title = forms.CharField(label=_("Signatory's title"), max_length=120)
    term_months = forms.IntegerField(label=_("Lasts, in months"), min_value=1, max_value=LONGEST_TERM)
    survival_months = forms.IntegerField(
        label=_("Duties go on after that, in months"), min_value=0, max_value=LONGEST_SURVIVAL
    )
    destroy_days = forms.IntegerField(
        label=_("Then return or destroy, within days"), min_value=0, max_value=LONGEST_DESTROY
    )


def first_draft(newest: NdaText | None) -> dict[str, Any]:
    """What the form starts from: the newest version, or our starter text."""
    if newest is not None:
        return {name: getattr(newest, name) for name in IssueForm.base_fields} | {"body": newest.draft}
    return {
        "title": starter.TITLE,
        "body": starter.BODY,
        "term_months": starter.TERM_MONTHS,
        "survival_months": starter.SURVIVAL_MONTHS,
        "destroy_days": starter.DESTROY_DAYS,
    }


class AcceptForm(forms.Form):
    """Carries what the page showed: the text is accepted as shown or not at all."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    signs_for = forms.CharField(widget=forms.HiddenInput, max_length=200)
    signer_name = forms.CharField(
        label=_("Your full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    signer_title = forms.CharField(
        label=_("Your job title"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    may_sign = forms.BooleanField(required=False)

    def __init__(self, *args: Any, signs_for: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["may_sign"].label = _("I may sign for %(name)s, have read this text and accept it") % {
            "name": signs_for
        }


class RecordForm(forms.Form):
    paper = forms.ChoiceField(
        label=_("Whose text, and how it was accepted"),
        choices=[choice for choice in Paper.choices if choice[0] != Paper.OURS.value],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Name of the agreement"), max_length=160, help_text=_("As it calls itself, with its version.")
    )
    starts_on = forms.DateField(label=_("Accepted on"), widget=forms.DateInput(attrs={"type": "date"}))
    signer_name = forms.CharField(label=_("Who accepted it for us"), max_length=120)
    signer_title = forms.CharField(label=_("Their job title"), max_length=120, required=False)
    text_address = forms.URLField(
        label=_("Where the text stands"),
        required=False,
        assume_scheme="https",
        help_text=_("Its address on the trust center, or in the contract register."),
    )
    file = forms.FileField(
        label=_("The text as PDF"), required=False, help_text=_("The address or the file: one of them is needed.")
    )
    ends_on = forms.DateField(
        label=_("In force until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty when the agreement names no end."),
    )
    survival_months = forms.IntegerField(
        label=_("Duties go on after that, in months"), required=False, min_value=0, max_value=LONGEST_SURVIVAL
    )
    destroy_days = forms.IntegerField(
        label=_("Then return or destroy, within days"), required=False, min_value=0, max_value=LONGEST_DESTROY
    )

    def clean_file(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data.get("file")
        if upload is not None:
            try:
                check_pdf(upload)
            except FileRefused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return upload


class EndForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it ended"), max_length=300, help_text=_("Who ended it, and where that is written.")
    )
