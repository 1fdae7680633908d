"""Putting a paper on the vendor's file, and withdrawing it."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vendors.reports import labels
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day, Text
from vendors.vault.validation import FileRefused, check_pdf


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What it is"), choices=[("", _("Choose")), *labels.EVIDENCE_KINDS], error_messages=ONE_OF_THE_LIST
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=160,
        help_text=_("As the paper calls itself, with its version or number."),
        error_messages={"required": _("Give the title that stands on the paper.")},
    )
    issuer = forms.CharField(
        label=_("Issued by"),
        max_length=160,
        help_text=_("Who signed or issued it: an assessor, a certification body, both parties of an agreement."),
        error_messages={"required": _("Say who signed or issued it.")},
    )
    dated_on = Day(label=_("Dated"), help_text=_("The first day it holds."))
    until = Day(
        label=_("In date until"), required=False, help_text=_("Its last day. Leave it open when it has no end.")
    )
    confidential = forms.BooleanField(
        label=_("Held under the NDA"),
        required=False,
        initial=True,
        help_text=_("Take the tick away for a paper of general use. A penetration test is always held under the NDA."),
    )
    file = forms.FileField(
        label=_("The paper as PDF"),
        help_text=_("It is sealed as it arrives."),
        error_messages={"required": _("Choose the PDF of the paper.")},
    )

    def clean_file(self) -> UploadedFile:
        """Looked at before any lock is taken: reading a file takes seconds."""
        upload: UploadedFile = self.cleaned_data["file"]
        try:
            check_pdf(upload)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return upload


class WithdrawEvidenceForm(forms.Form):
    reason = Text(
        label=_("Why it is withdrawn"),
        max_length=300,
        rows=3,
        error_messages={"required": _("Say why it is withdrawn.")},
    )
