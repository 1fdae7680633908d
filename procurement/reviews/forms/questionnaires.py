"""Asking the vendor of a review: for its report, with our questionnaire beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vendors.directory.models import Vendor
from vendors.reports.forms.requests import RequestForm


class AskVendorForm(RequestForm):
    """The request for a report, and whether our questionnaire goes with it."""

    with_questionnaire = forms.BooleanField(
        label=_("Send our questionnaire too"),
        required=False,
        help_text=_("25 short questions, to the same contact and due on the same day."),
    )

    def __init__(self, vendor: Vendor, *args: Any, may_send: bool, **kwargs: Any) -> None:
        super().__init__(vendor, *args, **kwargs)
        if not may_send:
            del self.fields["with_questionnaire"]
