"""What the vendor says about the time after a report: a bridge letter, its next report, or both."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.reports.forms.fields import ONE_OF_THE_LIST, Day, Text
from vendors.reports.models import Report
from vendors.reports.queries import accepted_type_2
from vendors.reports.systems import system_key
from vendors.reports.wording import day_in_words
from vendors.vault.validation import FileRefused, check_pdf

SUCCESSOR_FIELDS = ("period_start", "period_end", "expected_on")


class FollowedReport(forms.ModelChoiceField):
    """An accepted report by its system and its period."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.system_name}, {day_in_words(obj.period_start)} – {day_in_words(obj.period_end)}"


class StatementForm(forms.Form):
    """As a contact fills it in. `must_name` is for a request that asks for the next report's date."""

    report = FollowedReport(
        label=_("The report before"),
        queryset=Report.objects.none(),
        empty_label=None,
        error_messages=ONE_OF_THE_LIST,
        help_text=_("Which system it is about, and the period that it follows."),
    )
    file = forms.FileField(
        label=_("Bridge letter or statement"), required=False, help_text=_("A PDF, signed, on the vendor's letterhead.")
    )
    bridges_from = Day(
        label=_("The bridge letter speaks from"),
        required=False,
        help_text=_("Leave it open when that is the day after the last period."),
    )
    bridges_until = Day(
        label=_("The bridge letter speaks until"),
        required=False,
        help_text=_("It bridges three months after the last period at most."),
    )
    period_start = Day(label=_("Next audit period from"), required=False)
    period_end = Day(label=_("Next audit period until"), required=False)
    expected_on = Day(
        label=_("Report expected on"), required=False, help_text=_("The day on which the report should be there.")
    )

    def __init__(self, vendor: Vendor, *args: Any, system: str = "", must_name: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reports = accepted_type_2(vendor)
        self.only_report = reports[0] if len(reports) == 1 else None
        field = self.fields["report"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = reports
        field.initial = next((one for one in reports if system_key(one.system_name) == system_key(system)), None)
        if len(reports) < 2:
            del self.fields["report"]
        for name in SUCCESSOR_FIELDS:
            self.fields[name].required = must_name

    def clean_file(self) -> UploadedFile | None:
        """Looked at before any lock is taken: reading a file takes seconds."""
        upload: UploadedFile | None = self.cleaned_data["file"]
        if upload is not None:
            try:
                check_pdf(upload)
            except FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return upload

    def said(self) -> dict[str, Any]:
        """What the act of recording takes, but for the file."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return {"report": self.only_report, **typed}


class StatedElsewhereForm(StatementForm):
    """As a reviewer writes down what the vendor said by mail or on its trust center."""

    stated_on = Day(label=_("Stated on"), help_text=_("The date of the letter or the mail."))
    stated_by = forms.CharField(label=_("Stated by"), max_length=120, help_text=_("Who said so, and where."))

    field_order = ["report", "stated_by", "stated_on"]


class WithdrawStatementForm(forms.Form):
    reason = Text(
        label=_("What was wrong?"), max_length=400, rows=3, help_text=_("The statement stays on record with this.")
    )
