"""What the vendor says about its next report."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vendors.reports.forms.fields import Day
from vendors.vault.validation import FileRefused, check_pdf


class NextReportForm(forms.Form):
    """As a contact fills it in; a letter is not needed."""

    period_start = Day(label=_("Next audit period from"))
    period_end = Day(label=_("Next audit period until"))
    expected_on = Day(label=_("Report expected on"), help_text=_("The day on which you expect to have it."))
    file = forms.FileField(
        label=_("Statement or bridge letter"),
        required=False,
        help_text=_("A PDF on your letterhead, when you have one."),
    )
    bridges_until = Day(
        label=_("The bridge letter speaks until"), required=False, help_text=_("Only with a bridge letter.")
    )

    def clean_file(self) -> UploadedFile | None:
        """Looked at before any lock is taken: reading a file takes seconds."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None:
            try:
                check_pdf(upload)
            except FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload


class StatedElsewhereForm(NextReportForm):
    """As a reviewer writes down what the vendor said by mail or on its trust center."""

    stated_on = Day(label=_("Stated on"))
    stated_by = forms.CharField(label=_("Stated by"), max_length=120, help_text=_("Who said so, and where."))

    field_order = ["stated_by", "stated_on"]
